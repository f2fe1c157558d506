import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.views.defaults import server_error

from khue.ui import guides

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(django_user_model):
    return django_user_model.objects.create_user("an", password="mot-hai-ba", full_name="Nguyễn Thị An")


@pytest.fixture
def signed_in(an):
    client = Client()
    client.force_login(an)
    return client


@pytest.mark.parametrize("name", ["home", "guides", "components"])
def test_pages_of_the_shell_ask_for_a_sign_in(client, name):
    answer = client.get(reverse(f"ui:{name}"))
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["home", "guides", "components"])
def test_pages_of_the_shell_open_for_everyone_who_signed_in(signed_in, name):
    assert signed_in.get(reverse(f"ui:{name}")).status_code == 200


def test_the_guides_are_the_same_in_three_languages():
    slugs = {language: [guide.slug for guide in guides.in_language(language)] for language in ("vi", "en", "fr")}
    assert slugs["vi"] == slugs["en"] == slugs["fr"]
    assert slugs["vi"][:3] == ["ask-and-check", "your-own-documents", "what-stays-here"]
    assert "data-sovereignty" in slugs["vi"]
    assert all(guide.title and guide.summary and "<h2>" in guide.html for guide in guides.in_language("vi"))


def test_a_guide_opens_in_the_language_of_the_reader(signed_in):
    signed_in.cookies["django_language"] = "fr"
    assert "Poser une question" in signed_in.get(reverse("ui:guide", args=["ask-and-check"])).content.decode()


def test_a_guide_that_is_not_there_is_a_404_in_words(signed_in):
    answer = signed_in.get(reverse("ui:guide", args=["no-such-guide"]))
    assert answer.status_code == 404 and "<h1>" in answer.content.decode()


def test_markdown_of_people_cannot_carry_a_script():
    assert "<script" not in guides.markdown("Hi <script>alert(1)</script> [x](javascript:alert(1))")
    assert "href" not in guides.markdown("[x](javascript:alert(1))")


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "/\\evil.example/x.png",
        "http:evil.example",
        "data:image/svg+xml,x",
    ],
)
def test_markdown_of_people_asks_for_no_picture_elsewhere(address):
    assert "src" not in guides.markdown(f"![x](<{address}>)")
    assert 'src="/static/x.png"' in guides.markdown("![x](/static/x.png)")


def test_a_theme_is_remembered_in_the_browser_and_on_the_account(signed_in, an):
    answer = signed_in.post(reverse("ui:display"), {"theme": "dark", "next": "/guides/"})
    an.refresh_from_db()
    assert answer.url == "/guides/" and an.theme == "dark"
    assert 'data-theme="dark"' in signed_in.get("/guides/").content.decode()


def test_a_theme_chosen_elsewhere_comes_from_the_account(an):
    an.theme = "dark"
    an.save()
    client = Client()
    client.force_login(an)
    assert 'data-theme="dark"' in client.get("/guides/").content.decode()


def test_projector_mode_hides_the_name_of_the_person(signed_in):
    signed_in.post(reverse("ui:display"), {"mode": "projector"})
    page = signed_in.get("/guides/").content.decode()
    assert 'data-mode="projector"' in page and "Nguyễn Thị An" not in page


def test_a_language_is_remembered(signed_in, an):
    signed_in.post(reverse("ui:language"), {"language": "fr"})
    an.refresh_from_db()
    assert an.language == "fr" and '<html lang="fr"' in signed_in.get("/guides/").content.decode()


@pytest.mark.parametrize(("name", "wish"), [("display", {"theme": "pink"}), ("language", {"language": "xx"})])
def test_an_unknown_wish_is_refused(signed_in, name, wish):
    assert signed_in.post(reverse(f"ui:{name}"), wish).status_code == 400


def test_nobody_is_sent_to_another_site(signed_in):
    answer = signed_in.post(reverse("ui:display"), {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_the_page_of_a_failure_needs_no_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0), translation.override("en"):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500 and "What you had saved is safe" in answer.content.decode()


def test_the_page_of_a_failure_keeps_to_the_policy_of_scripts_and_styles(rf):
    page = server_error(rf.get("/")).content.decode()
    assert "<style" not in page and "<script" not in page
