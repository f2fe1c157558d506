"""What a call costs is estimated with its source, or metered where the processor lets itself be read."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from khue.gateway import api, energy
from khue.gateway.contract import ProviderInfo, Rate
from khue.gateway.tests.fake import FakeServer

EMBEDDED = ProviderInfo(kind="chat", name="embedded", model="m", url="http://127.0.0.1:1/v1", is_local=True)
ELSEWHERE = replace(
    EMBEDDED, name="server", is_local=False, jurisdiction="FR", energy=Rate(2.0, "J/token", "datasheet")
)


def package(folder: Path, number: int, microjoules: int, around_at: int = 1_000_000_000) -> None:
    place = folder / f"intel-rapl:{number}"
    place.mkdir(exist_ok=True)
    (place / "energy_uj").write_text(f"{microjoules}\n")
    (place / "max_energy_range_uj").write_text(f"{around_at}\n")


def test_every_figure_names_its_source() -> None:
    figures = energy.figures()
    for figure in (*figures["grids"].values(), figures["embedded"]):
        assert figure["source"] and figure["status"]


def test_the_embedded_model_by_tokens_and_the_grid_of_viet_nam() -> None:
    made = energy.of(EMBEDDED, prompt_tokens=1000, completion_tokens=100)
    assert made.millijoules == 285_000
    assert made.co2_micrograms == pytest.approx(285 / 3_600_000 * 659.2 * 1e6, abs=1)


def test_a_provider_s_own_figure_and_the_grid_of_elsewhere() -> None:
    made = energy.of(ELSEWHERE, prompt_tokens=10, completion_tokens=5)
    assert (made.millijoules, made.source) == (30_000, "datasheet")
    assert made.co2_micrograms == round(30 / 3_600_000 * 480 * 1e6)


def test_nothing_is_made_up_where_nothing_is_known() -> None:
    assert energy.of(replace(ELSEWHERE, energy=None), prompt_tokens=10, completion_tokens=5) == energy.Energy()


def test_the_meter_adds_packages_and_knows_that_counters_begin_anew(tmp_path: Path) -> None:
    package(tmp_path, 0, 5_000_000)
    package(tmp_path, 1, 999_000_000)
    (tmp_path / "intel-rapl:0:0").mkdir()
    meter = energy.Meter(tmp_path)
    package(tmp_path, 0, 8_000_000)
    package(tmp_path, 1, 1_000_000)
    assert meter.joules() == pytest.approx(3 + 2)


def test_calls_that_run_together_share_what_was_used(tmp_path: Path) -> None:
    package(tmp_path, 0, 0)
    first, second = energy.Meter(tmp_path), energy.Meter(tmp_path)
    package(tmp_path, 0, 12_000_000)
    assert second.joules() == pytest.approx(6)
    assert first.joules() == pytest.approx(12)


def test_without_a_meter_there_is_no_reading(tmp_path: Path) -> None:
    assert energy.Meter(tmp_path).joules() is None


@pytest.mark.django_db
def test_the_record_and_the_sums_show_it(model_server: FakeServer, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(energy, "of", lambda *_, **__: energy.Energy(2500, 450, "test"))
    monkeypatch.setattr("khue.gateway.generation.energy_of", energy.of)
    academy = uuid4()
    caller = api.Caller(person_id=uuid4(), organisation_id=academy, tool="ask")
    api.chat([api.Turn("user", "một")], caller=caller, data_class=api.DataClass.PUBLIC).text()
    [row] = api.calls()
    assert (row.energy_mj, row.co2_ug) == (2500, 450)
    [day] = api.spent(api.Whose.ORGANISATION, api.Period.DAY, organisation_ids=[academy])
    assert (day.energy_mj, day.co2_ug) == (2500, 450)
