"""Where a result comes from, told line by line to who takes it along."""

from django.utils.translation import gettext as _

from khue.domains.analysis import stepping
from khue.domains.analysis.models import Step
from khue.domains.analysis.queries import outgoing, tables
from khue.domains.analysis.queries.outgoing import Going
from khue.ui.formats import moment


def lines(step: Step, going: Going) -> list[tuple[str, str]]:
    """(what, how it reads)."""
    found = [
        (_("Worksheet"), step.analysis.title),
        (_("Question"), step.question or str(stepping.kind(step.kind).label)),
        (_("Reading"), step.words if going.is_whole else outgoing.note(going)),
        (_("SQL"), step.sql),
        (_("Worked out"), moment(step.created_at)),
    ]
    for one in tables.of_analysis(step.analysis):
        found.append((_("Data"), f"{one.table.dataset.title} – {one.table.title} ({one.table.dataset.origin})"))
        found.append((_("SHA-256 of the table"), one.table.digest))
    return [(what, said) for what, said in found if said]
