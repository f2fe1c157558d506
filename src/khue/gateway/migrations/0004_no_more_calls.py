from django.db import migrations


class Migration(migrations.Migration):
    """The ledger's entries have taken their place."""

    dependencies = [("gateway", "0003_carry_calls_over")]

    operations = [migrations.DeleteModel(name="Call")]
