import json

from django.db import migrations

AT_ONCE = 2000
BEGUN = {
    "person_id": "person",
    "organisation_id": "organisation",
    "tool": "tool",
    "purpose": "purpose",
    "provider": "provider",
    "model": "model",
    "texts": "texts",
    "input_digest": "input_digest",
}
ENDED = {
    "outcome": "outcome",
    "error": "error",
    "output_digest": "output_digest",
    "prompt_tokens": "prompt_tokens",
    "completion_tokens": "completion_tokens",
}


def carry(apps, editor):
    """What was on record before the ledger had a chain, marked as carried over."""
    payloads = []
    for call in apps.get_model("gateway", "Call").objects.order_by("created_at", "id").iterator(AT_ONCE):
        payloads.append(payload(call, BEGUN) | {
            "kind": "begun", "at": micros(call.created_at), "task": call.kind, "class": call.data_class,
        })  # fmt: skip
        if call.outcome != "started":
            times = {"first_token_us": call.first_token_ms, "total_us": call.total_ms}
            times = {name: round(value * 1000) for name, value in times.items() if value is not None}
            payloads.append(payload(call, ENDED) | times | {"kind": "ended", "at": micros(call.updated_at)})
        if len(payloads) >= AT_ONCE:
            append(editor.connection, payloads)
            payloads = []
    append(editor.connection, payloads)


def payload(call, names):
    values = {key: getattr(call, name) for name, key in names.items()}
    values = {key: value for key, value in values.items() if value not in (None, "")}
    return {key: plain(value) for key, value in values.items()} | {"call": str(call.id), "carried": 1}


def plain(value):
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return value if isinstance(value, int) else str(value)


def micros(time):
    return int(time.timestamp()) * 1_000_000 + time.microsecond


def append(connection, payloads):
    if payloads:
        lines = [json.dumps(one, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for one in payloads]
        with connection.cursor() as cursor:
            cursor.execute("select gateway_append(%s)", [lines])


class Migration(migrations.Migration):
    """Old records of calls into the ledger."""

    dependencies = [("gateway", "0002_ledger_of_entries")]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
