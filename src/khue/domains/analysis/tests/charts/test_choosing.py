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
        (result("tinh diem", *((name, 5.5) for name in OLD.values())), "map_before"),
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
    choice = next(one for one in charts.kinds_for(given) if one.kind == "map")
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


def test_what_was_changed_stands_in_the_specification_and_is_drawn() -> None:
    given = result("xa so", ("Xã A", 5), ("Xã B", 9), ("Xã C", 2), ("Xã D", 7))
    choice = charts.choose(given)
    assert choice
    edit = charts.Edit(title="Hồ sơ theo xã", x_title="Số hồ sơ", colour="blue", order="low", top=2, labels=False)
    chart = charts.spec(choice, given, edit=edit)
    assert charts.edit_of(chart) == edit and charts.choice_of(chart) == choice
    drawn = charts.svg(charts.with_data(chart, given), language="vi")
    assert "Hồ sơ theo xã" in drawn and "Số hồ sơ" in drawn and "#0072B2" in drawn and "#1F6F63" not in drawn
    assert drawn.index("Xã C") < drawn.index("Xã A") and "Xã B" not in drawn and "Xã D" not in drawn
    assert "data" not in chart


@pytest.mark.parametrize("kind", ["line", "multiples", "ranking", "grouped", "part", "relation", "distribution", "map"])
def test_every_form_is_drawn_with_changes(kind: str) -> None:
    """Whatever is changed, a chart comes of it."""
    rows = [(year, tinh, year - 2000 + at, at + 1) for year in YEARS for at, tinh in enumerate(("Huế", "Hà Nội"))]
    given = result("nam tinh so_a so_b", *rows)
    by = {"line": "tinh", "multiples": "tinh", "grouped": "nam"}.get(kind, "")
    x = {"line": "nam", "multiples": "nam", "relation": "so_a", "distribution": "so_a"}.get(kind, "tinh")
    choice = charts.Choice(kind, x, "so_b", by)  # type: ignore[arg-type]
    edit = charts.Edit("Đầu đề", "Ngang", "Dọc", "purple", "high", 5, True)
    assert "Đầu đề" in charts.svg(charts.with_data(charts.spec(choice, given, edit=edit), given))


def test_the_63_provinces_of_before_have_a_tile_each() -> None:
    given = result("tinh so", *((name, at) for at, name in enumerate(OLD.values())))
    choice = charts.choose(given)
    assert choice and choice.kind == "map_before"
    tiles = charts.with_data(charts.spec(choice, given), given)["data"]["values"]
    assert len({(one["column"], one["line"]) for one in tiles}) == len({one["short"] for one in tiles}) == 63
    assert sorted(one["value"] for one in tiles) == list(range(63))
