"""The shell as people meet it: with axe, with the keyboard alone, on a phone, on a projector."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from playwright.sync_api import expect

from khue.domains.academy.tests import certified
from khue.domains.academy.tests.cast import at_the_place_of_an, double_of_an, opened_cohort, seat_of_an
from khue.domains.academy.tests.labs import work
from khue.domains.academy.tests.quizzing.quiz import essay_handed_in, finished_attempt, open_attempt
from khue.domains.academy.tests.rooms.class_ import lively_session
from khue.domains.academy.tests.small import small_programme
from khue.domains.academy.tests.sprints import sprint
from khue.domains.academy.tests.surveys.survey import survey, survey_replied
from khue.domains.academy.views.sprints import token as proposals
from khue.domains.analysis.tests.cast import (
    stored_analysis,
    stored_asked,
    stored_brief,
    stored_dataset,
    stored_forecast,
    stored_release,
    stored_step,
)
from khue.domains.assistants.tests.cast import (
    stored_assistant,
    stored_hand_over,
    stored_message,
    stored_question,
    stored_run,
    stored_use_case,
)
from khue.domains.drafting.tests.cast import (
    stored_comment,
    stored_draft,
    stored_rewrite,
    stored_template,
    stored_version,
)
from khue.domains.people.tests.cast import Cast
from khue.domains.prototypes.tests.cast import linked_tool, stored_review, stored_tool, stored_turn, tool_version
from khue.domains.synthesis.tests.cast import (
    stored_consultation,
    stored_meeting,
    stored_report,
    stored_synthesis,
    stored_theme,
)


@dataclass(frozen=True)
class Address:
    """A page to look at: its URL name, who opens it, and its arguments."""

    name: str
    who: str | None = "giang"
    arguments: Callable[[Cast], tuple[object, ...]] = lambda cast: ()

    def open(self, page, signed_in, cast):
        if self.who:
            signed_in(self.who)
        page.goto(reverse(self.name, args=self.arguments(cast)))


def with_(make: Callable[[Cast], object]) -> Callable[[Cast], tuple[object, ...]]:
    """For an address without arguments: with this to show on it."""

    def made(cast: Cast) -> tuple[object, ...]:
        make(cast)
        return ()

    return made


PAGES = [
    Address("account_login", None),
    Address("account_reset_password", None),
    Address("ui:home"),
    Address("ui:guides"),
    Address("ui:guide", "an", lambda cast: ("ask-and-check",)),
    Address("ui:components"),
    Address("people:account"),
    Address("budgets:index"),
    Address("keys:own"),
    Address("keys:index"),
    Address("people:list"),
    Address("people:create"),
    Address("people:detail", "giang", lambda cast: (cast.an.pk,)),
    Address("people:organisations"),
    Address("people:organisation-create"),
    Address("people:organisation", "giang", lambda cast: (cast.academy.pk,)),
    Address("account_change_password"),
    Address("usersessions_list"),
    Address("mfa_index"),
    Address("mfa_list_webauthn"),
    Address("socialaccount_login_cancelled", None),
    Address("academy:programmes", "an"),
    Address("academy:programme", "an", lambda cast: (small_programme(cast).pk,)),
    Address("academy:topic", "an", lambda cast: (small_programme(cast).pk, "mo-dau")),
    Address("academy:activity", "an", lambda cast: (finished_attempt(cast).sitting.quiz.activity_id,)),
    Address("academy:attempt", "an", lambda cast: (open_attempt(cast).pk,)),
    Address("academy:attempt-review", "an", lambda cast: (open_attempt(cast).pk,)),
    Address("academy:attempt-result", "an", lambda cast: (finished_attempt(cast).pk,)),
    Address("academy:programme-bring", "binh"),
    Address("academy:programme-clone", "binh", lambda cast: (small_programme(cast).pk,)),
    Address("academy:quizzes", "chi"),
    Address("academy:quiz", "chi", lambda cast: (finished_attempt(cast).sitting.quiz_id,)),
    Address("academy:quiz-files", "chi", lambda cast: (finished_attempt(cast).sitting.quiz_id,)),
    Address("academy:quiz-item", "chi", lambda cast: (finished_attempt(cast).sitting.quiz_id, "portal-name")),
    Address("academy:quiz-item", "chi", lambda cast: (finished_attempt(cast).sitting.quiz_id, "distance")),
    Address("academy:sitting", "chi", lambda cast: (finished_attempt(cast).sitting_id,)),
    Address("academy:marking", "chi", lambda cast: (essay_handed_in(cast).sitting_id,)),
    Address("academy:activity", "an", lambda cast: (survey(cast).pk,)),
    Address("academy:survey-results", "chi", lambda cast: (survey_replied(cast).pk,)),
    Address("people:join", None),
    Address("academy:days", "an"),
    Address("academy:here", "an"),
    Address("academy:cohorts", "chi"),
    Address("academy:cohort-create", "chi"),
    Address("academy:cohort", "chi", lambda cast: (seat_of_an(cast).cohort_id,)),
    Address("academy:cohort-door", "chi", lambda cast: (opened_cohort(cast).pk,)),
    Address("academy:session-door", "chi", lambda cast: (seat_of_an(cast).cohort.sessions.get().pk,)),
    Address("academy:timetable", "chi", lambda cast: (seat_of_an(cast).cohort_id,)),
    Address("academy:session-edit", "chi", lambda cast: (seat_of_an(cast).cohort.sessions.get().pk,)),
    Address("academy:place-edit", "chi", lambda cast: (seat_of_an(cast).cohort_id, seat_of_an(cast).place_id)),
    Address("academy:merge-choose", "chi", lambda cast: double_of_an(cast)[:2]),
    Address("academy:merge", "chi", lambda cast: double_of_an(cast)),
    Address("academy:cohort-list", "chi", lambda cast: (opened_cohort(cast).pk,)),
    Address("academy:session", "chi", lambda cast: (seat_of_an(cast).cohort.sessions.get().pk,)),
    Address("academy:session-screen", "chi", lambda cast: at_the_place_of_an(cast)),
    Address("academy:session-sheet", "chi", lambda cast: at_the_place_of_an(cast)),
    Address("academy:brief", "an", lambda cast: (small_programme(cast).pk, "hoi")),
    Address("academy:participation", "chi", lambda cast: (seat_of_an(cast).cohort_id,)),
    Address("academy:participant", "chi", lambda cast: (seat_of_an(cast).cohort_id, seat_of_an(cast).pk)),
    Address("academy:now", "an"),
    Address("academy:room", "chi", lambda cast: (lively_session(cast).pk,)),
    Address("academy:room-wall", "chi", lambda cast: (lively_session(cast).pk,)),
    Address("academy:part", "an", lambda cast: (lively_session(cast).pk,)),
    Address("academy:activity", "an", lambda cast: (work.begun(cast).pk,)),
    Address("academy:submission", "an", lambda cast: (work.graded(cast).pk,)),
    Address("academy:grading", "chi", with_(work.waiting)),
    Address("academy:grade", "chi", lambda cast: (work.waiting(cast).pk,)),
    Address("academy:reviews", "an", lambda cast: (work.taken(cast).submission.activity_id,)),
    Address("academy:review", "an", lambda cast: (work.taken(cast).pk,)),
    Address("academy:sprints", "an", with_(sprint.handed_in)),
    Address("academy:sprint", "an", lambda cast: (sprint.revealed(cast).pk,)),
    Address("academy:sprint", "chi", lambda cast: (sprint.handed_in(cast).sprint_id,)),
    Address("academy:sprint-problems", "an", lambda cast: (sprint.sprint_of(cast).pk,)),
    Address("academy:sprint-propose", None, lambda cast: (proposals(sprint.sprint_of(cast)),)),
    Address("academy:sprint-mentors", "chi", lambda cast: (sprint.sprint_of(cast).pk, sprint.entry_of(cast).pk)),
    Address("academy:sprint-stage", "an", lambda cast: (sprint.entry_of(cast).pk, "hieu")),
    Address("academy:sprint-stage", "chi", lambda cast: (sprint.handed_in(cast).pk, "hieu")),
    Address("academy:sprint-demo", "chi", lambda cast: (sprint.judged(cast).pk,)),
    Address("academy:judging", "chi", lambda cast: (sprint.judged(cast).pk,)),
    Address("academy:sprint-hall", "an", lambda cast: (sprint.revealed(cast).pk,)),
    Address("academy:sprint-result", "chi", lambda cast: (sprint.judged(cast).pk,)),
    Address("academy:publication", "an", lambda cast: (sprint.published(cast).entry_id,)),
    Address("academy:follow-up", "an", lambda cast: (sprint.asked(cast).pk,)),
    Address("academy:gallery", None, with_(sprint.published)),
    Address("academy:gallery-shown", None, lambda cast: (sprint.published(cast).pk,)),
    Address("academy:closing", "chi", lambda cast: (sprint.revealed(cast).cohort_id,)),
    Address("academy:record", "an", with_(certified.closed_cohort)),
    Address("academy:certificates", "an", with_(certified.closed_cohort)),
    Address("academy:certificate", "an", lambda cast: (certified.certificate_of_an(cast).pk,)),
    Address("academy:certificate-end", "chi", lambda cast: (certified.certificate_of_an(cast).pk,)),
    Address("academy:cohort-certificates", "chi", lambda cast: (certified.closed_cohort(cast).pk,)),
    Address("academy:cohort-certificates-plan", "chi", lambda cast: (certified.closed_cohort(cast).pk,)),
    Address("academy:issuers", "giang", with_(certified.closed_cohort)),
    Address("academy:issuer-create"),
    Address("academy:issuer", "giang", lambda cast: (certified.certificate_of_an(cast).key.issuer_id,)),
    Address("credentials:check", None, lambda cast: (certified.certificate_of_an(cast).token,)),
    Address("credentials:upload", None),
    Address("procedures:list", "an"),
    Address("analysis:index", "binh", with_(stored_dataset)),
    Address("analysis:dataset", "binh", lambda cast: (stored_dataset(cast).pk,)),
    Address("analysis:worksheet", "binh", lambda cast: (stored_step(cast).analysis_id,)),
    Address("analysis:worksheet", "binh", lambda cast: (stored_asked(cast).analysis_id,)),
    Address("analysis:methods", "binh", lambda cast: (stored_analysis(cast).pk,)),
    Address("analysis:method", "binh", lambda cast: (stored_analysis(cast).pk, "forecast")),
    Address("analysis:forecast", "binh", lambda cast: (stored_analysis(cast).pk, stored_forecast(cast).pk)),
    Address("analysis:released", "binh", lambda cast: (stored_release(cast).pk,)),
    Address("analysis:brief", "binh", lambda cast: (stored_brief(cast).pk,)),
    Address("analysis:brief-edit", "binh", lambda cast: (stored_brief(cast).pk,)),
    Address("analysis:step-again", "binh", lambda cast: (stored_analysis(cast).pk, stored_step(cast).pk)),
    Address("synthesis:index", "binh", with_(stored_synthesis)),
    Address("synthesis:new", "binh"),
    Address("synthesis:synthesis", "binh", lambda cast: (stored_synthesis(cast).pk,)),
    Address("synthesis:report", "binh", lambda cast: (stored_synthesis(cast).pk, stored_report(cast).pk)),
    Address("synthesis:consultation-new", "binh"),
    Address("synthesis:consultation", "binh", lambda cast: (stored_consultation(cast).pk,)),
    Address("synthesis:theme", "binh", lambda cast: (stored_consultation(cast).pk, stored_theme(cast).pk)),
    Address("synthesis:judge", "binh", lambda cast: (stored_consultation(cast).pk,)),
    Address("synthesis:meeting-new", "binh"),
    Address("synthesis:meeting", "binh", lambda cast: (stored_meeting(cast).pk,)),
    Address("drafting:index", "binh", with_(stored_draft)),
    Address("drafting:check", "binh"),
    Address("drafting:register", "chi"),
    Address("drafting:templates", "binh", with_(stored_template)),
    Address("drafting:template", "an", lambda _: ("thanh-lap-to",)),
    Address("drafting:draft", "binh", lambda cast: (stored_rewrite(cast).draft_id,)),
    Address("drafting:versions", "binh", lambda cast: (stored_version(cast).draft_id,)),
    Address("drafting:draft", "chi", lambda cast: (stored_comment(cast).draft_id,)),
    Address("prototypes:list", "binh", with_(stored_tool)),
    Address("prototypes:studio", "binh", lambda cast: (stored_turn(cast).tool_id,)),
    Address("prototypes:versions", "binh", lambda cast: (tool_version(cast).tool_id,)),
    Address("prototypes:explain", "binh", lambda cast: (tool_version(cast).tool_id, 1)),
    Address("prototypes:use", "binh", lambda cast: (stored_tool(cast).pk,)),
    Address("prototypes:review", "chi", lambda cast: (stored_tool(cast).pk, stored_review(cast).pk)),
    Address("prototypes-open:page", None, lambda cast: (linked_tool(cast).link,)),
    Address("prototypes-open:embed", None, lambda cast: (linked_tool(cast).link,)),
    Address("assistants:index", "binh"),
    Address("assistants:waiting", "binh", lambda cast: (stored_hand_over(cast), ())[1]),
    Address("assistants:build", "binh", lambda cast: (stored_assistant(cast).pk,)),
    Address("assistants:step", "binh", lambda cast: (stored_assistant(cast).pk, "purpose")),
    Address("assistants:step", "binh", lambda cast: (stored_assistant(cast).pk, "knowledge")),
    Address("assistants:step", "binh", lambda cast: (stored_assistant(cast).pk, "voice")),
    Address("assistants:step", "binh", lambda cast: (stored_assistant(cast).pk, "handover")),
    Address("assistants:step", "binh", lambda cast: (stored_assistant(cast).pk, "check")),
    Address("assistants:step", "binh", lambda cast: (stored_assistant(cast).pk, "publish")),
    Address("assistants:step", "binh", lambda cast: (stored_question(cast).assistant_id, "questions")),
    Address("assistants:run", "binh", lambda cast: (stored_assistant(cast).pk, stored_run(cast).pk)),
    Address("assistants:versions", "binh", lambda cast: (stored_assistant(cast).pk,)),
    Address("assistants:after", "binh", lambda cast: (stored_message(cast).visit.assistant_id,)),
    Address("assistants-open:page", None, lambda cast: (stored_assistant(cast).slug,)),
    Address("assistants-open:frame", None, lambda cast: (stored_assistant(cast).slug,)),
    Address(
        "assistants-open:conversation",
        None,
        lambda cast: (stored_assistant(cast).slug, stored_message(cast).visit_id),
    ),
    Address("stewardship:use-cases", "dung"),
    Address("stewardship:use-case", "dung", lambda cast: (stored_use_case(cast).pk,)),
    Address("stewardship:report"),
    Address("stewardship:policy", "dung"),
    Address("stewardship:what-if"),
    Address("stewardship:classes"),
    Address("stewardship:ledger"),
    Address("stewardship:refused"),
    Address("stewardship:models"),
    Address("knowledge:ask", "an"),
    Address("knowledge:history", "an"),
    Address("knowledge:library", "an"),
    Address("knowledge:search", "an"),
]
each_page = pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name)
# not pages: they answer a form, send on, ask for the password once more, or are the empty frame that a tool is put into
NOT_PAGES = {
    "account_logout",
    "account_email",
    "account_inactive",
    "account_reauthenticate",
    "account_set_password",
    "prototypes-open:frame",
}
DESK, PHONE = (1360, 820), (390, 780)
# each theme, each language, each width
LOOKS = [("light", "vi", DESK), ("dark", "en", DESK), ("light", "fr", PHONE)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def violations(page):
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}" for v in found]


@each_page
def test_axe_finds_nothing_and_a_phone_never_scrolls_sideways(page, signed_in, cast, prefer, address):
    found = {}
    for theme, language, (width, height) in LOOKS:
        prefer(theme=theme, language=language)
        page.set_viewport_size({"width": width, "height": height})
        address.open(page, signed_in, cast)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        if broken := violations(page):
            found[theme, language] = broken
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            found[theme, language, width] = f"{needed} wide"
    assert found == {}


def names(patterns, namespace=""):
    """URL names, some of which may need arguments."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def address_alone(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def test_every_page_that_opens_by_its_address_alone_is_looked_at(cast):
    client = Client()
    client.force_login(cast.giang)
    addresses = {name: address_alone(name) for name in names(get_resolver().url_patterns)}
    answers = {name: client.get(address) for name, address in addresses.items() if address}
    pages = {
        name
        for name, answer in answers.items()
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    }
    assert pages - {address.name for address in PAGES} - NOT_PAGES == set()


def test_axe_would_find_something(page, signed_in):
    signed_in()
    page.goto("/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")
    assert any("image-alt" in violation for violation in violations(page))


def focused(page):
    return page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()")


def test_the_keyboard_reaches_the_work_first_and_every_place_after(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the work"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto("/")
    seen = []
    for _ in range(16):
        page.keyboard.press("Tab")
        seen.append(focused(page))
    assert "Guides" in seen and "Nguyễn Thị An" in seen


def test_the_language_is_changed_with_the_keyboard_alone(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/guides/")
    page.locator(".rooms .account").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Tiếng Việt"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hướng dẫn")


def test_escape_closes_a_menu_and_gives_the_focus_back(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/guides/")
    account = page.locator(".rooms .account")
    account.click()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(account).to_be_focused()


def test_on_a_phone_rooms_and_sources_come_when_called(page, signed_in, prefer):
    prefer(language="en")
    page.set_viewport_size({"width": 390, "height": 780})
    signed_in()
    page.goto("/")
    place = page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Guides")
    expect(place).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(place).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(place).to_be_hidden()
    opener = page.get_by_role("button", name="Sources and help")
    opener.click()
    expect(page.get_by_role("complementary")).to_be_in_viewport()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.get_by_role("complementary").get_by_role("button", name="Close").click()
    expect(opener).to_be_focused()


def test_a_dialog_opens_and_closes(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/components/")
    page.get_by_role("button", name="Delete the conversation").click()
    dialog = page.get_by_role("dialog", name="Delete this conversation?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_tabs_are_chosen_with_arrows(page, signed_in, prefer):
    prefer(language="en")
    signed_in()
    page.goto("/components/")
    page.get_by_role("tab", name="Documents").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Who may read it")).to_be_visible()
    expect(page.get_by_role("tabpanel", name="Documents")).to_be_hidden()


def test_everything_needed_comes_from_this_server(page, signed_in, live_server):
    signed_in()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/components/")
    page.wait_for_load_state("networkidle")
    assert asked and [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


def test_no_script_and_no_style_fails(page, signed_in):
    signed_in()
    troubles = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto("/components/")
    page.wait_for_load_state("networkidle")
    assert troubles == []


def test_the_projector_shows_larger_type_and_no_name(page, signed_in, prefer):
    prefer(mode="projector", language="en")
    signed_in()
    page.goto("/guides/")
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 22 and "Nguyễn Thị An" not in page.content()
    page.get_by_role("button", name="Leave projector mode").click()
    expect(page.locator(".rooms")).to_be_visible()


def test_reduced_motion_stops_every_movement(page, signed_in):
    signed_in()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/components/")
    moving = """[...document.querySelectorAll('*')].filter((element) => {
        const style = getComputedStyle(element);
        return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none';
    }).map((element) => element.className)"""
    assert page.evaluate(moving) == []
