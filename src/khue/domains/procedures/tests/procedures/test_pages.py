import pytest
from django.urls import reverse

from khue.domains.people.models import Person
from khue.domains.procedures import api
from khue.domains.procedures.models import Procedure
from khue.domains.procedures.tests.conftest import BIRTH, LICENCE


@pytest.fixture
def stored(library, lines, an):
    api.ingest(lines(BIRTH, LICENCE), collection=library.id, by=an)
    return {procedure.code: procedure for procedure in Procedure.objects.all()}


@pytest.fixture
def page(client, an):
    """The text of a page as An sees it."""
    person = Person.objects.get(pk=an.person_id)
    person.language = "en"
    person.save()
    client.force_login(person)

    def read(address, **query):
        answer = client.get(address, query)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


LIST = "/work/procedures/"


@pytest.mark.parametrize(
    "query",
    [
        {"q": "dang ky khai sinh"},
        {"q": "KHAI SINH"},
        {"q": "9.000193"},
        {"q": "999/QĐ-THU"},
        {"sector": "Hộ tịch"},
        {"level": "Cấp xã"},
        {"online": "on"},
        {"within": "1"},
    ],
    ids=str,
)
def test_the_list_is_narrowed(stored, page, query):
    text = page(LIST, **query)
    assert "Đăng ký khai sinh (bản thử)" in text
    assert "Đổi giấy phép lái xe (bản thử)" not in text


def test_free_of_charge(stored, page):
    text = page(LIST, free="on")
    assert "Đổi giấy phép lái xe" in text
    assert "Đăng ký khai sinh" not in text


def test_one_way_to_apply_meets_all_conditions_at_once(stored, page):
    # the licence is free and takes 5 days at the counter; nothing of it is online
    assert "No procedure fits" in page(LIST, free="on", online="on")


def test_the_procedure_with_exactly_this_code_comes_first(library, lines, an, page):
    mention = LICENCE | {"ma_thu_tuc": "9.000999", "ten_thu_tuc": "A 9.000193"}
    api.ingest(lines(mention, BIRTH), collection=library.id, by=an)
    text = page(LIST, q="9.000193")
    assert text.index("Đăng ký khai sinh") < text.index("A 9.000193")


def test_a_condition_that_makes_no_sense_narrows_nothing(stored, page):
    assert "Đăng ký khai sinh" in page(LIST, within="soon", sector="Không có")


def test_an_empty_list_says_what_to_do(library, page):
    assert "khue ingest FILE --kind procedures" in page(LIST)


def test_the_page_shows_times_and_fees_in_the_readers_language(stored, page):
    text = page(reverse("procedures:detail", args=[stored["9.000193"].pk]))
    for shown in ("2 working days", "4,000\u00a0₫", "8,000\u00a0₫", "Mẫu số 01.docx", "60/2014/QH13", "KQ.G15.000001"):
        assert shown in text


def test_the_library_leads_to_the_page(stored, page, client):
    procedure = stored["9.000193"]
    answer = client.get(reverse("procedures:of-document", args=[procedure.document_id]))
    assert answer.headers["Location"] == reverse("procedures:detail", args=[procedure.pk])


def test_another_organisation_sees_nothing(stored, client, chi):
    client.force_login(Person.objects.get(pk=chi.person_id))
    procedure = stored["9.000193"]
    assert client.get(reverse("procedures:detail", args=[procedure.pk])).status_code == 404
    assert client.get(reverse("procedures:of-document", args=[procedure.document_id])).status_code == 404
    assert "Đăng ký khai sinh" not in client.get(LIST).content.decode()


def test_an_address_that_is_no_web_address_is_not_linked(library, lines, an, page):
    api.ingest(lines(BIRTH | {"detail_url": "javascript:alert(1)"}), collection=library.id, by=an)
    assert "javascript:alert" not in page(reverse("procedures:detail", args=[Procedure.objects.get().pk]))


def test_the_list_asks_the_same_number_of_questions_for_many(library, lines, an, page, django_assert_max_num_queries):
    records = [LICENCE | {"ma_thu_tuc": f"9.1{number:05}"} for number in range(20)]
    api.ingest(lines(*records), collection=library.id, by=an)
    with django_assert_max_num_queries(16):
        page(LIST)
