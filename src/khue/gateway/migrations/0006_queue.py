"""The line before each model. Tickets are of the moment: a table without a log, empty after a crash."""

from django.db import migrations

TABLES = """
create table gateway_line (
    name text primary key,
    turn double precision not null default 0,
    served bigint not null default 0,
    service_s double precision
);
create unlogged table gateway_ticket (
    id uuid primary key,
    serial bigint generated always as identity,
    line text not null,
    person text not null,
    process bigint not null,
    turn double precision not null,
    arrived_at timestamptz not null default clock_timestamp(),
    admitted_at timestamptz
);
create index gateway_ticket_line on gateway_ticket (line, turn, serial);
"""


class Migration(migrations.Migration):
    dependencies = [("gateway", "0005_pseudonyms_of_conversations")]
    operations = [migrations.RunSQL(TABLES, "drop table gateway_ticket; drop table gateway_line")]
