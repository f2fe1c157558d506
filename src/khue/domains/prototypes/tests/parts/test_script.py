"""What the parts work out, in the browser itself: one tab for each language."""

import json

import pytest

from khue.domains.prototypes.tests.tools import page
from khue.gateway.privacy.identifiers import is_cccd, is_tax_code

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def speaking(chromium):
    """speaking("fr") is a tab with an empty tool in French."""
    tabs, closing = {}, []

    def tab(language):
        if language not in tabs:
            holder = chromium.tab(width=390)
            tabs[language] = holder.__enter__()
            closing.append(holder)
            tabs[language].open(page('<k-field label="Số bản" name="n" type="number"></k-field>', language=language))
        return tabs[language]

    yield tab
    for holder in closing:
        holder.__exit__(None, None, None)


def values(tab, expressions):
    return tab.ask(f"[{', '.join(expressions)}].map((one) => (Number.isNaN(one) ? 'none' : one))")


@pytest.mark.parametrize(
    ("language", "number", "money", "date"),
    [
        ("vi", "1.234.567,5", "8.000\u00a0₫", "05/03/2026"),
        ("en", "1,234,567.5", "8,000\u00a0₫", "5 March 2026"),
        ("fr", "1\u202f234\u202f567,5", "8\u202f000\u00a0₫", "05/03/2026"),
    ],
)
def test_numbers_money_and_dates_are_written_as_people_write_them(speaking, language, number, money, date):
    asked = ["Khue.number(1234567.5)", "Khue.money(8000)", "Khue.date('2026-03-05')"]
    assert values(speaking(language), asked) == [number, money, date]


@pytest.mark.parametrize(
    ("language", "written", "meant"),
    [
        (
            "vi",
            ["1.234,5", "24.000", "2,5", "1 000", "8.000 ₫", "-3", "0,5", "12 đồng"],
            [1234.5, 24000, 2.5, 1000, 8000, -3, 0.5, 12],
        ),
        ("en", ["1,234.5", "24,000", "2.5", "1 000", "8,000 ₫", "0.125"], [1234.5, 24000, 2.5, 1000, 8000, 0.125]),
        ("fr", ["1\u202f234,5", "24 000", "2,5", "8\u00a0000"], [1234.5, 24000, 2.5, 8000]),
        ("vi", ["", "ba", "1-2"], [None, "none", "none"]),
    ],
)
def test_and_read_back(speaking, language, written, meant):
    assert values(speaking(language), [f"Khue.read({json.dumps(one)})" for one in written]) == meant


FORMULAS = {
    "copies * 8000 + if(urgent, 24000, 0)": 48000,
    "copies > 2 ? 1 : 0": 1,
    "Math.max(copies, 5) && true": True,
    "-2 ^ 2 + 10 % 4": -2,
    "2 + 3 * 4 - 6 / 2": 11,
    "not urgent or copies = 3": True,
    'kind = "đất" and copies >= 3': True,
    "round(10 / 3, 2)": 3.33,
    "sum(copies, 2, 3) + avg(2, 4)": 11,
    'tiers(25, "10:6000 20:7000 *:9000")': 175000,
    'bracket(80, "50:1 100:2 *:3")': 2,
    'addworkdays("2026-04-29", 2)': "2026-05-05",
    'addworkdays("2026-02-13", 1)': "2026-02-23",  # over the lunar new year
    'workdays("2026-06-01", "2026-06-08")': 5,
    'years("1950-06-02", "2026-06-01")': 75,
    'days("2026-06-01", "2026-07-01")': 30,
    'contains("Đường có Ổ GÀ", "ổ gà")': True,
    "Số_bản_cần + 1": 8,
    "so_ban_can × 2 ≥ 14": True,
}
REFUSED = [
    "window.alert(1)",
    "constructor()",
    "copies +",
    "(copies",
    "copies copies",
    "nothing * 2",
    "a => b",
    "copies; 1",
    "`x`",
    "__proto__()",
]


def test_formulas_are_worked_out_without_eval(speaking):
    given = json.dumps({"copies": 3, "urgent": True, "kind": "Đất", "so_ban_can": 7})
    asked = [f"Khue.formula.evaluate({json.dumps(one)}, {given})" for one in FORMULAS]
    assert dict(zip(FORMULAS, values(speaking("vi"), asked), strict=True)) == FORMULAS


@pytest.mark.parametrize("formula", REFUSED)
def test_what_is_no_formula_is_refused_in_words(speaking, formula):
    tried = f"Khue.formula.evaluate({json.dumps(formula)}, {{ copies: 3 }})"
    told = "catch (fault) { return [fault instanceof Khue.formula.Fault, fault.message] }"
    is_fault, words = speaking("vi").ask(f"(() => {{ try {{ return {tried} }} {told} }})()")
    assert is_fault
    assert words


def test_identifiers_are_checked_as_the_gateway_checks_them(speaking):
    cccd = [
        "048190000123",
        "001099000001",
        "999190000123",
        "048999000123",
        "04819000012",
        "048290000123",
        "003190000123",
    ]
    mst = ["0100109106", "0100109107", "0100109106001", "0100109106000", "0312345678", "123456789"]
    asked = [f"Khue.fields.CHECKS.cccd('{one}')" for one in cccd] + [f"Khue.fields.CHECKS.mst('{one}')" for one in mst]
    assert values(speaking("vi"), asked) == [is_cccd(one) for one in cccd] + [is_tax_code(one) for one in mst]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("phone", ["0912 345 678", "+84912345678", "024 3825 1234"], ["12", "0112345678", "09123456789"]),
        ("email", ["an@khue.vn"], ["an@khue", "an khue.vn"]),
        ("cmnd", ["012345678"], ["01234567"]),
        ("bhyt", ["DN4010123456789", "0123456789"], ["D4010123456789"]),
        ("passport", ["C1234567", "B12345678"], ["12345678"]),
        ("plate", ["29A-123.45", "30F12345"], ["A-12345"]),
    ],
)
def test_other_identifiers(speaking, kind, right, wrong):
    asked = [f"Khue.fields.CHECKS.{kind}({json.dumps(one)})" for one in [*right, *wrong]]
    assert values(speaking("vi"), asked) == [True] * len(right) + [False] * len(wrong)


def test_csv_is_read_as_spreadsheets_write_it_and_written_so_that_none_runs_a_formula(speaking):
    text = '\ufeffTên;"Ghi chú"\r\nAn;"hai\ndòng; ""quan trọng"""\r\n;\r\nBình;=1+1\r\n'
    read = speaking("vi").ask(f"Khue.csv.read({json.dumps(text)})")
    assert read == {
        "columns": ["Tên", "Ghi chú"],
        "rows": [{"Tên": "An", "Ghi chú": 'hai\ndòng; "quan trọng"'}, {"Tên": "Bình", "Ghi chú": "=1+1"}],
    }
    written = speaking("vi").ask('Khue.csv.write(["a"], [["=1+1"], ["x,y"], ["-5"]])')
    assert written == '\ufeffa\r\n\'=1+1\r\n"x,y"\r\n-5\r\n'


def test_words_are_said_in_three_languages_for_every_key(speaking):
    missing = "Object.entries(Khue.words).filter(([, told]) => !(told.vi && told.en && told.fr)).map(([name]) => name)"
    assert speaking("vi").ask(missing) == []
