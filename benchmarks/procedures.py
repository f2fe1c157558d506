"""What of the portal's records becomes fields, and what is lost on the way, field by field.

KHUE_SHARED names the folder of the data (default: ../shared). The same as `khue procedures report FILE`.
"""

import os
from pathlib import Path

import django

from benchmarks import results

DATA = Path(os.environ.get("KHUE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "procedures-vn"
NOTES = """
"Without loss": every letter of the portal's flattened text stands in a field, a column of a table or a row of one.
Hand-checked examples: src/khue/domains/procedures/tests. There is no peer: nothing else was found that reads these
records.
"""


def run() -> None:
    if not DATA.exists():
        raise SystemExit(f"{DATA} is not here: set KHUE_SHARED to the folder that holds data/procedures-vn.")
    django.setup()
    from khue.domains.procedures import api

    found = api.loss_report(DATA / "procedures.jsonl.gz")
    fields = [
        (field.field, field.records, field.without_loss, f"{field.share:.2%}", field.lost_characters)
        for field in found.fields
    ]
    rows = [(name, count, found.typed[name]) for name, count in found.rows.items()]
    body = [
        f"**{found.without_loss} of {found.procedures} records are parsed without any loss.**",
        results.table(("field", "records", "without loss", "share", "characters lost"), fields),
        results.table(("rows of", "rows", "with typed values"), rows),
        NOTES,
    ]
    results.write("procedures", "Procedures of the portal, field by field", "\n\n".join(body))
