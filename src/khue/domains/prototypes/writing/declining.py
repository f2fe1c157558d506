"""What is not made: tools against people. Read from the description by rules, so that no model can be talked round."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Harm(StrEnum):
    SURVEILLANCE = "surveillance"
    CREDENTIALS = "credentials"
    DECEPTION = "deception"
    ATTACK = "attack"
    SCORING = "scoring"


@dataclass(frozen=True)
class Wish:
    """`harm`: why nothing is made; `calls_home`: it asks for a way out of the frame, which no tool has."""

    harm: Harm | None
    words: str
    calls_home: bool


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"\s+", " ", "".join(letter for letter in letters if not unicodedata.combining(letter)))


PATTERNS: dict[Harm, str] = {
    Harm.SURVEILLANCE: (
        r"keylog\w*|ghi lai (?:moi )?(?:phim|thao tac ban phim)|enregistr\w+ (?:les )?(?:frappes|touches)"
        r"|(?:theo doi|giam sat|doc trom|nghe len|ghi am|xem len|quay len|dinh vi)[^.]{0,60}(?:bi mat|len|tin nhan|dien thoai|vi tri|"
        r"mang xa hoi|khong (?:de|cho) \w+ (?:biet|hay)|ma (?:ho|nguoi \w+) khong biet|nguoi dan|vo|chong|nhan vien|dong nghiep)"
        r"|(?:bi mat|len lut|am tham) (?:theo doi|ghi|giam sat|chup|thu thap)"
        r"|(?:spy|snoop|stalk)\w*|(?:secretly|covertly|without (?:their|his|her) (?:knowledge|consent))"
        r"|(?:track|monitor|watch)\w* [^.]{0,40}(?:employees?|staff|citizens?|wife|husband|colleagues?|location|phones?|messages?|screens?)"
        r"|(?:surveill|espionn|pister)\w* [^.]{0,40}(?:agents?|employes?|citoyens?|collegues?|telephones?|messages?|deplacements?|insu)"
        r"|a (?:leur|son) insu|nhan dien khuon mat|facial recognition|face recognition|reconnaissance faciale"
        r"|screenshots? [^.]{0,30}(?:employees?|staff|workers?)|chup (?:man hinh|trom)[^.]{0,30}(?:nhan vien|can bo|nguoi)"
    ),
    Harm.CREDENTIALS: (
        r"(?:lay|thu thap|danh cap|an cap|xin|luu|gui)[^.]{0,30}(?:mat khau|ma otp|\botp\b|so the|ma pin)"
        r"|(?:steal|harvest|collect|capture|phish|grab|save)\w* [^.]{0,30}(?:passwords?|otp|pin codes?|credentials|card numbers?|logins?)"
        r"|(?:vol|collect|recuper|captur|enregistr)\w* [^.]{0,30}(?:mots? de passe|identifiants de connexion|codes? pin|cartes? bancaires?)"
        r"|phishing|hameconnage|lua dao|phising"
    ),
    Harm.DECEPTION: (
        r"(?:gia mao|gia lam|mao danh|gia danh|lam gia)|(?:giay to|con dau|chu ky|chung chi|bang cap|hoa don|quyet dinh) gia\b"
        r"|(?:fake|forge|counterfeit|impersonat)\w* [^.]{0,40}(?:site|page|portal|stamp|seal|signature|certificate|document|id|police|bank|official|login)"
        r"|(?:faux|fausse|contrefai|falsifi|usurp)\w* [^.]{0,40}(?:site|page|portail|cachet|signature|certificat|document|identite|police|banque)"
    ),
    Harm.ATTACK: (
        r"\bddos\b|tan cong (?:mang|may chu|website|trang web)|ma doc|virus may tinh|hack\w*|xam nhap (?:he thong|tai khoan)"
        r"|malware|ransomware|exploit|brute.?force|botnet|pirat(?:er|age)|logiciel malveillant|spam hang loat|gui thu rac"
    ),
    Harm.SCORING: (
        r"(?:cham diem|xep hang|danh gia|phan loai) [^.]{0,20}(?:cong dan|nguoi dan|dan cu|ho dan) [^.]{0,40}(?:long trung thanh|chinh tri|ton giao|dan toc|tin nhiem|thai do|y thuc)"
        r"|social (?:credit|scor\w+)|score sociale?|credit social|notation (?:sociale|des citoyens)"
        r"|(?:rank|score|rate|blacklist|list|profile)\w* [^.]{0,30}(?:citizens?|people|residents?) [^.]{0,30}(?:loyal\w*|politic\w*|religio\w*|ethnic\w*|belief\w*|opinion\w*)"
        r"|danh sach den|(?:fich|class|not)\w+ [^.]{0,30}(?:citoyens?|habitants?|personnes) [^.]{0,30}(?:opinion|religion|politique|ethni|origine)"
    ),
}
_HARMS = {harm: re.compile(rf"(?<!\w)(?:{pattern})") for harm, pattern in PATTERNS.items()}
_DEFENCE = re.compile(
    r"(?:phong|chong|canh bao|nhan biet|tap huan|bao cao|to giac|prevent|report|recogni[sz]e|awareness|training|avoid|"
    r"prevenir|signaler|reconnaitre|sensibilis|formation)\w*"
)
_HOME = re.compile(
    r"https?://|www\.|(?<!\w)(?:api|webhook|telegram|zalo|facebook|google (?:sheets?|drive|analytics)|firebase|fetch\(|xmlhttprequest|"
    r"sendbeacon|smtp|may chu ngoai|gui ve may chu|call home|phone home|send (?:it|the data|everything) to|"
    r"envoy\w+ (?:les donnees|tout) (?:a|vers))(?!\w)|(?<!\w)[\w.-]+@[\w-]+\.\w+"
)


def look(text: str) -> Wish:
    """Somebody who warns of a fraud is not the one who commits it: then only the plainest cases count."""
    said = plain(text)
    for harm, pattern in _HARMS.items():
        for found in pattern.finditer(said):
            before = said[max(0, found.start() - 50) : found.start()]
            if not _DEFENCE.search(before):
                return Wish(harm, found.group(), bool(_HOME.search(said)))
    return Wish(None, "", bool(_HOME.search(said)))
