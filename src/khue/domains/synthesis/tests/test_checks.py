"""Checks of a synthesis: each is passed by what fits and failed by what does not."""

from khue.domains.synthesis.handing import checks

BODY = {
    "reports": [{"state": "read"}, {"state": "read"}, {"state": "failed"}],
    "sections": [{"title": "Kết quả", "sentences": [{"text": "…", "state": "merged", "cited": ["Huế: 2"]}]}],
    "values": [45230.0, 97.5],
    "contradictions": [{"place": "Huế", "indicator": "x", "between": "change"}],
}


def handed(**changes):
    return {"note": {}, "things": [BODY | changes, {"steps": []}]}


def test_reports_that_were_read_are_counted():
    assert checks.reports(handed(), {"least": 2}) == {"passed": True, "read": 2}
    assert not checks.reports(handed(), {"least": 3})["passed"]


def test_a_sentence_without_a_report_fails():
    assert checks.cited(handed(), {})["passed"]
    bare = [{"title": "", "sentences": [{"text": "…", "state": "merged", "cited": []}]}]
    assert checks.cited(handed(sections=bare), {}) == {"passed": False, "sentences": 1, "lacking": 1}
    assert not checks.cited(handed(sections=[]), {})["passed"]


def test_figures_stand_in_the_table():
    assert checks.shows(handed(), {"values": [45230]})["passed"]
    assert checks.shows(handed(), {"values": [45230, 1]}) == {"passed": False, "missing": 1}


def test_contradictions_are_counted():
    assert checks.contradictions(handed(), {"least": 1})["passed"]
    assert not checks.contradictions(handed(contradictions=[]), {"least": 1})["passed"]
