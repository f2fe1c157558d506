"""Checks of a worksheet: each is passed by what fits and failed by what does not."""

from khue.domains.analysis.handing import checks

LATE = [["An Hòa", 0.0127], ["Bến Thuyền", 0.0231], ["Cẩm Sơn", 0.0093], ["Đồng Vọng", 0.0307]]
BRIEF = {
    "title": "Xếp bốn biên chế",
    "texts": {"problem": "Trễ hạn.", "evidence": "Bến Thuyền 2,31%.", "recommendation": "Thêm ở Đồng Vọng."},
    "options": 2,
    "bound": 3,
    "unbound": [],
}


def handed(*, rows=LATE, brief=None, charts=1):
    steps = [{"rows": rows, "has_chart": at < charts} for at in range(3)]
    return {"note": {}, "things": [{"steps": steps, "briefs": [BRIEF | (brief or {})]}]}


def test_steps_and_charts_are_counted():
    wanted = {"least": 3, "charts": 1}
    assert checks.steps(handed(), wanted) == {"passed": True, "steps": 3, "charts": 1}
    assert not checks.steps(handed(charts=0), wanted)["passed"]


def test_figures_count_as_shares_and_as_percent():
    wanted = {"sets": [[1.27, 2.31, 0.93, 3.07]], "places": 2}
    assert checks.shows(handed(), wanted)["passed"]
    assert checks.shows(handed(rows=[[100 * row[1]] for row in LATE]), wanted)["passed"]
    assert checks.shows(handed(rows=LATE[:2]), wanted) == {"passed": False, "missing": 2}


def test_a_brief_lacks_what_is_empty():
    assert checks.brief(handed(), {"options": 2})["passed"]
    lacking = checks.brief(handed(brief={"texts": {"problem": " "}, "options": 1}), {"options": 2})
    assert lacking["lacking"] == ["problem", "evidence", "recommendation", "options"]
    assert checks.brief({"note": {}, "things": []}, {"options": 2})["lacking"] == ["brief"]


def test_one_figure_without_a_result_fails():
    assert checks.bound(handed(), {"least": 3})["passed"]
    assert not checks.bound(handed(brief={"unbound": ["350"]}), {"least": 3})["passed"]
    assert not checks.bound(handed(brief={"bound": 2}), {"least": 3})["passed"]
