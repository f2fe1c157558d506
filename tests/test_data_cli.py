"""khue data load, forecast and release as they are typed; what starts and stops the database around them is tested with
the other verbs."""

import csv
import json
import random
from contextlib import nullcontext

import pytest
import typer
from typer.testing import CliRunner

from khue.cli import data, data_figures

pytestmark = pytest.mark.django_db(transaction=True)
WARDS = ("An Hòa", "Bến Thuyền")


@pytest.fixture
def run(monkeypatch, tmp_path, cast):
    for verbs in (data, data_figures):
        monkeypatch.setattr(verbs, "session", nullcontext)
    app = typer.Typer()
    data.register(app)
    monkeypatch.chdir(tmp_path)

    def typed(*arguments):
        return CliRunner().invoke(app, ["data", *map(str, arguments)])

    return typed


def written(name, rows):
    with open(name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return name


@pytest.fixture
def months():
    chance = random.Random(5)
    rows: list[list[object]] = [["Phường", "Tháng", "Số hồ sơ"]]
    for ward in WARDS:
        rows += [
            [ward, f"{2020 + at // 12}-{at % 12 + 1:02d}-01", 200 + 2 * at + 40 * (at % 12 == 5) + chance.randint(0, 9)]
            for at in range(60)
        ]
    return written("ho-so.csv", rows)


def test_a_forecast_of_places_adds_up_and_shows_its_test(run, months):
    profile = json.loads(run("load", months, "--name", "ho-so", "--json").stdout)
    assert profile["name"] == "ho-so" and profile["tables"][0]["rows"] == 120
    # columns by their headings or by their names in SQL
    done = run(
        "forecast", "ho-so", "--time", "Tháng", "--value", "so_ho_so", "--by", "Phường", "--horizon", 6, "--json"
    )
    said = json.loads(done.stdout)
    assert done.exit_code == 0 and said["adds_up"] and len(said["rows"]) == 3 * 6
    at = {name: place for place, name in enumerate(said["columns"])}
    for period in {row[at["period"]] for row in said["rows"]}:
        here = {row[0]: row[at["forecast"]] for row in said["rows"] if row[at["period"]] == period}
        assert here["∑"] == pytest.approx(sum(here[ward] for ward in WARDS))
    for row in said["rows"]:
        assert row[at["low"]] <= row[at["low80"]] <= row[at["forecast"]] <= row[at["high80"]] <= row[at["high"]]
    assert said["reading"] and all({"mase", "coverage", "model"} <= set(test) for test in said["tests"])


def test_wrong_columns_and_too_far_ahead_say_what_to_do(run, months):
    run("load", months, "--name", "ho-so", "--json")
    wrong = run("forecast", "ho-so", "--time", "Ngày", "--value", "so_ho_so", "--horizon", 6, "--json")
    assert wrong.exit_code == 1 and "so_ho_so" in wrong.stderr and not wrong.stdout
    far = run("forecast", "ho-so", "--time", "thang", "--value", "so_ho_so", "--horizon", 400, "--json")
    assert far.exit_code == 1 and "30" in far.stderr
    assert run("forecast", "khong-co", "--time", "a", "--value", "b", "--horizon", 2).exit_code == 2


def test_a_release_says_the_risk_before_and_after_and_what_was_changed(run):
    chance = random.Random(8)
    rows = [["Họ tên", "Phường", "Tuổi", "Bệnh"]]
    rows += [
        [f"Nguyễn Văn {at}", chance.choice(WARDS), chance.randint(20, 70), chance.choice(["không", "tim"])]
        for at in range(200)
    ]
    assert run("load", written("dan.csv", rows), "--name", "dan", "--json").exit_code == 0
    roles = ("--quasi", "Phường", "--quasi", "tuoi", "--sensitive", "Bệnh", "--drop", "Họ tên")
    done = run("release", "dan", "--k", 5, "--l", 2, *roles, "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 0 and said["before"]["k"] < 5 <= said["after"]["k"]
    assert said["after"]["unique"] == 0 and said["after"]["diversity"]["benh"] >= 2
    assert {"column": "ho_ten", "what": "dropped"} in said["changed"] and said["words"]
    again = json.loads(run("release", "dan", "--k", 5, "--quasi", "tuoi", "--json").stdout)
    assert again["after"]["k"] >= 5
    assert run("release", "dan", "--k", 500, "--json").exit_code == 1
