"""Which chart a result gets."""

import json

import pytest

from khue.domains.analysis import charts
from khue.domains.analysis.engine import Column, Result
from khue.domains.analysis.provinces import OLD, PROVINCES

YEARS = range(2019, 2025)


def result(names: str, *rows: tuple[object, ...]) -> Result:
    """Types from the first row."""
    kinds = {str: "text", int: "integer", float: "number"}
    columns = tuple(Column(name, kinds[type(value)]) for name, value in zip(names.split(), rows[0], strict=True))
    return Result(columns, rows)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (result("nam diem", *((year, year / 7) for year in YEARS)), "line"),
        (result("nam tinh diem", *((year, tinh, 1.5) for year in YEARS for tinh in ("Huế", "Hà Nội"))), "line"),
        (result("nam xa diem", *((year, f"Xã {n}", 1.5) for year in YEARS for n in range(9))), "multiples"),
        (result("xa so", ("Xã A", 5), ("Xã B", 3)), "ranking"),
        (result("kenh ty_le", ("Trực tuyến", 62.5), ("Trực tiếp", 37.5)), "part"),
        (result("tinh diem", *((one.name, 5.5) for one in PROVINCES)), "map"),
        (result("tinh diem", *((name, 5.5) for name in OLD.values())), "map"),
        (result("xa so_dan so_ho_so", *((f"Xã {n}", n * 5, n * 2.5) for n in range(50))), "relation"),
        (result("so_ngay", *((n % 17,) for n in range(60))), "distribution"),
        (result("xa kenh so", *((f"Xã {n}", kenh, n) for n in range(4) for kenh in "AB")), "grouped"),
    ],
)
def test_the_form_follows_what_is_shown(given: Result, kind: str) -> None:
    choice = charts.choose(given)
    assert choice and choice.kind == kind


def test_one_figure_is_no_chart() -> None:
    assert charts.choose(result("so", (5,))) is None


def test_provinces_of_before_stand_in_the_tile_of_today() -> None:
    given = result("tinh diem", *((name, float(at)) for at, name in enumerate(OLD.values())))
    choice = charts.choose(given)
    assert choice
    tiles = charts.with_data(charts.spec(choice, given), given)["data"]["values"]
    assert len(tiles) == 34 and all(tile["value"] is not None for tile in tiles)
    assert len({(tile["column"], tile["line"]) for tile in tiles}) == 34


def test_all_kinds_are_drawn_and_texts_in_them_stay_texts() -> None:
    given = result("nam ten so", *((year, name, year * 1.5) for year in YEARS for name in ("<script>x</script>", "B")))
    drawn = charts.svg(charts.with_data(charts.spec(charts.kinds_for(given)[0], given), given))
    assert drawn.startswith("<svg") and "<script" not in drawn
    map_of = result("tinh diem", *((one.name, 5.5) for one in PROVINCES))
    assert charts.png(charts.with_data(charts.spec(charts.kinds_for(map_of)[0], map_of), map_of)).startswith(b"\x89PNG")


def test_a_chart_that_asks_for_the_network_is_not_drawn() -> None:
    chart = {"data": {"url": "http://127.0.0.1:9/x.json"}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    try:
        drawn = charts.svg(chart)
    except charts.CannotDraw:
        return
    assert "mark-rect" not in json.dumps(drawn) or "<path aria-label" not in drawn
