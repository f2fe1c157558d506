"""Certificates: given in one batch, shown, taken home, and checked by somebody without an account."""

import asyncio
import re
import time

from khue.cli.simulation.player import Player
from khue.cli.simulation.staff import Staff
from khue.gateway.browser import Browser, Page

CHECK = re.compile(r"/c/[\w-]+/")
GOOD = ".verdict.is-good"
PATIENCE_S = 1800.0
# from one address; a stranger who checks thousands in a minute is asked to wait
STRANGERS = 200


async def give(by: Staff) -> None:
    """Until the batch is over; nothing where the programme gives none."""
    address = f"/learn/cohorts/{by.simulation.cohort_id}/certificates/"
    page = await by.browser.get(address, "certificates: who is ready")
    if not page.forms("/give/"):
        return
    began = time.perf_counter()
    page = await by.browser.submit(page, "certificates: give", ending="/give/")
    while page.has("#batch[hx-get]") and time.perf_counter() - began < PATIENCE_S:
        await asyncio.sleep(0.5)
        page = await by.browser.get(f"{address}progress/", "certificates: progress")
    by.figures.times["certificates: the whole batch"].append((time.perf_counter() - began) * 1000)
    by.confirm("batches", page.has("#batch") and not page.has("#batch[hx-get]"), "certificates: give", page)


async def take_home(who: Player) -> None:
    """Agree to show it, fetch the files, and let a stranger check page and file."""
    mine = await who.computer.get("/learn/certificates/", "certificate: mine")
    own = [link for link in mine.links("/learn/certificates/") if link != mine.path]
    for address in own[:1]:
        who.note("certificates")
        page = await who.computer.get(address, "certificate: page")
        shows = {"name": "on", "course": "on", "file": "on"}
        page = await who.computer.submit(page, "certificate: show", more=shows)
        await who.computer.get(f"{address}certificate.pdf", "certificate: PDF")
        file = await who.computer.get(f"{address}certificate.json", "certificate: signed file")
        if who.number < STRANGERS:
            await _check(who, page, file)


async def _check(who: Player, page: Page, file: Page) -> None:
    stranger = Browser(who.computer.lines, who.figures.hear)
    token = CHECK.search(page.text)
    seen = await stranger.get(token[0] if token else "/c/", "check page")
    who.confirm("certificates checked", seen.has(GOOD) and who.seat.name in seen.text, "check page", seen)
    door = await stranger.get("/check/", "check a file: page")
    sent = ("certificate.json", file.text.encode())
    checked = await stranger.send_file(door, "check a file", ending="/check/", field="file", file=sent)
    who.confirm("files checked", checked.has(GOOD), "check a file", checked)
