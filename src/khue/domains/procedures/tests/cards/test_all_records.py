"""Over all records of the portal, where they are at hand: no number and no link on a card that the record lacks."""

import re
import unicodedata

import pytest

from khue.domains.procedures import portal
from khue.domains.procedures.actions.ingesting import _channel, _row
from khue.domains.procedures.models import Procedure
from khue.domains.procedures.portal.records import records
from khue.domains.procedures.queries import cards
from khue.domains.procedures.tests.portal.test_all_records import RECORDS, needs_records
from khue.kernel.models import uuid7

NUMBER = re.compile(r"\d+(?:[.,\s\xa0\u202f]\d{3})*(?:,\d+)?")


def numbers(text):
    """Figures without what groups their digits: "4.000" and "4,000" are one."""
    return {re.sub(r"\D", "", found) for found in NUMBER.findall(text)} | set(re.findall(r"\d+", text))


def row_items(record):
    procedure = portal.parse(record)
    row = _row(procedure, uuid7())
    channels = [_channel(row, position, channel) for position, channel in enumerate(procedure.channels)]
    wanted = cards._Wanted(row, channels, row.structure, "", "", "")
    return [item for _, items in cards._contents(wanted).values() for item in items]


@needs_records
@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_no_figure_comes_from_anywhere_else(language, settings):
    from django.utils import translation

    invented = []
    with translation.override(language):
        for _, record in list(records(RECORDS))[::5]:
            source = unicodedata.normalize("NFC", " ".join(str(value) for value in record.values()))
            known = re.sub(r"\D", "", source)
            for item in row_items(record):
                said = numbers(f"{item.text} {item.note} {item.head}")
                invented += [(record["ma_thu_tuc"], figure) for figure in said if figure not in known]
    assert invented == []


@needs_records
def test_a_link_is_the_records_own():
    for _, record in list(records(RECORDS))[::50]:
        row: Procedure = _row(portal.parse(record), uuid7())
        assert row.url in {"", record["detail_url"]}
