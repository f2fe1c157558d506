"""Labs: with the tool itself, handed in, looked at by fellow participants, graded, done once more."""

import re

from khue.cli.simulation.answers import LEARNED
from khue.cli.simulation.player import Player
from khue.cli.simulation.staff import Staff
from khue.cli.simulation.tools import TOOLS
from khue.gateway.browser import Form, Page, Values

WORK = re.compile(r"bài \d+, lần \d+")
GRADE_FORM = "form.grade-form"
# of two graders the second is of another opinion now and then; of works that many have to be done once more
DISSENT, ONCE_MORE = 5, 6


async def labs(who: Player) -> None:
    for address in who.labs:
        await _do(who, await who.computer.get(address, "lab: page"), time=1)


async def labs_again(who: Player) -> None:
    """Those that were not passed."""
    for address in who.labs:
        page = await who.computer.get(address, "lab: page")
        if page.has("button[value=again]"):
            begun = await who.computer.submit(page, "lab: once more", ending=address, more={"act": "again"})
            await _do(who, begun, time=2)


async def _do(who: Player, page: Page, *, time: int) -> None:
    address = page.path.partition("#")[0]
    if page.forms("/tool/"):
        tool = await who.computer.submit(page, "lab: open the tool", ending="/tool/")
        if make := TOOLS.get(tool.path):
            await make(who, tool)
        page = await who.computer.get(address, "lab: page")
    form = page.form(address)
    if not _evidence(form, who):
        who.note("labs left: their tool is not played")
        return
    given = form.fields | _evidence(form, who) | {"note": [_words(who, time)], "act": ["hand-in"]}
    after = await who.computer.post(form.action, "lab: hand in", given)
    who.confirm("labs", after.has(".lab-standing"), "lab: hand in", after)
    who.reviewed += [link for link in after.links(f"{address}reviews/") if link not in who.reviewed]


def _evidence(form: Form, who: Player) -> Values:
    """What was made last; of a lab whose tool is not here, an address; nothing where this play has made nothing."""
    if things := form.choices.get("thing"):
        return {"thing": things[:1]}
    return {"link": [f"https://mo-phong.example/bai/{who.number}"]} if "link" in form.fields else {}


def _words(who: Player, time: int) -> str:
    return f"Theo tài liệu của khóa học (bài {who.number}, lần {time}): căn cứ đã dẫn ở cuộc hỏi đáp kèm theo."


async def reviews(who: Player) -> None:
    """Their share of the work of others."""
    for address in who.reviewed:
        page = await who.computer.get(address, "review: page")
        for _number in range(_share(page)):
            work = await who.computer.submit(page, "review: take", ending=address)
            if not work.has(GRADE_FORM):
                break
            given = _levels(work, highest=True) | {"words": ["Rõ, có căn cứ; nên nêu thêm nơi nộp."]}
            page = await who.computer.post(work.path, "review: send", given)
            who.confirm("reviews", page.path == address, "review: send", page)


def _share(page: Page) -> int:
    bar = page.tree().css_first("progress")
    return int(bar.attributes.get("max") or 0) if bar else 0


# Graders -----------------------------------------------------------------------------------------


async def grade(by: Staff, *, is_second: bool = False) -> None:
    """Everything that waits for this grader. Whoever was of another opinion is convinced afterwards."""
    doubted = []
    where = f"/learn/grading/next/?cohort={by.simulation.cohort_id}"
    page = await by.browser.get(where, "grading: next")
    while page.has(GRADE_FORM):
        work = _work(page)
        is_doubted = is_second and by.happens(DISSENT, "dissent", work)
        doubted += [page.path] if is_doubted else []
        page = await _give(by, page, "grades", highest=not (is_doubted or _is_weak(by, work)))
    for address in doubted:
        page = await by.browser.get(address, "grading: they differ")
        await _give(by, page, "grades changed", highest=not _is_weak(by, _work(page)))


async def _give(by: Staff, page: Page, what: str, *, highest: bool) -> Page:
    words = "Đạt yêu cầu." if highest else "Chưa đủ căn cứ, đề nghị làm lại."
    after = await by.browser.post(page.path, "grading: finish", _levels(page, highest=highest) | {"words": [words]})
    by.confirm(what, after.path != page.path or not after.has(".alert.failed"), "grading: finish", after)
    return after


def _levels(page: Page, *, highest: bool) -> Values:
    """The grader's form with the same end of each criterion."""
    form = next(form for form in page.forms() if "revision" in form.fields)
    levels = {name: values[-1 if highest else 0 :][:1] for name, values in form.choices.items() if name != "again"}
    return form.fields | levels | {"act": ["done"]}


def _work(page: Page) -> str:
    found = WORK.search(page.text)
    return found[0] if found else page.path


def _is_weak(by: Staff, work: str) -> bool:
    return work.endswith("lần 1") and by.happens(ONCE_MORE, "weak", work)


async def mark(by: Staff) -> None:
    """Essays of the quizzes of this programme."""
    quizzes = await by.browser.get("/learn/quizzes/", "marking: quizzes")
    for quiz in quizzes.links("/learn/quizzes/"):
        if quiz.count("/") != quizzes.path.count("/") + 1 or quiz.endswith("/import/"):
            continue
        detail = await by.browser.get(quiz, "marking: quiz")
        for sitting in detail.links("/learn/quizzes/sittings/"):
            await _mark(by, f"/learn/quizzes/sittings/{sitting.split('/')[4]}/marking/")


async def _mark(by: Staff, address: str) -> None:
    page = await by.browser.get(address, "marking: essay")
    while answer := _answer(page):
        points = _most_points(page) if LEARNED in page.tree().text() else "0"
        page = await by.browser.submit(page, "marking: essay", more={"points": points, "note": "Đã đọc."})
        by.confirm("essays", _answer(page) != answer, "marking: essay", page)
        if _answer(page) == answer:
            return


def _answer(page: Page) -> str:
    box = page.tree().css_first("input[name=answer]")
    return (box.attributes.get("value") or "") if box else ""


def _most_points(page: Page) -> str:
    """As the page says beside the box: from 0 to so many."""
    hint = page.tree().css_first(".field .hint")
    points: list[str] = re.findall(r"\d+(?:,\d+)?", hint.text() if hint else "") or ["0"]
    return points[-1].replace(",", ".")
