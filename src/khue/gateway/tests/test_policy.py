"""Class × zone × day → what is done, and that the file of rules cannot be weaker than it must be."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import translation

from khue.gateway.classes import DataClass
from khue.gateway.policy.rules import LANGUAGES, NAME, PolicyUnusable, Rule, Ruling, book, read
from khue.gateway.zones import Zone

TODAY = date(2026, 11, 23)
P, A, D = Ruling.PSEUDONYMISE, Ruling.ALLOW, Ruling.DENY
MATRIX = {
    DataClass.PUBLIC: (A, A, A, P),
    DataClass.INTERNAL: (A, A, P, D),
    DataClass.CONFIDENTIAL: (A, A, P, D),
    DataClass.SECRET: (D, D, D, D),
}


def test_the_matrix_of_today() -> None:
    found = {c: tuple(book().decide(c, zone, TODAY).decision for zone in Zone) for c in DataClass}
    assert found == MATRIX


def test_zones_grow() -> None:
    assert [zone.reach for zone in Zone] == [0, 1, 2, 3]
    assert Zone.INSTITUTION.is_within(Zone.COUNTRY)
    assert not Zone.ABROAD.is_within(Zone.COUNTRY)


@pytest.mark.parametrize(
    ("day", "rule"), [(date(2026, 2, 28), "state-secret-2018"), (date(2026, 3, 1), "state-secret-2025")]
)
def test_a_rule_counts_from_its_day_on(day: date, rule: str) -> None:
    assert book().decide(DataClass.SECRET, Zone.MACHINE, day).rule == rule


def test_personal_data_abroad_changes_its_law_with_the_year() -> None:
    before = book().decide(DataClass.CONFIDENTIAL, Zone.ABROAD, date(2025, 12, 31))
    after = book().decide(DataClass.CONFIDENTIAL, Zone.ABROAD, date(2026, 1, 1))
    assert (before.decision, after.decision) == (D, D)
    assert "13/2023" in before.citation and "91/2025" in after.citation


def test_where_no_rule_is_in_force_the_answer_is_no() -> None:
    decision = book().decide(DataClass.PUBLIC, Zone.MACHINE, date(2019, 1, 1))
    assert (decision.decision, decision.rule) == (D, "no-rule")


def test_it_grows_stricter_with_class_and_with_distance() -> None:
    for on in (TODAY, date(2026, 1, 1)):
        strictness = {(c, z): book().decide(c, z, on).decision.strictness for c in DataClass for z in Zone}
        for (data_class, zone), here in strictness.items():
            assert all(here <= there for (c, z), there in strictness.items() if c >= data_class and zone.is_within(z))


def test_a_tightening_counts_and_a_loosening_does_not() -> None:
    def rule(decision: Ruling) -> Rule:
        cells = {"classes": frozenset([DataClass.PUBLIC]), "zones": frozenset([Zone.ABROAD])}
        return Rule("own", "organisation", decision=decision, effective=TODAY, **cells)

    assert book().decide(DataClass.PUBLIC, Zone.ABROAD, TODAY, [rule(D)]).rule == "own"
    assert book().decide(DataClass.PUBLIC, Zone.ABROAD, TODAY, [rule(A)]).decision == P


def test_the_general_rule_is_named_where_both_say_the_same() -> None:
    same = Rule("own", "organisation", frozenset([DataClass.SECRET]), frozenset(Zone), D, TODAY)
    assert book().decide(DataClass.SECRET, Zone.MACHINE, TODAY, [same]).rule == "state-secret-2025"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rule_speaks_three_languages_and_names_its_basis(language: str) -> None:
    for rule in book().rules:
        assert all(texts[language].strip() for texts in (rule.titles, rule.reasons, rule.remedies)), rule.id
        assert bool(rule.citations.get(language)) == (rule.kind == "law"), rule.id
    with translation.override(language):
        said = book().decide(DataClass.SECRET, Zone.MACHINE, TODAY)
        assert said.reason == said.by.reasons[language] and said.what_to_do


def test_the_version_names_the_very_words(tmp_path: Path) -> None:
    rows = content()
    first = read(written(tmp_path / "a.yaml", rows)).version
    rows["rules"][0]["reason"]["en"] += " "
    assert read(written(tmp_path / "b.yaml", rows)).version != first


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decision": "allow"}, "state secrets go nowhere"),
        ({"zones": ["moon"]}, "moon"),
        ({"classes": ["top"]}, "TOP"),
        ({"decision": "perhaps"}, "perhaps"),
        ({"source": ""}, "primary"),
        ({"reason": {"vi": "vì thế"}}, "lacks en, fr"),
        ({"id": "state-secret-2025"}, "two rules have one id"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    rows = content()
    rows["rules"][0] |= change
    with pytest.raises(PolicyUnusable, match=said):
        read(written(tmp_path / f"{NAME}.yaml", rows))


def content() -> Any:
    from django.conf import settings

    return yaml.safe_load((Path(settings.CONTENT) / "policies" / f"{NAME}.yaml").read_text())


def written(path: Path, rows: Any) -> Path:
    path.write_text(yaml.safe_dump(rows, allow_unicode=True))
    return path
