"""The sovereignty report: counted from the ledger, the same on the page and on paper."""

from datetime import date

import pypdf
import pytest
from django.urls import reverse

from khue.domains.people.models import Person
from khue.domains.stewardship.reporting import figures as folding
from khue.domains.stewardship.reporting import periods
from khue.domains.stewardship.reporting.periods import Period
from khue.gateway import api as gateway
from khue.gateway import ledger as record
from khue.gateway.api import DataClass
from khue.gateway.ledger import Outcome, Task
from khue.kernel import clock


def used(person, organisation, *, data_class=DataClass.PUBLIC, zone="machine", **more):
    caller = gateway.Caller(person.pk, organisation.pk, tool="ask")
    entry = record.begin(
        Task.CHAT, caller=caller, data_class=data_class, provider="p", model="m", inputs=["x"], zone=zone, **more
    )
    entry.finish(
        Outcome.DONE, output=b"y", prompt_tokens=100, completion_tokens=20, energy_mj=7_200_000, co2_ug=500_000
    )


def refused(person, organisation):
    caller = gateway.Caller(person.pk, organisation.pk, tool="ask")
    record.refuse(
        Task.CHAT, caller=caller, data_class=DataClass.CONFIDENTIAL, inputs=["x"], error="ClassNotAllowed", rule="r1"
    )


@pytest.fixture
def month(cast):
    used(cast.an, cast.hcm)
    used(
        cast.an,
        cast.hcm,
        data_class=DataClass.CONFIDENTIAL,
        zone="country",
        decision="pseudonymise",
        hidden={"cccd": 3},
    )
    used(cast.binh, cast.academy, zone="institution")
    refused(cast.binh, cast.academy)
    used(cast.hai, cast.province, zone="abroad")


@pytest.fixture
def dung(client, cast):
    Person.objects.update(language="en")
    client.force_login(cast.dung)
    return client


def made(client, **wanted):
    return client.get(reverse("stewardship:report"), wanted)


def test_it_counts_what_the_ledger_holds_of_the_branch(dung, month):
    report = made(dung).context["report"]
    assert (report.figures.calls, report.figures.made, report.figures.refused, report.figures.left) == (4, 3, 1, 1)
    assert report.figures.classes[DataClass.CONFIDENTIAL] == {"country": 1, "refused": 1}
    assert (report.people, report.hidden, report.figures.tokens) == (2, {"cccd": 3}, 360)
    assert [(one.error, one.number) for one in report.refusals] == [("ClassNotAllowed", 1)]


def test_it_can_be_of_one_organisation_below(dung, cast, month):
    assert made(dung, organisation=str(cast.hcm.pk)).context["report"].figures.calls == 2
    assert made(dung, organisation=str(cast.province.pk)).status_code == 404


def test_a_period_without_calls_says_so(dung, month):
    page = made(dung, since="2020-01-01", until="2020-01-31")
    assert "No model was used in this period." in page.content.decode()


def test_it_says_at_once_whether_anything_left(dung, cast, month):
    assert "Of 3 calls, 1 went beyond the institution." in made(dung).content.decode()
    used(cast.dung, cast.ha_noi)
    text = made(dung, organisation=str(cast.ha_noi.pk)).content.decode()
    assert "it did not leave the institution" in text


def test_query_count_does_not_grow_with_calls(dung, cast, month, django_assert_max_num_queries):
    for _ in range(30):
        used(cast.an, cast.hcm)
    with django_assert_max_num_queries(22):
        made(dung)


def paper(client, tmp_path):
    answer = client.get(reverse("stewardship:report-pdf"))
    assert answer["content-type"] == "application/pdf"
    path = tmp_path / "report.pdf"
    path.write_bytes(answer.content)
    found = pypdf.PdfReader(path)
    return found, " ".join("".join(page.extract_text() for page in found.pages).split())


@pytest.mark.parametrize(
    ("language", "title"),
    [("vi", "Báo cáo chủ quyền dữ liệu"), ("en", "Sovereignty report"), ("fr", "Rapport de souveraineté")],
)
def test_the_paper_says_the_same_in_each_language(dung, cast, month, tmp_path, language, title):
    Person.objects.update(language=language)
    found, text = paper(dung, tmp_path)
    assert title in text
    assert "360" in text
    width, height = (float(side) for side in found.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    assert gateway.latest_checkpoint().name in text
    assert all(font["/BaseFont"].split("+")[-1].startswith(("BeVietnamPro", "SourceSerif4")) for font in fonts(found))


def fonts(found):
    for page in found.pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()


def test_a_quarter_ends_with_its_last_day():
    assert periods.quarter(date(2026, 11, 23)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert periods.previous_month(date(2026, 3, 31)) == Period(date(2026, 2, 1), date(2026, 2, 28))


def test_days_in_the_wrong_order_are_put_right_and_a_period_is_never_too_long_to_draw():
    today = clock.today()
    assert periods.chosen(date(2026, 2, 1), date(2026, 1, 1), today=today) == Period(date(2026, 1, 1), date(2026, 2, 1))
    assert (lambda p: p.last - p.first)(periods.chosen(date(1900, 1, 1), today, today=today)) == periods.LONGEST


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (1, 1), (3, 5), (6, 10), (11, 20), (499, 500), (501, 1000)])
def test_the_axis_ends_at_a_round_number(highest, top):
    assert folding.ceiling(highest) == top


def test_many_days_stand_together():
    days = Period(date(2026, 1, 1), date(2026, 12, 31)).days
    found = folding.columns(folding.Figures(), days)
    assert len(found) <= folding.MOST_COLUMNS and found[-1].last == date(2026, 12, 31)


def test_refused_connections_of_the_server_are_counted(dung, month):
    for times in (1, 3):
        record.record("egress", tool="web", way="connect", target="203.0.113.7:443", by="python", times=times)
    page = made(dung).content.decode()
    assert "Connections refused on this server" in page
    assert page.split("Connections refused on this server")[1].split("</dd>")[0].endswith(">4")


def test_the_form_says_which_period_is_shown(dung, month):
    page = made(dung).content.decode()
    shown = periods.chosen(None, None, today=clock.today())
    assert f'name="since" value="{shown.first}"' in page and f'name="until" value="{shown.last}"' in page
