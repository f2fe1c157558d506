"""Many new rows at once by PostgreSQL's COPY."""

from collections.abc import Sequence

from django.db import connection, models


def copy(rows: Sequence[models.Model]) -> None:
    """Inserts unsaved rows of one model. About a third of the time of bulk_create for long texts, whose arrays have
    to be quoted. Rows with an automatic number do not learn it; references must have been saved before."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copied:
        for row in rows:
            copied.write_row([field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields])
