"""Words that turn a statement round: a negation, a limit, a direction. What a sentence turns, its source must turn."""

import re
from functools import lru_cache

# concept → how it is said in Vietnamese, English and French
TURNS = {
    "not": "không chưa chẳng chả đừng chớ|not no never neither nor cannot without n't"
    "|pas non jamais aucun aucune sans ni",
    "except": "trừ ngoại_trừ|except unless excluding|sauf hormis excepté",
    "forbidden": "cấm nghiêm_cấm|forbidden prohibited banned|interdit interdite interdits interdites",
    "free": "miễn miễn_phí|free exempt exempted waived|gratuit gratuite gratuits gratuitement exempté exonéré",
    "at least": "tối_thiểu ít_nhất từ_đủ|at_least minimum no_less_than|au_moins minimum",
    "at most": "tối_đa nhiều_nhất không_quá|at_most maximum up_to no_more_than|au_plus maximum",
    "before": "trước|before prior|avant",
    "after": "sau|after following|après",
    "up": "tăng|increase increased increases increasing rise rises rose grew|augmente augmenté hausse",
    "down": "giảm|decrease decreased decreases decreasing fell fall falls declined|baisse diminue diminué diminution",
    "more": "nhiều_hơn cao_hơn lớn_hơn trên|more higher greater larger|supérieur supérieure",
    "less": "ít_hơn thấp_hơn nhỏ_hơn|less lower fewer smaller|inférieur inférieure moins",
    "because": "vì bởi_vì do_đó|because since due_to owing_to|parce_que en_raison",
    "besides": "thêm|additional additionally another other others besides|autre autres supplémentaire supplémentaires",
    "about": "khoảng gần xấp_xỉ hơn|about around approximately nearly almost over roughly|environ près_de presque",
    "perhaps": "có_lẽ có_thể đề_xuất cho_rằng được_cho_là một_số dự_kiến dự_định"
    "|may might could possibly perhaps probably proposed suggested claimed alleged believed reportedly some planned"
    "|pourrait pourraient peut-être probablement proposé prétend certains certaines prévu",
    "only": "chỉ|only merely|seulement uniquement",
    "optional": "tùy_chọn không_bắt_buộc tình_nguyện tự_nguyện"
    "|optional voluntary|facultatif facultative volontaire bénévole",
}
# a turn of the claim must stand in the source; these must also be in the claim where the source has them
BOTH_WAYS = {"not", "except", "forbidden", "free", "before", "after", "besides", "only", "because", "perhaps", "about"}
LIMITS = ("at least", "at most")
_NOT_A_NEGATION = re.compile(
    r"không gian|không khí|hàng không|không chỉ|không những|không quân|không lưu|không quá"
    r"|ne serait-ce|not only|pas seulement|no later than|no more than|no less than|pas de calais"
    r"|hay không|có không|được không",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {concept: _pattern(said) for concept, said in TURNS.items()}


def _pattern(said: str) -> re.Pattern[str]:
    phrases = [phrase.replace("_", r"\s+") for language in said.split("|") for phrase in language.split()]
    plain = [phrase for phrase in phrases if phrase != "n't"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(plain)})(?!\w)" + (r"|n[’']t(?!\w)" if "n't" in phrases else ""), re.I)


def turns(text: str) -> set[str]:
    """The concepts that turn this text."""
    limits = {concept for concept in LIMITS if _patterns()[concept].search(text)}
    plain = _NOT_A_NEGATION.sub(" ", text)
    for concept in LIMITS:  # "au moins" is not less
        plain = _patterns()[concept].sub(" ", plain)
    return limits | {concept for concept, pattern in _patterns().items() if pattern.search(plain)}


def without_turns(text: str) -> str:
    for pattern in _patterns().values():
        text = pattern.sub(" ", text)
    return text


# how long something lasts and by when somebody must act are two things: "takes 12 months", "to be done in 12 months"
_LASTS = re.compile(
    r"(?<!\w)(?:mất|kéo dài|takes?|took|lasts?|prend|prennent|dure|durent)(?=\W+(?:\w+\W+){0,3}?\d)", re.IGNORECASE
)
_MUST = re.compile(r"(?<!\w)(?:phải|must|ha(?:ve|s) to|shall|doit|doivent|devez|devons)(?!\w)", re.IGNORECASE)
_HANDLED = re.compile(
    r"(?<!\w)(?:giải quyết|xử lý|trả kết quả|thời gian thực hiện|cấp|xác minh|kể từ ngày nhận|process\w*|handl\w*"
    r"|issued?|issues|decid\w*|receipt|delivered|trait\w*|instrui\w*|délivr\w*|réception)(?!\w)",
    re.IGNORECASE,
)


def _is_only_a_deadline(claim: str, source: str) -> bool:
    lasts = _LASTS.search(claim) and not _LASTS.search(source)
    return bool(lasts and _MUST.search(source) and not _HANDLED.search(source))


def turned(claim: str, near: str, whole: str) -> set[str]:
    """What the claim turns and the source does not, or the other way round. `near` is the part of the source that the
    claim speaks of, `whole` all of the sentence: a turn may stand at the sentence's start."""
    said, held, wide = turns(claim), turns(near), turns(whole)
    deadline = {"lasts"} if _is_only_a_deadline(claim, whole) else set()
    return (said - wide) | ((held - said) & BOTH_WAYS) | deadline
