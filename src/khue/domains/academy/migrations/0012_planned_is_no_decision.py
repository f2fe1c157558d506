"""Planned was what a cohort began with; running was given to cohorts of demonstrations, whose dates say the same."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("academy", "Cohort").objects.exclude(decided="closed").update(decided="")


class Migration(migrations.Migration):
    dependencies = [("academy", "0011_state_by_dates")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
