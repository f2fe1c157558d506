"""The decree in the package: every type compiles, our own output is right, mending is idempotent and keeps words."""

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
import yaml
from benchmarks.corpora.drafting import plants
from pydantic import ValidationError

from khue.domains.drafting.nd30 import checking, columns, compiling, kinds, layout, wording
from khue.domains.drafting.nd30.body import blocks_of, text_of
from khue.domains.drafting.nd30.checks.words import Known
from khue.domains.drafting.nd30.citing import citations, is_full
from khue.domains.drafting.nd30.composing import compose
from khue.domains.drafting.nd30.reading import UnreadableDocument, read
from khue.domains.drafting.nd30.shape import Document, schema
from khue.domains.knowledge.reading.syllables import is_syllable

KNOWN = Known(is_syllable=is_syllable)
RIGHT = sorted(plants.right())
# of each rule one departure; the whole set is the benchmark's
ONE_EACH = list({one.rules: one for one in plants.plants()}.values())


def test_the_decree_has_29_types_with_their_abbreviations():
    types = kinds.decree_types()
    assert len(types) == 29
    assert {one.key for one in types if not one.code} == {"cong-van", "thu-cong"}
    assert {"QC", "QyĐ", "CTr", "DA", "ĐA", "GNP", "TTr"} <= {one.code for one in types}
    assert all(one.names[language] for one in kinds.kinds().values() for language in ("vi", "en", "fr"))


def test_every_rule_says_where_it_stands_in_the_decree():
    assert all(role.cites or not role.align for role in layout.roles().values())


@pytest.mark.parametrize("name", RIGHT)
def test_nothing_is_found_in_right_documents(name):
    assert checking.check(plants.right()[name], KNOWN) == []


@pytest.mark.parametrize("plant", ONE_EACH, ids=lambda plant: plant.name)
def test_a_planted_departure_is_named_with_its_cell(plant):
    found = {(one.cell, one.rule) for one in checking.check(plants.planted(plant), KNOWN)}
    assert found & {(plant.cell, rule) for rule in plant.rules}


@pytest.mark.parametrize("plant", ONE_EACH[::3], ids=lambda plant: plant.name)
def test_mending_is_idempotent_and_keeps_every_word(plant):
    before = plants.planted(plant)
    once, left = checking.fix(before)
    twice, still = checking.fix(once)
    assert once == twice and left == still
    assert checking.words_of(once) == checking.words_of(before)
    assert not any(one.mend for one in left)


def test_all_types_have_a_schema_that_names_their_fields():
    for one in kinds.kinds().values():
        made = schema(one.key)
        assert made["properties"]["type"] == {"const": one.key}
        assert set(made["required"]) <= set(made["properties"])
    assert set(schema("giay-moi")["properties"]["particulars"]["properties"]) == {
        "guests",
        "event",
        "chair",
        "time",
        "venue",
    }


def test_a_field_of_another_type_is_refused():
    with pytest.raises(ValidationError, match="bases: not part of giay-moi"):
        Document.model_validate({"type": "giay-moi", "bases": ["Luật Đất đai"]})


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-05", "ngày 05 tháng 3 năm 2026"),
        ("2026-01-31", "ngày 31 tháng 01 năm 2026"),
        ("2026-02-09", "ngày 09 tháng 02 năm 2026"),
        ("2026-12-10", "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_two_months_have_a_zero(day, said):
    document = Document(type="bao-cao", place="Hà Nội", date=day)
    assert compose(document).head[1][1][0].text == f"Hà Nội, {said}"


def test_points_go_by_the_vietnamese_alphabet():
    assert [wording.letter(place) for place in range(8)] == list("abcdđegh")


def test_what_is_typed_comes_back_as_it_was():
    typed = (
        "Điều 1. Phạm vi\nQuy định này về mức chi.\nĐiều 2. Đối tượng\n1. Cán bộ.\na) Ở xã;\nb) Ở tỉnh.\n2. Công chức."
    )
    assert text_of(blocks_of(typed)) == typed


def test_typed_numbers_are_counted_anew():
    assert (
        text_of(blocks_of("Điều 5. Một việc.\nĐiều 9. Việc khác.\nd) Điểm."))
        == "Điều 1. Một việc.\nĐiều 2. Việc khác.\na) Điểm."
    )


def test_a_document_bears_the_metadata_of_annex_6():
    document = Document(
        type="quyet-dinh", agency="Bộ Nội vụ", agency_code="BNV", number=5, date="2026-03-05", organ_id="G09"
    )
    with zipfile.ZipFile(io.BytesIO(compiling.docx(document))) as box:
        custom = box.read("docProps/custom.xml").decode()
    for name, value in {
        "OrganId": "G09",
        "CodeNumber": "05",
        "CodeNotation": "QĐ-BNV",
        "IssuedDate": "05/03/2026",
    }.items():
        assert f'name="{name}"><vt:lpwstr>{value}<' in custom


def test_the_pdf_embeds_a_font_of_the_same_metrics_and_numbers_annexes_anew():
    import pypdfium2

    document = Document.model_validate(
        {"type": "bao-cao", "agency": "Sở Y tế", "subject": "thử", "body": [{"text": "Dài. " * 900}],
         "annexes": [{"title": "Bảng", "body": [{"text": "Một. " * 900}]}]}
    )  # fmt: skip
    octets = compiling.pdf(document)
    assert b"Tinos" in octets
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(octets)]
    first = [index for index, text in enumerate(pages) if "Phụ lục" in text]
    heads = [text.split()[0] for text in pages]
    assert len(pages) == 4 and first == [2] and heads[1] == heads[3] == "2"


def test_a_first_citation_is_full_and_the_next_is_short():
    text = "Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ và Thông tư số 01/2019/TT-BNV"
    assert [(one.code, is_full(one)) for one in citations(text)] == [("30/2020/NĐ-CP", True), ("01/2019/TT-BNV", False)]


def test_the_law_and_personal_data_are_asked_for():
    octets = plants.right()["bao-cao"]
    known = Known(state_of=lambda code: "expired", personal=lambda text: ["cccd"] if "4.215" in text else [])
    assert {one.rule for one in checking.check(octets, known)} == {"citation-expired", "personal-data"}


# Files that are not what they should be ------------------------------------------------------------


def zipped(**parts):
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as box:
        for name, content in parts.items():
            box.writestr(name, content)
    return octets.getvalue()


def scan():
    import struct
    import zlib

    from docx import Document as new_docx

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture += chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    made, octets = new_docx(), io.BytesIO()
    made.add_picture(io.BytesIO(picture))
    made.save(octets)
    return octets.getvalue()


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"not a zip", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
        (zipped(**{"word/document.xml": "<", "word/vbaProject.bin": "x"}), "macros"),
        (zipped(**{"word/document.xml": "<broken"}), "broken"),
        (zipped(**{"other.xml": "<a/>"}), "broken"),
        (scan(), "scanned"),
    ],
)
def test_what_cannot_be_read_is_refused_by_a_reason(octets, reason):
    with pytest.raises(UnreadableDocument) as refused:
        read(octets)
    assert refused.value.reason == reason


def test_two_thousand_pages_are_refused(monkeypatch):
    monkeypatch.setattr("khue.domains.drafting.nd30.reading.MOST_PARAGRAPHS", 500)
    many = Document.model_validate({"type": "bao-cao", "subject": "dài", "body": [{"text": "Dòng."}] * 600})
    with pytest.raises(UnreadableDocument) as refused:
        read(compiling.docx(many))
    assert refused.value.reason == "too-large"


def test_text_boxes_and_nested_tables_are_read_and_named():
    from docx import Document as load
    from lxml import etree

    made = load(io.BytesIO(plants.right()["thong-bao"]))
    inner = made.tables[-1].rows[0].cells[0].add_table(1, 1)
    inner.rows[0].cells[0].text = "Bảng trong bảng"
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    box = f'<w:pict xmlns:w="{w}"><w:txbxContent><w:p><w:r><w:t>Trong hộp</w:t></w:r></w:p></w:txbxContent></w:pict>'
    made.paragraphs[-1].add_run()._r.append(etree.fromstring(box))
    octets = io.BytesIO()
    made.save(octets)
    assert {"text-box", "nested-table"} <= {one.rule for one in checking.check(octets.getvalue())}
    assert {"Trong hộp", "Bảng trong bảng"} <= {one.text for one in read(octets.getvalue()).paragraphs}


def test_tracked_changes_are_read_as_accepted():
    plant = next(one for one in plants.plants() if one.name.startswith("tracked"))
    before, after = read(plants.right()[plant.base]), read(plants.planted(plant))
    assert after.tracked and [one.text for one in after.paragraphs] == [one.text for one in before.paragraphs]


def test_findings_are_json():
    found = checking.check(plants.planted(ONE_EACH[0]))
    assert set(json.loads(json.dumps(found[0].as_dict()))) >= {"rule", "cell", "found", "expected", "where", "severity"}


def test_columns_are_as_wide_as_what_stands_in_them():
    """The number of a row takes little, a long sum is not broken, the text has the rest; the same in both files."""
    rows = [["STT", "Đơn vị", "Kinh phí", "Nội dung"],
            ["1", "Huế", "185.800.000.000", "Mua sắm thiết bị cho bộ phận một cửa của các xã"]]  # fmt: skip
    found = columns.shares(rows)
    assert sum(found) == pytest.approx(1)
    assert found[0] < found[1] < found[2] < found[3]
    document = Document.model_validate(
        {"type": "bao-cao", "subject": "thử", "body": [{"kind": "table", "rows": rows}]}
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(compiling.docx(document))) as box:
        grids = re.findall(r"<w:tblGrid>(.*?)</w:tblGrid>", box.read("word/document.xml").decode())
    grid = next(one for one in grids if one.count("<w:gridCol") == len(rows[0]))
    wide = [int(one) for one in re.findall(r'w:w="(\d+)"', grid)]
    assert [one / sum(wide) for one in wide] == pytest.approx(found, abs=0.002)
    import pypdfium2

    text = pypdfium2.PdfDocument(compiling.pdf(document))[0].get_textpage().get_text_range()
    assert "185.800.000.000" in text


def test_the_form_s_text_makes_the_same_sheet():
    """The body as typed text and back, in every right document; which part of the form a line comes from may differ."""

    def lines(document):
        return [replace(part, field="") if hasattr(part, "field") else part for part in compose(document).body]

    told = yaml.safe_load((plants.HERE / "right.yaml").read_text(encoding="utf-8"))["documents"]
    for document in map(Document.model_validate, told):
        typed = document.model_copy(update={"body": blocks_of(text_of(document.body))})
        assert lines(typed) == lines(document)
