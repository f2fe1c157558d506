from django.db import migrations, models

COLUMNS = """
alter table gateway_entry
    add column tool text not null generated always as (coalesce(payload::jsonb ->> 'tool', '')) stored,
    add column zone text not null generated always as (coalesce(payload::jsonb ->> 'zone', '')) stored,
    add column decision text not null generated always as (coalesce(payload::jsonb ->> 'decision', '')) stored;
"""

# In one statement of the client: the entry, which frees the lock for the next writer; then the disk, for all who wait.
RECORD = """
create procedure gateway_record(payloads text[], inout last bigint)
language plpgsql as $$
begin
    perform set_config('synchronous_commit', 'off', true);
    last := gateway_append(payloads);
    commit;
    perform gateway_flush();
end $$;
"""


class Migration(migrations.Migration):
    """What reports count by stands in columns; a durable entry is one statement."""

    dependencies = [("gateway", "0009_budgets")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    COLUMNS, "alter table gateway_entry drop column tool, drop column zone, drop column decision"
                ),
                migrations.RunSQL(RECORD, "drop procedure gateway_record"),
            ],
            state_operations=[
                migrations.AddField("ledgerentry", name, models.TextField(default="", editable=False))
                for name in ("tool", "zone", "decision")
            ],
        )
    ]
