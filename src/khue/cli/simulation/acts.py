"""What a participant does alone: comes, reads, is examined, says what they think."""

import random
import re
from uuid import UUID

from khue.cli.simulation.player import Player
from khue.gateway.browser import Page, Values

REACH = re.compile(r'data-reach="([^"]+)"')
ACTIVITIES = "/learn/activities/"
QUIZ, SURVEY, LAB = "main form input[name=number]", "main form.survey", "main textarea[name=note]"
WORDS = ("Cổng Dịch vụ công quốc gia", "Hoa Lư", "Theo Điều 5, hồ sơ gồm hai loại giấy tờ.", "Chưa rõ, cần hỏi lại.")


async def open_account(who: Player) -> None:
    """With the code of the slip, and a password of one's own."""
    door = await who.computer.get("/join/", "open account: page")
    choose = await who.computer.submit(door, "open account: code", more={"code": who.seat.code})
    typed = {"password1": who.password, "password2": who.password}
    home = await who.computer.submit(choose, "open account: password", more=typed)
    who.confirm("accounts", home.path == "/", "open account: password", home)


async def check_in(who: Player) -> None:
    """Two of three scan with their telephone, where they sign in on the way; the others type the code."""
    for session in who.sessions:
        await (_scan if who.number % 3 else _type_code)(who, session)


async def _scan(who: Player, session: UUID) -> None:
    door = await who.telephone.get(await who.trainer.address(session, who.seat.place_id), "check in: scan")
    if door.path.startswith("/accounts/login/"):
        door = await sign_in(who, door)
    there = await who.telephone.submit(door, "check in: I am here")
    who.confirm("check-ins", there.path.count("/") == 4, "check in: I am here", there)


async def _type_code(who: Player, session: UUID) -> None:
    form = await who.computer.get("/learn/here/", "check in: page")
    typed = {"code": await who.trainer.code(session, who.seat.place_id), "session": str(session)}
    there = await who.computer.submit(form, "check in: typed code", more=typed)
    who.confirm("check-ins", there.path.count("/") == 4, "check in: typed code", there)


async def sign_in(who: Player, door: Page) -> Page:
    typed = {"login": who.seat.username, "password": who.password}
    inside = await who.telephone.submit(door, "sign in", ending="/accounts/login/", more=typed)
    who.confirm("sign-ins", "/accounts/" not in inside.path, "sign in", inside)
    return inside


async def look_around(who: Player) -> None:
    """And what the programme asks of them, beside reading."""
    await who.computer.get("/", "home")
    await who.pause(who.chance)
    await who.computer.get("/learn/days/", "my days")
    await who.pause(who.chance)
    await who.computer.get("/learn/programmes/", "programmes")
    programme = await who.computer.get(who.programme, "programme")
    for address in programme.links(ACTIVITIES):
        page = await who.computer.get(address, "activity: page")
        if page.has(SURVEY):
            who.surveys.append(address)
        elif page.has(LAB):
            who.labs.append(address)


async def survey_before(who: Player) -> None:
    for address in who.surveys[:1]:
        await _survey(who, address)


async def surveys_after(who: Player) -> None:
    for address in who.surveys[1:]:
        await _survey(who, address)


async def _survey(who: Player, address: str) -> None:
    page = await who.computer.get(address, "survey: page")
    await who.pause(who.chance)
    form = page.form()
    given = form.fields | chosen(form.choices, who.chance) | typed(form.fields, who.chance)
    sent = await who.computer.post(form.action, "survey: reply", given)
    who.confirm("survey replies", True, "survey: reply", sent)


async def read(who: Player) -> None:
    """Every topic to the end, and the quiz that stands there."""
    programme = await who.computer.get(who.programme, "programme")
    for address in _topics(programme, who.programme):
        await who.pause(who.chance)
        topic = await who.computer.get(address, "topic")
        await _reach(who, topic)
        await who.pause(who.chance)
        after = await who.computer.submit(topic, "topic: read to the end", ending="/finish/")
        who.confirm("topics", True, "topic: read to the end", after)
        for activity in topic.links(ACTIVITIES):
            start = await who.computer.get(activity, "activity: page")
            if start.has(QUIZ):
                await take_quiz(who, start)


async def _reach(who: Player, topic: Page) -> None:
    sections = [node.text(strip=True) for node in topic.tree().css("h2[id]")]
    who.headings += sections
    if (where := REACH.search(topic.text)) and len(sections) > 1:
        reached = str(who.chance.randint(1, min(len(sections), 12)))
        await who.computer.post_script(where[1], "topic: place kept", {"section": [reached]})


async def take_quiz(who: Player, start: Page) -> None:
    """Each answer is sent as it is given, as the page's script does. Who has read knows."""
    attempt = await who.computer.submit(start, "quiz: begin")
    form = attempt.form("/answers/")
    for question in who.known.questions(attempt):
        await who.pause(who.chance)
        given = question.answer(is_right=who.is_studious)
        if question.known is None:
            who.figures.fail("quiz: answer", f"a question that the programme does not have: {start.path}")
        saved = await who.computer.post_script(form.action, "quiz: answer", {"has": [question.position]} | given)
        who.confirm("answers", True, "quiz: answer", saved)
    review = await who.computer.get(f"{attempt.path}review/", "quiz: look over")
    result = await who.computer.submit(review, "quiz: hand in", ending="/finish/")
    who.confirm("quizzes", result.path.endswith("/result/"), "quiz: hand in", result)


def chosen(choices: Values, chance: random.Random) -> Values:
    return {name: [chance.choice(values)] for name, values in choices.items() if values}


def typed(fields: Values, chance: random.Random) -> Values:
    """Into what is empty."""
    skipped = {"csrfmiddlewaretoken", "has", "serial", "next", "number", "pair-code"}
    empty = [name for name, values in fields.items() if name not in skipped and not any(values)]
    return {name: [chance.choice((*WORDS, str(chance.randint(1, 100))))] for name in empty}


def _topics(programme: Page, address: str) -> list[str]:
    return [path for path in programme.links(f"{address}topics/") if path.count("/") == address.count("/") + 2]
