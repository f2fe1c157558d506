"""What an assistant says of itself, in the language of the question."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import gettext as _

from khue.domains.assistants.definition.shape import LANGUAGES, Contact


@contextmanager
def spoken(language: str) -> Iterator[None]:
    with translation.override(language if language in LANGUAGES else "en"):
        yield


def language_names() -> dict[str, str]:
    return {"vi": _("Vietnamese"), "en": _("English"), "fr": _("French")}


def abstention(contact: Contact) -> str:
    said = _("I found no answer to this in the sources that I may use, so I do not guess.")
    return f"{said} {reach(contact)}".strip()


def reach(contact: Contact) -> str:
    if not contact.is_reachable:
        return ""
    ways = ", ".join(filter(None, (contact.phone, contact.email, contact.address)))
    return _("Please ask %(name)s: %(ways)s.") % {"name": contact.name, "ways": ways}


def asked_back() -> str:
    return _("Several procedures fit your question. Which one do you mean?")


def for_a_person(contact: Contact) -> str:
    said = _("This is something for a person to answer.")
    return f"{said} {reach(contact)}".strip()


def no_words() -> str:
    return _("I could not read a question in that. Please write it in words, for example what you want to apply for.")


def thanks() -> str:
    return _("You are welcome. Ask on whenever you like.")


def insulted() -> str:
    return _("I am sorry that this is tiresome. Tell me in a few words what you need, and I will look for it.")


def other_language(languages: Sequence[str]) -> str:
    names = language_names()
    return _("This assistant answers in: %(languages)s.") % {
        "languages": ", ".join(names[language] for language in languages)
    }


def greeting(opening: str) -> str:
    return opening or _("Hello. What would you like to know?")


def interrupted() -> str:
    return _("The answer broke off. Your question is kept; please ask it again in a moment.")


# Added to the instruction for the model: fixed words, so that they stay in its cache and nobody can smuggle in others.
MANNERS = {
    "official": {
        "vi": "Viết trang trọng, lịch sự.",
        "en": "Write formally and politely.",
        "fr": "Écris avec courtoisie.",
    },
    "plain": {"vi": "Dùng từ dễ hiểu.", "en": "Use plain words.", "fr": "Emploie des mots simples."},
    "warm": {"vi": "Viết thân thiện, xưng “tôi”, gọi “bạn”.", "en": "Be friendly.", "fr": "Sois chaleureux."},
}


# What the model is asked once the card stands: about the fields that the question is after, in the words of records.
FIELDS = {
    "fee": {
        "vi": "Phí, lệ phí là bao nhiêu?",
        "en": "How much is the fee?",
        "fr": "Quel est le montant des frais ?",
    },
    "time": {
        "vi": "Thời hạn giải quyết là bao lâu?",
        "en": "What is the time limit, how many days?",
        "fr": "Quel est le délai, combien de jours ?",
    },
    "papers": {
        "vi": "Thành phần hồ sơ gồm giấy tờ gì?",
        "en": "Which papers must be handed in?",
        "fr": "Quelles pièces faut-il fournir ?",
    },
    "place": {
        "vi": "Nộp hồ sơ ở cơ quan nào?",
        "en": "At which office are the papers handed in?",
        "fr": "Auprès de quel service ?",
    },
}


def of_fields(asked: Sequence[str], language: str) -> str:
    """Empty where the question is after none of these."""
    return " ".join(FIELDS[kind].get(language, FIELDS[kind]["vi"]) for kind in asked if kind in FIELDS)
