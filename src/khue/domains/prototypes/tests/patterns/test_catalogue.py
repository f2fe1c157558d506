"""The catalogue as data: whole in three languages, small enough for a grammar, safe with any words."""

import json
import string

import pytest

from khue.domains.prototypes import assembling, patterns
from khue.domains.prototypes.patterns.schema import UnreadableSchema, schema

ALL = patterns.catalogue()
LANGUAGES = {"vi", "en", "fr"}


def test_there_are_at_least_twenty():
    assert len({pattern.key for pattern in ALL}) == len(ALL) >= 20


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.key)
def test_a_pattern_is_whole_in_three_languages(pattern):
    for told in (pattern.title, pattern.summary, pattern.example, pattern.examples):
        assert set(told) == LANGUAGES
        assert all(told.values())
    for language in LANGUAGES:
        assert patterns.faults(pattern, pattern.example[language]) == ()


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.key)
def test_a_small_model_can_fill_it(pattern):
    """About three characters a token: 300 tokens. Flat: lists of plain things, and no deeper."""
    assert len(json.dumps(pattern.example["vi"], ensure_ascii=False)) < 900
    for one in pattern.schema["properties"].values():
        inside = one.get("items", {})
        assert "object" not in {each.get("type") for each in inside.get("properties", {}).values()}


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.key)
def test_words_of_parameters_never_become_markup(pattern):
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    built = pattern.build(_spoilt(pattern.example["vi"], hostile), "vi")
    assert "<script>alert" not in built.body
    assert "<img" not in built.body
    html = assembling.assemble(built.body, title=built.title, language="vi")
    assert "'unsafe-inline'" not in html.split("style-src")[0]


def _spoilt(told, hostile):
    """Every free text gets the hostile words behind it; what a builder tells apart by its value stays."""
    if isinstance(told, dict):
        return {name: told[name] if name in FIXED else _spoilt(told[name], hostile) for name in told}
    if isinstance(told, list):
        return [_spoilt(one, hostile) for one in told]
    return told + hostile if isinstance(told, str) else told


FIXED = {"type", "mode", "format", "formula", "name", "chart", "from", "to", "start", "id", "if_yes", "if_no"}


def test_what_is_missing_or_too_much_is_named():
    fee = patterns.pattern("fee-calculator")
    assert patterns.faults(fee, {"title": "Phí"}) == ("·: 'lines' is a required property",)
    assert patterns.faults(fee, {"title": " ", "lines": [{"label": "Bản", "price": 1}]}) == ("title: empty",)
    (price,) = patterns.faults(fee, {"title": "Phí", "lines": [{"label": "Bản", "price": "8.000"}]})
    assert price.startswith("lines.0.price")


def test_an_unknown_pattern_is_refused():
    with pytest.raises(patterns.UnknownPattern):
        patterns.pattern("spaceship")


def test_a_short_schema_that_is_none_is_refused():
    with pytest.raises(UnreadableSchema):
        schema({"price": "euros"})
    with pytest.raises(UnreadableSchema):
        schema({"Price!": "number"})


def test_names_of_formulas_can_be_written_by_a_model():
    for language in LANGUAGES:
        for one in patterns.pattern("formula-calculator").example[language]["fields"]:
            assert set(one["name"]) <= set(string.ascii_lowercase + "_")
