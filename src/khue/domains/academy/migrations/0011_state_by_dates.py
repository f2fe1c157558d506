"""A cohort's state follows from its dates; what is stored is only what somebody decided."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("academy", "0010_invitations_merges_and_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(model_name="cohort", old_name="state", new_name="decided"),
        migrations.AlterField(
            model_name="cohort",
            name="decided",
            field=models.CharField(
                blank=True, choices=[("running", "Running"), ("closed", "Closed")], max_length=10
            ),
        ),
        migrations.AddField(
            model_name="cohort", name="decided_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="cohort",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
