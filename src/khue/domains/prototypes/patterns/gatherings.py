"""What people do together: queues, slips, meetings, turns, votes, surveys, figures of a table."""

from khue.domains.prototypes.patterns.markup import head, lines, part
from khue.domains.prototypes.patterns.shape import Built, Parameters


def _page(told: Parameters, element: str, *names: str) -> Built:
    settings = {name: told[name] for name in names if name in told}
    body = lines(head(told["title"], told.get("intro", "")), part(element, settings))
    return Built(body, "", "", told["title"])


def queue(told: Parameters, language: str) -> Built:
    return _page(told, "k-queue", "counters", "prefix", "start")


def slips(told: Parameters, language: str) -> Built:
    return _page(told, "k-slots", "title", "from", "to", "minutes", "places", "place", "bring", "prefix")


def agenda(told: Parameters, language: str) -> Built:
    return _page(told, "k-agenda", "start", "items")


def roster(told: Parameters, language: str) -> Built:
    return _page(told, "k-rota", "title", "people", "shifts", "days", "start", "working")


def poll(told: Parameters, language: str) -> Built:
    return _page(told, "k-poll", "question", "options")


def survey(told: Parameters, language: str) -> Built:
    return _page(told, "k-poll", "questions")


def dashboard(told: Parameters, language: str) -> Built:
    return _page(told, "k-dashboard", "by", "measure", "chart", "sample")
