"""What a participant does, act by act. What comes later (labs, a sprint, certificates) is a further act of ACTS."""

import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from khue.cli.simulation.figures import Figures
from khue.cli.simulation.trainer import Trainer
from khue.gateway.browser import Browser, Page, Values

if TYPE_CHECKING:
    from khue.domains.academy.api import Seat, Simulation

PASSWORD = "bốn chữ không ai đoán {n}"  # noqa: S105 - of people who do not exist
REACH = re.compile(r'data-reach="([^"]+)"')
SECTION = re.compile(r"<h2 id=")
ACTIVITIES = "/learn/activities/"
QUIZ, SURVEY = "main form input[name=number]", "main form.survey"
WORDS = ("Cổng Dịch vụ công quốc gia", "Hoa Lư", "Theo Điều 5, hồ sơ gồm hai loại giấy tờ.", "Chưa rõ, cần hỏi lại.")


@dataclass
class Player:
    """A participant with a computer and a telephone. `chance` is their own: what they choose depends on the seed only,
    whoever else is faster."""

    seat: "Seat"
    number: int
    simulation: "Simulation"
    trainer: Trainer
    figures: Figures
    computer: Browser
    telephone: Browser
    chance: random.Random
    pause: Callable[[random.Random], Awaitable[None]]
    done: dict[str, int] = field(default_factory=dict)

    @property
    def password(self) -> str:
        return PASSWORD.format(n=self.number)

    def note(self, what: str) -> None:
        """Something that the server has confirmed."""
        self.done[what] = self.done.get(what, 0) + 1

    def expect(self, is_so: bool, name: str, page: Page) -> bool:
        if not is_so and page.is_good:
            self.figures.fail(name, f"unexpected page {page.path}")
        return is_so and page.is_good


Act = Callable[[Player], Awaitable[None]]


async def open_account(who: Player) -> None:
    """With the code of the slip, and a password of one's own."""
    door = await who.computer.get("/join/", "open account: page")
    choose = await who.computer.submit(door, "open account: code", more={"code": who.seat.code})
    typed = {"password1": who.password, "password2": who.password}
    home = await who.computer.submit(choose, "open account: password", more=typed)
    if who.expect(home.path == "/", "open account: password", home):
        who.note("accounts")


async def check_in(who: Player) -> None:
    """Two of three scan with their telephone, where they sign in on the way; the others type the code."""
    await (_scan if who.number % 3 else _type_code)(who)


async def _scan(who: Player) -> None:
    door = await who.telephone.get(await who.trainer.address(who.seat.place_id), "check in: scan")
    if door.path.startswith("/accounts/login/"):
        door = await sign_in(who, door)
    there = await who.telephone.submit(door, "check in: I am here")
    if who.expect(there.path.count("/") == 4, "check in: I am here", there):
        who.note("check-ins")


async def _type_code(who: Player) -> None:
    form = await who.computer.get("/learn/here/", "check in: page")
    typed = {"code": await who.trainer.code(who.seat.place_id), "session": str(who.simulation.session_id)}
    there = await who.computer.submit(form, "check in: typed code", more=typed)
    if who.expect(there.path.count("/") == 4, "check in: typed code", there):
        who.note("check-ins")


async def sign_in(who: Player, door: Page) -> Page:
    typed = {"login": who.seat.username, "password": who.password}
    inside = await who.telephone.submit(door, "sign in", ending="/accounts/login/", more=typed)
    if who.expect("/accounts/" not in inside.path, "sign in", inside):
        who.note("sign-ins")
    return inside


async def look_around(who: Player) -> None:
    await who.computer.get("/", "home")
    await who.pause(who.chance)
    await who.computer.get("/learn/days/", "my days")
    await who.pause(who.chance)
    await who.computer.get("/learn/programmes/", "programmes")


async def survey_before(who: Player) -> None:
    await _survey(who)


async def survey_after(who: Player) -> None:
    await _survey(who)


async def _survey(who: Player) -> None:
    """The first that waits for a reply. The programme names surveys beside labs: its own page shows which it is."""
    programme = await who.computer.get(_programme(who), "programme")
    pages = [await _open(who, address) for address in programme.links(ACTIVITIES)]
    survey = next((page for page in pages if page.has(SURVEY)), None)
    if survey is None:
        return
    await who.pause(who.chance)
    form = survey.form()
    given = form.fields | chosen(form.choices, who.chance) | typed(form.fields, who.chance)
    sent = await who.computer.post(form.action, "survey: reply", given)
    if sent.is_good:
        who.note("survey replies")


async def _open(who: Player, address: str) -> Page:
    return await who.computer.get(address, "activity: page")


async def read(who: Player) -> None:
    """Every topic to the end, and the quiz that stands there."""
    programme = await who.computer.get(_programme(who), "programme")
    for address in _topics(programme, _programme(who)):
        await who.pause(who.chance)
        topic = await who.computer.get(address, "topic")
        await _reach(who, topic)
        await who.pause(who.chance)
        after = await who.computer.submit(topic, "topic: read to the end", ending="/finish/")
        if after.is_good:
            who.note("topics")
        for address in topic.links(ACTIVITIES):
            activity = await _open(who, address)
            if activity.has(QUIZ):
                await take_quiz(who, activity)


async def _reach(who: Player, topic: Page) -> None:
    where, sections = REACH.search(topic.text), len(SECTION.findall(topic.text))
    if where and sections > 1:
        reached = str(who.chance.randint(1, min(sections, 12)))
        await who.computer.post_script(where[1], "topic: place kept", {"section": [reached]})


async def take_quiz(who: Player, start: Page) -> None:
    """Each answer is sent as it is given, as the page's script does."""
    attempt = await who.computer.submit(start, "quiz: begin")
    form = attempt.form("/answers/")
    for position in form.fields.get("has", []):
        await who.pause(who.chance)
        mine = {name: values for name, values in form.choices.items() if _is_of(name, position)}
        text = {name: values for name, values in form.fields.items() if _is_of(name, position) and name not in mine}
        given = {"has": [position]} | chosen(mine, who.chance) | typed(text, who.chance)
        saved = await who.computer.post_script(form.action, "quiz: answer", given)
        if saved.is_good:
            who.note("answers")
    review = await who.computer.get(f"{attempt.path}review/", "quiz: look over")
    result = await who.computer.submit(review, "quiz: hand in", ending="/finish/")
    if who.expect(result.path.endswith("/result/"), "quiz: hand in", result):
        who.note("quizzes")


def chosen(choices: Values, chance: random.Random) -> Values:
    return {name: [chance.choice(values)] for name, values in choices.items() if values}


def typed(fields: Values, chance: random.Random) -> Values:
    """Into what is empty."""
    skipped = {"csrfmiddlewaretoken", "has", "serial", "next", "number", "pair-code"}
    empty = [name for name, values in fields.items() if name not in skipped and not any(values)]
    return {name: [chance.choice((*WORDS, str(chance.randint(1, 100))))] for name in empty}


def _is_of(name: str, position: str) -> bool:
    return name == f"a{position}" or name.startswith(f"a{position}-")


def _programme(who: Player) -> str:
    return f"/learn/programmes/{who.simulation.version_id}/"


def _topics(programme: Page, address: str) -> list[str]:
    return [path for path in programme.links(f"{address}topics/") if path.count("/") == address.count("/") + 2]


ACTS: tuple[Act, ...] = (open_account, check_in, look_around, survey_before, read, survey_after)
