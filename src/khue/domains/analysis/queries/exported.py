"""A worksheet as it is taken along."""

from django.utils.translation import gettext as _

from khue.domains.analysis import charts, stepping
from khue.domains.analysis.exporting import ExportedStep, ExportedTable, Worksheet
from khue.domains.analysis.models import Analysis, Step
from khue.domains.analysis.queries import drawings, outgoing, tables
from khue.domains.analysis.queries.outgoing import Going
from khue.gateway.api import DataClass


def exported(analysis: Analysis) -> Worksheet:
    """Confidential data stay: their digest goes along, and where they are to be put. Of their results goes what
    disclosure control lets go; what is not whole has no digest, from which a small table could be guessed."""
    named = tables.of_analysis(analysis)
    return Worksheet(
        title=analysis.title,
        readme=_readme(analysis, named),
        tables=[_table(one) for one in named],
        steps=[_step(step, outgoing.of_step(step)) for step in analysis.steps.all()],
    )


def _table(one: tables.Named) -> ExportedTable:
    table, dataset = one.table, one.table.dataset
    goes = dataset.data_class < DataClass.CONFIDENTIAL
    path = tables.local(table.file, table.digest) if goes else None
    return ExportedTable(one.name, table.title, dataset.origin, table.digest, table.rows, path)


def _step(step: Step, going: Going) -> ExportedStep:
    kind = stepping.kind(step.kind)
    chart = drawings.drawn(step, going.result) if step.chart and going.result else {}
    return ExportedStep(
        position=step.position,
        question=step.question or str(kind.label),
        words=step.words if going.is_whole else outgoing.note(going),
        sql=step.sql,
        run=kind.run,
        parameters=step.parameters,
        digest=step.digest if going.is_whole else "",
        result=going.result.as_json() if going.result else {},
        modules=kind.modules,
        needs=kind.needs,
        chart=chart,
        svg=_svg(chart, step.language),
    )


def _svg(chart: dict[str, object], language: str) -> str:
    try:
        return charts.svg(chart, language=language) if chart else ""
    except charts.CannotDraw:
        return ""


def _readme(analysis: Analysis, named: list[tables.Named]) -> str:
    lines = [analysis.title, ""]
    for one in named:
        dataset = one.table.dataset
        lines.append(f"{one.name}: {dataset.title}. {dataset.origin}".strip())
        if dataset.is_generated:
            lines.append(_("These figures were made by a seeded generator. They are no real ones."))
        if dataset.data_class >= DataClass.CONFIDENTIAL:
            lines.append(
                _("These data are confidential and did not come along. Put the file %(name)s.parquet into data/.")
                % {"name": one.name}
            )
    lines += ["", _("To run all steps again: pip install -r requirements.txt, then python run.py. Khuê is not needed.")]
    return "\n".join(lines) + "\n"
