from django.db import migrations, models

REFUSE = """
create trigger only_added_to before update or delete or truncate on gateway_checkpoint
    for each statement execute function gateway_refuse();
"""


class Migration(migrations.Migration):
    """Signed statements over the ledger, which stay too."""

    dependencies = [("gateway", "0006_queue")]

    operations = [
        migrations.CreateModel(
            name="LedgerCheckpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("note", models.TextField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"db_table": "gateway_checkpoint"},
        ),
        migrations.RunSQL(REFUSE, migrations.RunSQL.noop),
    ]
