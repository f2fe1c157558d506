"""How corpus.tsv and blind.tsv were made, each once: sentences written by hand, values drawn by a seed.

No value belongs to anybody that we know of: numbers are drawn (valid where the sentence says so), names and addresses
are invented. The parts share no sentence, no name and no address. Not run again: the files are the corpus.

corpus.tsv was split in two before anything was tuned. Totals of its report part were looked at again and again while
tuning, so that part is blind no more and is tuned on too. blind.tsv was written later (`build.py FOLDER blind`), by
somebody who had not read the filter and did not run it on these sentences before the file was committed; its names and
addresses stand in the sentences as they were written. blind2.tsv (`build.py FOLDER blind2`, Vietnamese only) was
written after that part's totals were known and before one of its errors was seen, and frozen likewise; then blind.tsv
was tuned on too.
"""

import random
import re
import sys
import unicodedata
from pathlib import Path

SEED = 20261123
HERE = Path(sys.argv[1])  # the folder of the hand-written sentences and pools
RNG = random.Random(SEED)
PROVINCES = (
    "001 004 008 012 019 022 026 030 031 036 038 040 046 048 051 052 060 062 068 075 079 082 089 092 096".split()
)
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
TYPE = {"p": "person", "pv": "person", "a": "address", "av": "address", "mail": "email", "fix": "phone", "tel": "phone",
        "telen": "phone", "telfr": "phone", "dob": "birth_date", "doben": "birth_date", "dobfr": "birth_date",
        "yob": "birth_date", "yob2": "birth_date", "mst": "tax_code", "mst13": "tax_code", "bhxh": "social_insurance",
        "bhyt": "health_insurance", "pp": "passport", "gplx": "driving_licence", "stk": "bank_account",
        "iban": "bank_account", "card": "card", "bks": "plate", "cccd": "cccd", "cmnd": "cmnd"}  # fmt: skip


def digits(count: int) -> str:
    return "".join(RNG.choice("0123456789") for _ in range(count))


def plain(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


def tax_code() -> str:
    while True:
        code = "0" + RNG.choice("123") + digits(7)
        rest = sum(int(a) * b for a, b in zip(code, (31, 29, 23, 19, 17, 13, 7, 5, 3), strict=True)) % 11
        if rest:
            return code + str(10 - rest)


def luhn(head: str, size: int) -> str:
    body = head + digits(size - len(head) - 1)
    total = sum(int(d) if at % 2 else sum(divmod(int(d) * 2, 10)) for at, d in enumerate(reversed(body)))
    return body + str(-total % 10)


def iban() -> str:
    body = "30003" + digits(5) + digits(13)
    check = 98 - int("".join(str(int(sign, 36)) for sign in body + "FR00")) % 97
    whole = f"FR{check:02d}{body}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def cccd() -> str:
    late = RNG.random() < 0.2
    year = RNG.randint(0, 24) if late else RNG.randint(45, 99)
    return RNG.choice(PROVINCES) + RNG.choice("23" if late else "01") + f"{year:02d}" + digits(6)


def date() -> tuple[int, int, int]:
    return RNG.randint(1, 28), RNG.randint(1, 12), RNG.randint(1945, 2012)


def misread(number: str) -> str:
    swaps = {"0": "O", "1": "l", "5": "S", "8": "B"}
    places = [at for at, digit in enumerate(number) if digit in swaps]
    for at in RNG.sample(places, min(2, len(places))):
        number = number[:at] + swaps[number[at]] + number[at + 1 :]
    return number


def grouped(number: str, sizes: str, sign: str) -> str:
    parts, place = [], 0
    for size in map(int, sizes):
        parts.append(number[place : place + size])
        place += size
    return sign.join(parts)


def phone_en() -> str:
    return RNG.choice(
        [
            "+44 20 7946 0" + digits(3),
            "+1 202 555 01" + digits(2),
            "+44 7700 900" + digits(3),
            "+44 161 496 0" + digits(3),
        ]
    )


class Filler:
    def __init__(self, language: str, part: str, pools: dict[str, list[str]]) -> None:
        self.language, self.part, self.pools = language, part, pools

    def __call__(self, slot: re.Match[str]) -> str:
        name, written, value = slot[1].partition(":")
        if written:
            return f"{{{TYPE[name]}!:{value}}}"
        name, _, form = slot[1].partition(".")
        return f"{{{TYPE[name]}!:{self.value(name, form)}}}"

    def draw(self, pool: str) -> str:
        values = self.pools[pool]
        values.append(values.pop(0))
        return values[-1]

    def value(self, name: str, form: str) -> str:
        if name in {"p", "pv", "a", "av"}:
            language = "vi" if name.endswith("v") else self.language
            return self.worded(self.draw(("names_" if name[0] == "p" else "addr_") + language), form)
        return getattr(self, "of_" + name)(form)

    def worded(self, text: str, form: str) -> str:
        shapes = {
            "plain": plain,
            "lower": lambda t: plain(t).lower(),
            "upper": str.upper,
            "given": lambda t: t.split()[-1],
        }
        return shapes[form](text) if form else text

    def of_cccd(self, form: str) -> str:
        number = cccd()
        return {"": number, "s": grouped(number, RNG.choice(["3333", "444"]), " "), "x": " ".join(number),
                "d": grouped(number, "333" "3", RNG.choice(".-")), "o": misread(number)}[form]  # fmt: skip

    def of_cmnd(self, form: str) -> str:
        number = RNG.choice("0123") + digits(8)
        return grouped(number, "333", " ") if form else number

    def of_mst(self, form: str) -> str:
        return grouped(tax_code(), "244", " ") if form else tax_code()

    def of_mst13(self, form: str) -> str:
        return f"{tax_code()}-00{RNG.randint(1, 9)}"

    def of_bhxh(self, form: str) -> str:
        return RNG.choice(["01", "31", "48", "79"]) + digits(8)

    def of_bhyt(self, form: str) -> str:
        code = RNG.choice(["GD4", "HN2", "TE1", "DN4", "CK2"]) + RNG.choice(["01", "48", "79"]) + digits(10)
        return " ".join([code[:2], code[2], code[3:5], code[5:8], code[8:]]) if form else code

    def of_pp(self, form: str) -> str:
        return RNG.choice("BCKNP") + (" " if form else "") + digits(RNG.choice([7, 7, 8]))

    def of_gplx(self, form: str) -> str:
        return RNG.choice(["010", "480", "790", "381"]) + digits(9)

    def of_tel(self, form: str) -> str:
        number = RNG.choice(["090", "091", "098", "032", "038", "070", "081", "086"]) + digits(7)
        return {"": number, "s": grouped(number, RNG.choice(["433", "3223"]), " "), "d": grouped(number, "433", "."),
                "o": misread(number), "plus": "+84 " + grouped(number[1:], "333", " ")}[form]  # fmt: skip

    def of_fix(self, form: str) -> str:
        number = "0" + RNG.choice(["243", "283", "236"]) + digits(1) + RNG.choice("35678") + digits(5)
        number = RNG.choice(["0243", "0283", "02363"])
        number += RNG.choice("58") + digits(11 - len(number) - 1)
        return f"({number[:3]}) {number[3:7]} {number[7:]}" if form else grouped(number, "344", " ")

    def of_telen(self, form: str) -> str:
        return phone_en()

    def of_telfr(self, form: str) -> str:
        number = RNG.choice(["01", "04", "06", "07"]) + RNG.choice("2345") + digits(7)
        return {"": grouped(number, "22222", " "), "d": grouped(number, "22222", "."),
                "plus": "+33 " + number[1] + " " + grouped(number[2:], "2222", " ")}[form]  # fmt: skip

    def of_mail(self, form: str) -> str:
        user = RNG.choice(["tra.my", "hoso", "minh_phuong88", "k.lam", "tuan-kiet", "camille.v", "r.nettle"]) + digits(
            2
        )
        host = RNG.choice(["example.vn", "mail.example.com", "example.org", "thu.example.vn"])
        return {"": f"{user}@{host}", "sp": f"{user} @ {host}", "at": f"{user}[at]{host}"}[form]

    def of_stk(self, form: str) -> str:
        number = RNG.choice(["0071", "1903", "2150", "1017"]) + digits(RNG.choice([6, 8, 9]))
        return " ".join(number[at : at + 4] for at in range(0, len(number), 4)) if form else number

    def of_card(self, form: str) -> str:
        number = luhn("4" if form == "v" else RNG.choice(["9704", "5201", "4"]), 16)
        return grouped(number, "4444", " ") if form else number

    def of_iban(self, form: str) -> str:
        return iban().replace(" ", "") if form else iban()

    def of_bks(self, form: str) -> str:
        head = RNG.choice(["30A", "51F", "43A", "29B1", "59X2", "15C", "65B"])
        serial = digits(5)
        joint = "-" if not form else RNG.choice([" ", "-", ""])
        return f"{head}{joint}{serial[:3]}{'' if form else '.'}{serial[3:]}"

    def of_dob(self, form: str) -> str:
        day, month, year = date()
        return {"": f"{day:02d}/{month:02d}/{year}", "d": f"{day}.{month}.{year}",
                "w": f"{day} tháng {month} năm {year}"}[form]  # fmt: skip

    def of_doben(self, form: str) -> str:
        day, month, year = date()
        return f"{day} {MONTHS['en'][month - 1]} {year}"

    def of_dobfr(self, form: str) -> str:
        day, month, year = date()
        return f"{day} {MONTHS['fr'][month - 1]} {year}"

    def of_yob(self, form: str) -> str:
        return str(date()[2])

    of_yob2 = of_yob


def lines(name: str) -> list[str]:
    return [line for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line]


def halves(values: list[str]) -> tuple[list[str], list[str]]:
    shuffled = RNG.sample(values, len(values))
    return shuffled[::2], shuffled[1::2]


HEAD = "# id\tlanguage\tease\tpart\ttext; {type!:value} is to be found, ! says that the value was made up (build.py)\n"


def main() -> None:
    pools: dict[str, dict[str, list[str]]] = {"tune": {}, "report": {}}
    for pool in ("names_vi", "names_en", "names_fr", "addr_vi", "addr_en", "addr_fr"):
        pools["tune"][pool], pools["report"][pool] = halves(lines(pool))
    rows = []
    for language in ("vi", "en", "fr"):
        for ease in ("plain", "hard"):
            chosen = [line.removeprefix("! ") for line in lines(language) if line.startswith("! ") == (ease == "hard")]
            for part, sentences in zip(("tune", "report"), halves(chosen), strict=True):
                fill = Filler(language, part, pools[part])
                rows += [(language, ease, part, re.sub(r"\{([a-z0-9.]+)\}", fill, each)) for each in sentences]
    write("corpus.tsv", "", rows)


def blind(name: str, number: int) -> None:
    RNG.seed(SEED + number)
    rows = []
    for language in ("vi", "en", "fr"):
        fill = Filler(language, "report", {})
        for line in lines(language):
            ease = "hard" if line.startswith("! ") else "plain"
            rows.append((language, ease, "report", re.sub(r"\{([^{}]+)\}", fill, line.removeprefix("! "))))
    write(f"{name}.tsv", "bc"[number - 1], rows)


def write(name: str, letter: str, rows: list[tuple[str, ...]]) -> None:
    body = "".join(f"{letter}{at:03d}\t" + "\t".join(row) + "\n" for at, row in enumerate(rows, 1))
    (Path(__file__).parent / name).write_text(HEAD + body, encoding="utf-8")


if __name__ == "__main__":
    blind(sys.argv[2], 1 + sys.argv[2].endswith("2")) if sys.argv[2:] else main()
