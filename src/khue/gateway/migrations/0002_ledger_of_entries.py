from django.db import migrations, models

TABLES = """
create table gateway_entry (
    seq bigint primary key,
    payload text not null,
    leaf bytea not null,
    chain bytea not null,
    kind text not null generated always as (payload::jsonb ->> 'kind') stored,
    at bigint not null generated always as ((payload::jsonb ->> 'at')::bigint) stored,
    call uuid generated always as ((payload::jsonb ->> 'call')::uuid) stored,
    person uuid generated always as ((payload::jsonb ->> 'person')::uuid) stored,
    organisation uuid generated always as ((payload::jsonb ->> 'organisation')::uuid) stored,
    data_class smallint generated always as ((payload::jsonb ->> 'class')::smallint) stored
);
-- a call begins once and ends once
create unique index gateway_entry_call on gateway_entry (call, kind) where kind in ('begun', 'ended', 'refused');
create index gateway_entry_organisation on gateway_entry (organisation, seq);
create index gateway_entry_person on gateway_entry (person, seq);
create index gateway_entry_at on gateway_entry using brin (at) with (pages_per_range = 32, autosummarize = on);

create table gateway_subtree (
    level smallint,
    position bigint,
    hash bytea not null,
    primary key (level, position)
);
"""

# One writer at a time, by a lock that ends with the transaction; it is no row, whose dead versions would pile up
# while a backup reads. The number of the entry becomes its first key: no entry can be passed off as another.
APPEND = """
create function gateway_fold(nodes bytea[]) returns bytea
language plpgsql immutable strict parallel safe as $$
declare
    above bytea[];
begin
    while cardinality(nodes) > 1 loop
        above := '{}';
        for i in 1 .. cardinality(nodes) / 2 loop
            above[i] := sha256('\\x01'::bytea || nodes[2 * i - 1] || nodes[2 * i]);
        end loop;
        nodes := above;
    end loop;
    return nodes[1];
end $$;

create function gateway_append(payloads text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    last bigint;
    link bytea;
    one text;
    hash bytea;
begin
    perform pg_advisory_xact_lock(4920618033988);
    select e.seq, e.chain into last, link from gateway_entry e order by e.seq desc limit 1;
    if not found then
        last := 0;
        link := decode(repeat('00', 32), 'hex');
    end if;
    foreach one in array payloads loop
        if left(one, 2) <> '{"' or left(one, 4) = '{"#"' then
            raise exception 'not an entry: %', left(one, 40);
        end if;
        last := last + 1;
        one := '{"#":' || last || ',' || substr(one, 2);
        hash := sha256('\\x00'::bytea || convert_to(one, 'UTF8'));
        link := sha256(link || hash);
        insert into gateway_entry (seq, payload, leaf, chain) values (last, one, hash, link);
        if last % 256 = 0 then
            insert into gateway_subtree select 8, last / 256 - 1, gateway_fold(array_agg(e.leaf order by e.seq))
                from gateway_entry e where e.seq > last - 256;
        end if;
        if last % 65536 = 0 then
            insert into gateway_subtree select 16, last / 65536 - 1, gateway_fold(array_agg(s.hash order by s.position))
                from gateway_subtree s where s.level = 8 and s.position >= last / 256 - 256;
        end if;
        if last % 16777216 = 0 then
            insert into gateway_subtree select 24, last / 16777216 - 1, gateway_fold(array_agg(s.hash order by s.position))
                from gateway_subtree s where s.level = 16 and s.position >= last / 65536 - 256;
        end if;
    end loop;
    return last;
end $$;

-- Committing this waits for the disk, and with it for all that was written before: writers wait together.
create function gateway_flush() returns void
language sql volatile as $$ select pg_logical_emit_message(true, 'khue', ''); $$;
"""

REFUSE = """
create function gateway_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is only added to: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;
create trigger only_added_to before update or delete or truncate on gateway_entry
    for each statement execute function gateway_refuse();
create trigger only_added_to before update or delete or truncate on gateway_subtree
    for each statement execute function gateway_refuse();
"""

UNDO = """
drop table gateway_entry;
drop table gateway_subtree;
drop function gateway_append, gateway_flush, gateway_fold, gateway_refuse;
"""

NULL = {"null": True, "editable": False}


class Migration(migrations.Migration):
    """Entries that are only added to, chained and hashed by the database."""

    dependencies = [("gateway", "0001_record_calls")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES + APPEND + REFUSE, UNDO)],
            state_operations=[
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("payload", models.TextField()),
                        ("leaf", models.BinaryField(max_length=32)),
                        ("chain", models.BinaryField(max_length=32)),
                        ("kind", models.TextField(editable=False)),
                        ("at", models.BigIntegerField(editable=False)),
                        ("call", models.UUIDField(**NULL)),
                        ("person", models.UUIDField(**NULL)),
                        ("organisation", models.UUIDField(**NULL)),
                        ("data_class", models.SmallIntegerField(**NULL)),
                    ],
                    options={"db_table": "gateway_entry", "ordering": ["seq"]},
                ),
                migrations.CreateModel(
                    name="LedgerSubtree",
                    fields=[
                        ("level", models.SmallIntegerField()),
                        ("position", models.BigIntegerField()),
                        ("hash", models.BinaryField(max_length=32)),
                        ("pk", models.CompositePrimaryKey(
                            "level", "position", blank=True, editable=False, primary_key=True, serialize=False)),
                    ],
                    options={"db_table": "gateway_subtree"},
                ),
            ],
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                ("call", models.UUIDField(primary_key=True, serialize=False)),
                ("sent", models.JSONField()),
                ("received", models.TextField(blank=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "gateway_content"},
        ),
    ]
