"""What an assistant does with what is said to it, before it looks for an answer. Plain Python."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

LONGEST = 2000
# accepted questions that a bench needs before it says anything
LEAST = {"answerable": 8, "outside": 3, "hostile": 2}
# shorter visits of a bench are too few to speak of a share
LOW_RATING = 0.6


class Manner(StrEnum):
    """What a text that came in is."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    NO_WORDS = "no words"
    OTHER_SCRIPT = "other script"
    GREETING = "greeting"
    THANKS = "thanks"
    INSULT = "insult"
    PERSON = "person"
    QUESTION = "question"


def plain(text: str) -> str:
    """Small letters without diacritics."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_WORD = re.compile(r"[^\W\d_]+")
_GREETINGS = frozenset(
    "xin chao chao ban chao em chao anh chao chi alo hello hi hey good morning afternoon bonjour salut bonsoir ad oi a "
    "ban em anh chi co chu bac there".split()
)
_GREETS = frozenset("chao alo hello hi hey morning afternoon bonjour salut bonsoir".split())
_THANKS = re.compile(r"^(?:da |vang |ok |oke )?(?:xin )?(?:cam on|thank you|thanks|thank|merci)\b")
_INSULTS = re.compile(
    r"(?<!\w)(?:do ngu|ngu nhu \w+|ngu the|ngu qua|ngu vai|ngu vl|thang ngu|con cho|do cho|cho chet|mat day|vo hoc"
    r"|dit me|dit|deo|dm|dmm|vcl|clgt|cmm|oc cho|khon nan|me kiep|cut di|cam mom|vo dung|do dien|stupid|idiot|moron"
    r"|dumb|useless|bastard|fuck\w*|shit\w*|asshole|shut up|bitch|imbecile|idiote|abruti|connard|salaud|merde|ta gueule"
    r"|nul)(?!\w)"
)
# words that leave no question where an insult stands
_FILL = frozenset(
    "may tao ban no cai thang con do la qua the vay a oi nay kia bot tro ly may moc thiet that rat cac nguoi lu bon em "
    "anh chi you are a an the so is this bot assistant machine your tu es vous etes un une cet ce quel it what and"
    " et de le la me".split()
)
_PERSON = re.compile(
    r"(?:gap|noi chuyen voi|lien he voi|ket noi voi|chuyen (?:cho|toi) ?(?:gap)?|cho (?:toi|minh|em) gap|hoi) "
    r"(?:truc tiep )?(?:mot )?(?:can bo|nguoi that|nhan vien|con nguoi|tong dai vien|chuyen vien)"
    r"|(?:speak|talk|chat) (?:to|with) (?:a |an )?(?:real |human )?(?:person|human|officer|agent|official|someone)"
    r"|(?:parler|discuter) (?:a|avec) (?:un |une )?(?:vraie? )?(?:agent|personne|humain|conseiller|fonctionnaire)"
)


def manner_of(text: str) -> Manner:
    if not text.strip():
        return Manner.EMPTY
    if len(text) > LONGEST:
        return Manner.TOO_LONG
    said = plain(text)
    words = _WORD.findall(said)
    if not words:
        return Manner.NO_WORDS
    if sum(word.isascii() for word in words) < len(words) / 2:
        return Manner.OTHER_SCRIPT
    if _PERSON.search(" ".join(words)):
        return Manner.PERSON
    if len(words) <= 6 and set(words) <= _GREETINGS and set(words) & _GREETS:
        return Manner.GREETING
    if len(words) <= 8 and _THANKS.search(" ".join(words)):
        return Manner.THANKS
    if _INSULTS.search(" ".join(words)):
        left = [word for word in _WORD.findall(_INSULTS.sub(" ", " ".join(words))) if word not in _FILL]
        return Manner.INSULT if len(left) < 3 else Manner.QUESTION
    return Manner.QUESTION


def topic_in(text: str, topics: Sequence[str]) -> str:
    """The first topic whose words stand in the text, with or without diacritics; "" if none does."""
    said = f" {' '.join(_WORD.findall(plain(text)))} "
    for topic in topics:
        words = " ".join(_WORD.findall(plain(topic)))
        if words and f" {words} " in said:
            return topic
    return ""


def slug_of(name: str) -> str:
    """A short name for addresses."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")[:50].strip("-") or "tro-ly"


_FIGURE = re.compile(
    r"\d[\d.,]*(?:\s*(?:đồng|đ|₫|VND|ngày làm việc|ngày|giờ|tháng|năm|bản|bộ|"
    r"days?|hours?|copies|copy|jours?|heures?))?",
    re.IGNORECASE,
)


def figures_of(text: str) -> str:
    """The figures of an answer with their units, as what must stand in the next one: "8.000 đồng; 5 ngày"."""
    found = (one.strip(" .,") for one in _FIGURE.findall(text))
    return "; ".join(list(dict.fromkeys(one for one in found if one))[:4])
