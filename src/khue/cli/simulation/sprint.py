"""The mini sprint: teams choose a problem and go through its stages, mentors stand at the gates, judges score the demo
day, the chair reveals."""

import asyncio
import time
from collections.abc import Sequence

from khue.cli.simulation.player import Player
from khue.cli.simulation.staff import Staff
from khue.gateway.browser import Page, Values

# no programme has more stages than this
MOST_STEPS = 40
WORDS = "Ở bộ phận một cửa, cứ mười hồ sơ thì ba hồ sơ phải bổ sung; chúng tôi muốn còn một."


async def open_sprint(by: Staff) -> str:
    """Teams, and the sprint that the programme describes; its address, empty where it has none."""
    address = f"/learn/cohorts/{by.simulation.cohort_id}/"
    page = await by.browser.get(address, "coordinator: cohort")
    made = await by.browser.submit(page, "coordinator: teams", ending="/teams/")
    if not made.forms("/sprint/"):
        return ""
    opened = await by.browser.submit(made, "coordinator: opens the sprint", ending="/sprint/")
    by.confirm("sprints", opened.path.startswith("/learn/sprints/"), "coordinator: opens the sprint", opened)
    return opened.path


async def find_team(who: Player) -> None:
    sprints = await who.computer.get("/learn/sprints/", "sprint: mine")
    who.sprint = next((link for link in sprints.links("/learn/sprints/") if link.count("/") == 4), "/learn/sprints/")
    page = await who.computer.get(who.sprint, "sprint: page")
    own = page.tree().css_first("h2#own")
    who.team = own.text(strip=True) if own else ""


async def choose(who: Player) -> None:
    """For the team; where a problem has no place left, there is no button."""
    page = await who.computer.get(f"{who.sprint}problems/", "sprint: problems")
    form = who.chance.choice(page.forms("/choose/"))
    after = await who.computer.post(form.action, "sprint: choose", form.fields)
    who.confirm("problems chosen", after.path == who.sprint, "sprint: choose", after)


async def work(team: Sequence[Player], mentor: Staff, *, is_sent_back: bool) -> None:
    """Stage by stage, as the sprint's page leads; `is_sent_back`: at the first gate, once."""
    captain = team[0]
    for step in range(MOST_STEPS):
        page = await captain.computer.get(captain.sprint, "sprint: page")
        on = page.tree().css_first('p.form-actions a[href*="/stages/"]')
        if on is None:
            return
        stage = await captain.computer.get(on.attributes["href"] or "", "stage: page")
        if step == 0 or not is_sent_back:
            await _fill(team, stage)
        await _hand_in(captain, stage.path)
        await _decide(mentor, stage.path, passes=not (is_sent_back and step == 0))
        is_sent_back = is_sent_back and step == 0


async def _fill(team: Sequence[Player], stage: Page) -> None:
    """Each writes a field, all at once."""
    if forms := stage.forms("/canvas/"):
        names = forms[0].fields.get("field", [])
        writers = [team[place % len(team)] for place in range(len(names))]
        await asyncio.gather(*(_write(who, stage.path, name) for who, name in zip(writers, names, strict=True)))


async def _write(who: Player, address: str, name: str) -> None:
    form = (await who.computer.get(address, "stage: page")).form("/canvas/")
    given: Values = {"field": [name], f"base-{name}": form.fields[f"base-{name}"], f"text-{name}": [WORDS]}
    saved = await who.computer.post_script(form.action, "canvas: field", given)
    who.confirm("canvas fields", '"conflict": false' in saved.text, "canvas: field", saved)


async def _hand_in(captain: Player, address: str) -> None:
    page = await captain.computer.get(address, "stage: page")
    if page.forms("/artefacts/"):
        made = {"link": f"https://mo-phong.example{address}", "name": "Bản thử"}
        page = await captain.computer.submit(page, "stage: artefact", ending="/artefacts/", more=made)
    after = await captain.computer.submit(page, "stage: hand in", ending="/hand-in/")
    captain.confirm("stages", not after.forms("/hand-in/"), "stage: hand in", after)


async def _decide(mentor: Staff, address: str, *, passes: bool) -> None:
    """At a stage without a gate there is nothing to decide."""
    page = await mentor.browser.get(address, "gate: page")
    for form in page.forms("/gate/")[:1]:
        met = form.choices["met"] if passes else []
        words = {"note": ["" if passes else "Thiếu con số, đề nghị bổ sung."], "word": ["pass" if passes else "return"]}
        after = await mentor.browser.post(form.action, "gate: word", form.fields | {"met": met} | words)
        mentor.confirm("gates", after.path.startswith("/learn/sprints/"), "gate: word", after)


# The demo day ------------------------------------------------------------------------------------


async def demo_day(chair: Staff, judges: Sequence[Staff], sprint: str) -> None:
    await _arrange(chair, judges, f"{sprint}demo/")
    page = await chair.browser.get(f"{sprint}demo/", "demo day: page")
    entries = [name.removeprefix("place-") for name in _order(page)]
    desks = [await judge.browser.get(f"{sprint}judging/", "judge: sheets") for judge in judges]
    for entry in entries:
        await _deed(chair, page, "present", entry=entry)
        await asyncio.gather(*(_score(judge, desk, entry) for judge, desk in zip(judges, desks, strict=True)))
    for judge, desk in zip(judges, desks, strict=True):
        await _compare(judge, desk)
    await _deed(chair, page, "close")
    await chair.browser.get(f"{sprint}result/", "demo day: the chair looks")
    shown = await _deed(chair, page, "reveal")
    chair.confirm("results revealed", shown.path.endswith("/result/"), "demo day: reveal", shown)


async def _arrange(chair: Staff, judges: Sequence[Staff], address: str) -> None:
    page = await chair.browser.get(address, "demo day: page")
    places = next((form.choices["place"] for form in page.forms() if "place" in form.choices), [""])
    for number, judge in enumerate(judges):
        await _deed(chair, page, "judge", person=judge.username, place=places[number % len(places)])
    await _deed(chair, page, "chair", person=chair.username)
    await _deed(chair, page, "order", **{name: str(place) for place, name in enumerate(_order(page), 1)})
    await _deed(chair, page, "open")


def _order(page: Page) -> list[str]:
    """`place-…` of each team, as the page lists them."""
    boxes = page.tree().css("input[name^=place-]")
    return [box.attributes["name"] or "" for box in boxes]


async def _deed(chair: Staff, page: Page, deed: str, **typed: str) -> Page:
    token = page.form().fields["csrfmiddlewaretoken"]
    given = {"csrfmiddlewaretoken": token, "do": [deed]} | {name: [value] for name, value in typed.items()}
    return await chair.browser.post(page.path, f"demo day: {deed}", given)


async def _score(judge: Staff, desk: Page, entry: str) -> None:
    """A whole sheet, on the telephone."""
    for form in desk.forms("/sheets/"):
        if form.fields.get("entry") != [entry]:
            continue
        points = {name: values[-1:] if _likes(judge, name) else values[:1] for name, values in form.choices.items()}
        given = {"entry": [entry], "note": ["Rõ."], "serial": [_serial()]} | points
        kept = await judge.browser.post_script(form.action, "judge: sheet", given)
        judge.confirm("sheets", '"kept": true' in kept.text, "judge: sheet", kept)


def _likes(judge: Staff, criterion: str) -> bool:
    """Judges differ in what they hold to be good."""
    return not judge.happens(3, judge.username, criterion)


async def _compare(judge: Staff, desk: Page) -> None:
    for form in desk.forms("/sheets/"):
        if "first" in form.fields:
            pair = {name: form.fields[name] for name in ("first", "second")}
            given = pair | {"better": form.choices["better"][:1], "serial": [_serial()]}
            kept = await judge.browser.post_script(form.action, "judge: two and two", given)
            judge.confirm("comparisons", '"kept": true' in kept.text, "judge: two and two", kept)


def _serial() -> str:
    return str(int(time.time() * 1000))


async def see_result(who: Player) -> None:
    page = await who.computer.get(f"{who.sprint}result/", "sprint: result")
    who.confirm("results seen", page.has(".result-lines"), "sprint: result", page)
