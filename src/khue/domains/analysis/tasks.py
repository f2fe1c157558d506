"""Jobs of data."""

import contextlib
from uuid import UUID

from khue.domains.analysis.actions import asking, databases, datasets, drafts, forecasts, questions
from khue.domains.analysis.models import Dataset, DatasetState, Example
from khue.kernel import jobs


@jobs.task(name=datasets.LOAD)
def load(dataset: str) -> None:
    found = Dataset.objects.filter(pk=UUID(dataset), state=DatasetState.WAITING).first()
    if found:
        with contextlib.suppress(datasets.Unusable):  # the dataset says why
            datasets.load(found)


@jobs.task(name=databases.COPY, retries=1)
def copy(dataset: str) -> None:
    found = Dataset.objects.filter(pk=UUID(dataset)).exclude(source={}).first()
    if found:
        with contextlib.suppress(datasets.Unusable):  # the dataset says why
            databases.copy(found)


@jobs.task(name=forecasts.RUN, retries=1)
def forecast(run: str) -> None:
    forecasts.work(UUID(run))


@jobs.task(name=drafts.DRAFT, retries=1)
def brief(brief: str, person: str) -> None:
    drafts.waiting(UUID(brief), UUID(person))


@jobs.task(name=asking.EMBED)
def embed(example: str) -> None:
    found = Example.objects.filter(pk=UUID(example)).select_related("dataset").first()
    if found:
        asking.embed(found)


@jobs.task(name=questions.ANSWER, retries=1)
def answer(question: str) -> None:
    questions.work(UUID(question))


@jobs.regularly("analysis.silent", cron="*/2 * * * *")
def silent() -> None:
    questions.give_up_silent()
