from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="examples",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
