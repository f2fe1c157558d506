"""Methods, forecasts and briefs on a worksheet, through their pages."""

import io

import pytest
from django.urls import reverse
from docx import Document

from khue.domains.analysis.actions import asking, briefs, datasets, forecasts, steps
from khue.domains.analysis.models import Analysis, Brief, ForecastRun, Step
from khue.domains.analysis.tests.worksheets.conftest import dataset, waits
from khue.domains.people.api import actor_of
from khue.domains.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def binh(client, cast):
    Person.objects.update(language="en")
    client.force_login(cast.binh)
    return client


def use(client, worksheet, method, **chosen):
    return client.post(reverse("analysis:method", args=[worksheet.pk, method]), chosen)


def test_groups_are_compared_read_and_warned_about(binh, worksheet):
    assert use(binh, worksheet, "groups", value="phut", group="phuong").status_code == 302
    step = Step.objects.get()
    page = binh.get(reverse("analysis:worksheet", args=[worksheet.pk])).content.decode()
    assert step.kind == "statistics.groups" and step.chart
    assert "highest on average for Bến Thuyền" in page and "This does not say why" in page
    assert steps.rerun(step).is_same


@pytest.mark.parametrize(
    ("method", "chosen"),
    [
        ("trend", {"value": "phut", "time": "thang"}),
        ("its", {"value": "phut", "time": "thang", "start": "2023-01-01"}),
        ("inequality", {"value": "phut", "group": "phuong"}),
        ("protected", {"by": ["phuong"], "least": "5"}),
    ],
)
def test_each_method_makes_a_step_that_can_be_run_again(binh, worksheet, method, chosen):
    assert use(binh, worksheet, method, **chosen).status_code == 302
    step = Step.objects.get()
    assert step.words and steps.rerun(step).is_same
    assert binh.get(reverse("analysis:worksheet", args=[worksheet.pk])).status_code == 200


@pytest.fixture
def pilot(cast):
    """Twelve wards over six years; half of them begin in 2023, and there waiting falls by four minutes."""
    rows: list[list[object]] = [["Phường", "Năm", "Thí điểm", "Nhóm", "Thời gian chờ (phút)"]]
    for at in range(12):
        for year in range(2019, 2025):
            wait = 20 + at % 5 + (at * 7 + year * 3) % 4 / 4 - 4 * (at < 6 and year >= 2023)
            rows.append([f"Phường {at}", year, "có" if at < 6 else "không", "Làm" if at < 6 else "Chưa", wait])
    made = Analysis.objects.create(organisation=cast.academy, owner=cast.binh, title="Thí điểm")
    made.datasets.add(dataset(cast.binh, "Thí điểm", rows))
    return made


DID = {"value": "thoi_gian_cho", "time": "nam", "unit": "phuong", "start": "2023"}


@pytest.mark.parametrize("said", ["có", "co", "YES", "oui", "True"])
def test_yes_is_understood_in_three_languages_and_shown_in_that_of_the_page(binh, pilot, said):
    page = binh.get(reverse("analysis:method", args=[pilot.pk, "did"])).content.decode()
    assert '<option value="yes">Thí điểm</option>' in page and '<option value="Chưa">Nhóm</option>' in page
    assert use(binh, pilot, "did", **DID, group="thi_diem", treated=said).status_code == 302
    step = Step.objects.get()
    assert step.parameters["treated"] == "True" and step.facts["facts"]["effect"] == pytest.approx(-4, abs=0.3)
    assert "of “Thí điểm: yes” was" in step.words
    page = binh.get(reverse("analysis:worksheet", args=[pilot.pk])).content.decode()
    assert "Thời gian chờ (phút)</text>" in page and "took part</text>" in page and "2019</text>" in page


def test_who_took_part_is_found_without_tones_and_refused_where_nobody_is(binh, pilot):
    assert use(binh, pilot, "did", **DID, group="nhom", treated="lam").status_code == 302
    assert Step.objects.get().parameters["treated"] == "Làm"
    wrong = use(binh, pilot, "did", **DID, group="nhom", treated="Đã")
    assert wrong.status_code == 400 and "It holds: “Chưa”, “Làm”" in wrong.content.decode()
    wrong = use(binh, pilot, "did", **DID, group="thi_diem", treated="Phường 1")
    assert wrong.status_code == 400 and "holds yes or no" in wrong.content.decode()


def test_columns_are_called_by_their_headings_and_not_by_their_names_in_sql(binh, cast, pilot):
    use(binh, pilot, "groups", value="thoi_gian_cho", group="thi_diem")
    step = Step.objects.get()
    assert step.words.startswith("“Thời gian chờ (phút)” is highest") and "Thí điểm: no" in step.words
    refused = use(binh, pilot, "trend", value="phuong", time="nam").content.decode()
    assert "The column “Phường” is not made of numbers only" in refused
    table = pilot.datasets.get().tables.get().name
    made = "avg(thoi_gian_cho) AS tb, max(thoi_gian_cho), count(DISTINCT phuong) AS n"
    sql = f"SELECT nam, {made} FROM {table} GROUP BY nam"
    asking.run(by=actor_of(cast.binh.pk), analysis=pilot, sql=sql)
    page = binh.get(reverse("analysis:worksheet", args=[pilot.pk])).content.decode()
    for heading in ("Thời gian chờ (phút), mean", "Thời gian chờ (phút), highest", "Phường, how many different"):
        assert f'<th scope="col" class="number">{heading}</th>' in page


def test_a_column_that_does_not_fit_is_explained_and_nothing_is_kept(binh, worksheet):
    refused = use(binh, worksheet, "groups", value="phuong", group="thang")
    assert refused.status_code == 400 and "not made of numbers only" in refused.content.decode()
    assert not Step.objects.exists()


def test_an_index_has_levels_whose_sums_are_exact(binh, cast):
    rows: list[list[object]] = [["Tỉnh", "SC11", "SC12", "SC21", "SC22"]]
    rows += [[f"Tỉnh {at}", 1.1 + at / 7, 0.2 * at, 2.3 - at / 9, 0.01 * at**2] for at in range(12)]
    found = Analysis.objects.create(organisation=cast.academy, owner=cast.binh, title="Chỉ số")
    found.datasets.add(dataset(cast.binh, "Chỉ số", rows))
    levels = "Tham gia = SC1*\nMinh bạch = SC21; SC22"
    chosen = {"unit": "tinh", "dimensions": levels, "scale": "none", "aggregate": "sum", "weights": "SC11 = 1"}
    assert use(binh, found, "composite", **chosen).status_code == 302
    scores = Step.objects.get().table
    assert scores.names[5:] == ("Tham gia", "Minh bạch")
    known = {row[0]: row[1:] for row in rows[1:]}
    for row in scores.rows:
        said = known[row[0]]
        assert abs(row[5] - (said[0] + said[1])) < 1e-9 and abs(row[1] - sum(said)) < 1e-9
    wrong = use(binh, found, "composite", **{**chosen, "dimensions": "Tham gia = SC9*"})
    assert wrong.status_code == 400 and "No column begins with “SC9”" in wrong.content.decode()


def test_a_forecast_is_made_by_a_job_and_shows_its_test_first(binh, worksheet):
    asked = use(binh, worksheet, "forecast", value="phut", time="thang", horizon="6", combine="mean", by=[],
                scenario="Thêm một quầy = -10")  # fmt: skip
    run = ForecastRun.objects.get()
    assert asked["Location"].endswith(f"/forecasts/{run.pk}/") and not Step.objects.exists()
    forecasts.work(run.pk)
    page = binh.get(asked["Location"], follow=True).content.decode()
    assert page.index("First the test") < page.index("Then the forecast")
    assert "Scenario “Thêm một quầy”" in page and "Tested at" in page
    assert len(Step.objects.get().table.rows) == 6


def test_a_forecast_too_far_ahead_says_how_far_it_can(binh, worksheet):
    use(binh, worksheet, "forecast", value="phut", time="thang", horizon="300", combine="mean")
    run = ForecastRun.objects.get()
    forecasts.work(run.pk)
    page = binh.get(reverse("analysis:forecast", args=[worksheet.pk, run.pk])).content.decode()
    assert "at most 30 can be forecast" in page


def test_a_brief_binds_its_figures_and_follows_new_data(binh, cast, worksheet):
    use(binh, worksheet, "groups", value="phut", group="phuong")
    binh.post(reverse("analysis:brief-new", args=[worksheet.pk]), {"title": "Thêm quầy ở đâu?"})
    brief = Brief.objects.get()
    rows = {row[0]: row for row in Step.objects.get().table.rows}
    shown = f"{rows['Bến Thuyền'][2]:.1f}"
    binh.post(
        reverse("analysis:brief-edit", args=[brief.pk]),
        {"title": brief.title, "problem": f"Bến Thuyền waits {shown} minutes; it would cost 350 million.",
         "option_0_name": "One counter more"},
    )  # fmt: skip
    page = binh.get(reverse("analysis:brief", args=[brief.pk])).content.decode()
    assert "2 figures in no result" not in page and "1 figure in no result" in page
    assert page.count('class="bound"') == 1 and "One counter more" in page
    source = worksheet.datasets.get()
    datasets.replace_with(source, dataset(cast.binh, "Mới", waits(longer=20)))
    made = briefs.refresh(by=actor_of(cast.binh.pk), brief=Brief.objects.get())
    assert made.moved == ((shown, f"{rows['Bến Thuyền'][2] + 20:.1f}"),) and not made.lost
    assert Step.objects.count() == 2


def test_a_brief_goes_out_as_word_and_pdf_with_its_marks(binh, worksheet):
    use(binh, worksheet, "groups", value="phut", group="phuong")
    binh.post(reverse("analysis:brief-new", args=[worksheet.pk]), {"title": "Thêm quầy ở đâu?"})
    brief = Brief.objects.get()
    binh.post(
        reverse("analysis:brief-edit", args=[brief.pk]), {"title": brief.title, "problem": "It costs 350 million."}
    )
    word = binh.get(reverse("analysis:brief-file", args=[brief.pk, "docx"]))
    assert "350[?]" in "".join(line.text for line in Document(io.BytesIO(word.content)).paragraphs)
    pdf = binh.get(reverse("analysis:brief-file", args=[brief.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")


def test_another_persons_worksheet_is_not_there(client, cast, worksheet):
    client.force_login(cast.an)
    assert use(client, worksheet, "groups", value="phut", group="phuong").status_code == 404
