"""The table of Django's database cache, shared by all web processes: attempts to sign in are counted there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_who_did_what")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE IF NOT EXISTS khue_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX IF NOT EXISTS khue_cache_expires ON khue_cache (expires);
            """,
            "DROP TABLE IF EXISTS khue_cache;",
        )
    ]
