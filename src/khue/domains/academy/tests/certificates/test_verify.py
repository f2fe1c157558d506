"""A signed certificate, and what a forger may try with its file."""

import base64
import copy
import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from khue.domains.academy.credentials import badges, canonical, multibase, packaging, proofs, shape, status
from khue.domains.academy.credentials.verification import Code, KeyState, KnownKey, Verdict, verify

AT = datetime(2026, 3, 6, 9, tzinfo=UTC)
LIST = "https://khue.example/credentials/status/1"
FIRST, SECOND, FORGER = (proofs.Key(bytes([number]) * 32) for number in (1, 2, 3))
ISSUER = badges.Institution("Học viện Khuê Văn", FIRST, "https://khue.example")
PARTNER = badges.Institution("Institut de la Loire", SECOND)
KNOWN = {key.did: KnownKey(key.did, name) for key, name in ((FIRST, "Khuê Văn"), (SECOND, "Loire"))}
AWARD = badges.Award(
    id=UUID("019c0000-0000-7000-8000-000000000001"),
    number="KV-2026-00001",
    holder=badges.Holder("Nguyễn Thị An", "an@khue.example", "muoi"),
    achievement=badges.Achievement(UUID(int=7), "Chứng nhận", "Năm ngày", "Đã dự và đạt", "vi"),
    starts_on=date(2026, 3, 2),
    ends_on=date(2026, 3, 6),
    at=AT,
    status_list=LIST,
    status_index=4711,
    campus=(UUID(int=8), "Phân hiệu Tây Nguyên"),
)
NONE = bytes(status.BITS // 8)
Json = dict[str, Any]


@pytest.fixture(scope="module")
def genuine() -> Json:
    return badges.credential(AWARD, ISSUER, PARTNER)


def lists(bits: bytes = NONE, key: proofs.Key = FIRST) -> Callable[[str], bytes | None]:
    document = proofs.written(status.credential(LIST, bits, ISSUER.name, key, at=AT)).encode()
    return {LIST: document}.get


def verdict(document: Json | bytes, **given: Any) -> Verdict:
    octets = document if isinstance(document, bytes) else json.dumps(document).encode()
    return verify(octets, **({"known": KNOWN, "lists": lists(), "at": AT} | given))


def codes(found: Verdict) -> set[Code]:
    return {problem.code for problem in found.problems}


def test_what_was_signed_is_valid(genuine: Json):
    found = verdict(genuine)
    assert (found.valid, found.revoked, found.problems) == (True, False, ())
    assert found.badge and found.badge.holder == "Nguyễn Thị An"


def test_one_institution_is_enough():
    assert verdict(badges.credential(AWARD, ISSUER)).valid


def _subject(document: Json) -> Json:
    return document["credentialSubject"]


def _resigned(document: Json, key: proofs.Key = FORGER, **change: Any) -> Json:
    body = {name: value for name, value in document.items() if name != "proof"} | change
    return proofs.signed(body, key, at=AT)


def _with(change: Callable[[Json], object]) -> Callable[[Json], Json]:
    def tampered(document: Json) -> Json:
        change(document)
        return document

    return tampered


def _other_name(document: Json) -> Json:
    found = _subject(document)["identifier"][0]
    found["identityHash"] = "Nguyễn Văn Bình"
    return document


def _first_other_proof(document: Json) -> Json:
    other = badges.credential(AWARD, ISSUER)
    return document | {"proof": other["proof"]}


def _short_list(document: Json) -> Json:
    document["credentialStatus"]["statusListIndex"] = "4712"
    return document


def _one_off(text: str) -> str:
    return text[:-1] + ("3" if text[-1] == "2" else "2")


TAMPERED: dict[str, Callable[[Json], Json]] = {
    "another name": _other_name,
    "one letter without its accent": _with(lambda d: _subject(d)["identifier"][0].update(identityHash="Nguyên Thị An")),
    "the name in decomposed letters": _with(
        lambda d: _subject(d)["identifier"][0].update(identityHash="Nguye\u0302\u0303n Thi\u0323 An")
    ),
    "another achievement": _with(lambda d: _subject(d)["achievement"].update(name="Tiến sĩ")),
    "other criteria": _with(lambda d: _subject(d)["achievement"]["criteria"].update(narrative="Xuất sắc")),
    "another number": _with(lambda d: _subject(d).update(licenseNumber="KV-2026-00002")),
    "an earlier date": _with(lambda d: d.update(validFrom="2025-03-06T09:00:00Z")),
    "another identifier": _with(lambda d: d.update(id="urn:uuid:019c0000-0000-7000-8000-000000000002")),
    "another institution's name": _with(lambda d: d["issuer"].update(name="Bộ Nội vụ")),
    "another place on the list": _short_list,
    "another list": _with(lambda d: d["credentialStatus"].update(statusListCredential="https://forger.example/1")),
    "no status": _with(lambda d: d.pop("credentialStatus")),
    "the campus taken out": _with(lambda d: _subject(d).pop("source")),
    "the endorsement taken out": _with(lambda d: d.pop("endorsement")),
    "the endorsement changed": _with(lambda d: d["endorsement"][0]["issuer"].update(name="Université de la Loire")),
    "an undefined term on top": _with(lambda d: d.update(grade="A")),
    "an undefined term in the subject": _with(lambda d: _subject(d).update(honours="summa cum laude")),
    "an undefined term in the achievement": _with(lambda d: _subject(d)["achievement"].update(level="8")),
    "an undefined term in the proof": _with(lambda d: d["proof"].update(note="checked")),
    "a defined term that was not signed": _with(lambda d: _subject(d)["achievement"].update(fieldOfStudy="Luật")),
    "a term as a full address": _with(lambda d: _subject(d).update({"https://schema.org/award": "Gold"})),
    "a context of its own": _with(lambda d: d["@context"].append({"grade": "https://forger.example/grade"})),
    "the contexts the other way round": _with(lambda d: d["@context"].reverse()),
    "a null": _with(lambda d: d.update(description=None)),
    "an unknown type": _with(lambda d: d["type"].append("Diploma")),
    "signed anew by somebody else": lambda d: _resigned(_other_name(d)),
    "signed anew by somebody else in their own name": lambda d: _resigned(
        _other_name(d), issuer=d["issuer"] | {"id": FORGER.did}
    ),
    "signed by the partner for the first": lambda d: _resigned(_other_name(d), SECOND),
    "the proof of another certificate": _first_other_proof,
    "no proof": _with(lambda d: d.pop("proof")),
    "two proofs": _with(lambda d: d.update(proof=[d["proof"], d["proof"]])),
    "another purpose": _with(lambda d: d["proof"].update(proofPurpose="authentication")),
    "another cryptosuite": _with(lambda d: d["proof"].update(cryptosuite="eddsa-jcs-2022")),
    "another time of signing": _with(lambda d: d["proof"].update(created="2026-03-05T09:00:00Z")),
    "one letter of the signature": _with(lambda d: d["proof"].update(proofValue=_one_off(d["proof"]["proofValue"]))),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_is_refused(genuine: Json, how: str):
    changed = TAMPERED[how](copy.deepcopy(genuine))
    found = verdict(changed)
    assert not found.valid
    assert codes(found) & {Code.SHAPE, Code.PROOF, Code.ISSUER, Code.ISSUER_UNKNOWN, Code.ENDORSEMENT}


def test_a_name_that_stands_twice_is_refused(genuine: Json):
    text = json.dumps(genuine).replace('"id": "urn:uuid:', '"id": "urn:uuid:0", "id": "urn:uuid:', 1)
    assert codes(verdict(text.encode())) == {Code.SHAPE}


def test_an_endorsement_of_another_certificate_is_refused(genuine: Json):
    """Even where the first institution itself puts it in."""
    other = badges._unsigned(AWARD, ISSUER)
    other["credentialSubject"]["licenseNumber"] = "KV-2026-00009"
    other["endorsement"] = genuine["endorsement"]
    assert codes(verdict(proofs.signed(other, FIRST, at=AT))) == {Code.ENDORSEMENT}


def test_an_endorsement_by_nobody_known_is_refused():
    stranger = badges.Institution("Viện lạ", FORGER)
    assert codes(verdict(badges.credential(AWARD, ISSUER, stranger))) == {Code.ISSUER_UNKNOWN}


def test_a_certificate_of_tomorrow_is_refused(genuine: Json):
    assert codes(verdict(genuine, at=datetime(2026, 3, 5, tzinfo=UTC))) == {Code.FUTURE}


def test_a_retired_key_stays_good_and_a_revoked_one_does_not(genuine: Json):
    for state, is_valid in ((KeyState.RETIRED, True), (KeyState.REVOKED, False)):
        for key in (FIRST, SECOND):
            known = KNOWN | {key.did: KnownKey(key.did, "…", state, "lost")}
            assert verdict(genuine, known=known).valid is is_valid


def test_revoked_certificates_are_found_by_their_bit_alone(genuine: Json):
    found = verdict(genuine, lists=lists(status.set_bit(NONE, 4711)))
    assert (found.valid, found.revoked, codes(found)) == (False, True, {Code.REVOKED})
    for other in (4710, 4712, 0, status.BITS - 1):
        assert verdict(genuine, lists=lists(status.set_bit(NONE, other))).revoked is False


def test_the_first_index_is_the_highest_bit():
    assert status.set_bit(bytes(2), 0) == b"\x80\0"
    assert status.set_bit(bytes(2), 9) == b"\0\x40"


def test_a_list_that_is_not_at_hand_is_said_and_does_not_make_the_file_bad(genuine: Json):
    found = verdict(genuine, lists=lambda _url: None)
    assert (found.valid, found.revoked, codes(found)) == (True, None, {Code.STATUS_UNKNOWN})


def _bomb() -> bytes:
    document = status.credential(LIST, NONE, ISSUER.name, FIRST, at=AT)
    packed = gzip.compress(bytes(1 << 26))
    document["credentialSubject"]["encodedList"] = "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return proofs.written(_resigned(document, FIRST)).encode()


@pytest.mark.parametrize(
    "octets",
    [
        b"not a list",
        lists(key=SECOND)(LIST),
        proofs.written(status.credential(LIST, b"\0\0", ISSUER.name, FIRST, at=AT)).encode(),
        proofs.written(status.credential(LIST + "0", NONE, ISSUER.name, FIRST, at=AT)).encode(),
        proofs.written(status.credential(LIST, NONE, "Viện khác", FIRST, at=AT)).replace("Viện", "Học viện").encode(),
        _bomb(),
    ],
    ids=["no JSON", "of another key", "too short", "another list", "changed", "larger than it looks"],
)  # fmt: skip
def test_a_list_that_is_not_the_institutions_is_no_proof_of_anything(genuine: Json, octets: bytes):
    found = verdict(genuine, lists=lambda _url: octets)
    assert (found.valid, found.revoked, codes(found)) == (False, None, {Code.STATUS_LIST})


@pytest.mark.parametrize(
    "octets",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, b"{" + b'"a":{' * 5_000, b"%PDF-1.7\nnothing",
     packaging.PNG + b"\0\0\0\x0dIHDR", b"x" * (packaging.LARGEST + 1), b'{"a": "\\ud800"}'],
    ids=lambda octets: repr(octets[:12]),
)  # fmt: skip
def test_what_is_no_certificate_is_said_to_be_none(octets: bytes):
    found = verdict(octets)
    assert not found.valid and found.badge is None and codes(found) <= {Code.SHAPE, Code.NOTHING_INSIDE}


def test_no_context_is_ever_fetched(genuine: Json):
    with pytest.raises(canonical.NotCanonical):
        canonical.nquads(genuine | {"@context": ["https://forger.example/context.json"]})


def test_an_undefined_term_cannot_be_signed():
    with pytest.raises(canonical.NotCanonical):
        proofs.signed({"@context": badges.CONTEXT, "type": ["VerifiableCredential"], "grade": "A"}, FIRST, at=AT)


def test_the_contexts_are_the_ones_that_were_vendored(monkeypatch: pytest.MonkeyPatch, tmp_path):
    for path in canonical.FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "credentials-v2.json").write_text('{"@context": {}}')
    monkeypatch.setattr(canonical, "FOLDER", tmp_path)
    canonical.contexts.cache_clear()
    try:
        with pytest.raises(canonical.ContextChanged):
            canonical.contexts()
    finally:
        canonical.contexts.cache_clear()


def test_keys_are_written_as_did_key():
    """The example of the did:key method, section 3.1.1 of the W3C CCG report."""
    did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    public = multibase.from_multikey(did.removeprefix("did:key:"))
    assert len(public) == 32 and multibase.did(public) == did


@pytest.mark.parametrize("octets", [b"", b"\0", b"\0\0\x01", bytes(range(40))])
def test_base58_keeps_every_byte(octets: bytes):
    assert multibase.from_base58(multibase.base58(octets)) == octets


def test_the_e_mail_address_is_in_it_as_a_hash_only(genuine: Json):
    assert "an@khue.example" not in json.dumps(genuine)
    hashed = _subject(genuine)["identifier"][1]
    assert hashed["identityHash"].startswith("sha256$") and hashed["salt"] == "muoi"


def test_a_known_shape_has_no_room_for_more():
    assert all(part.model_config["extra"] == "forbid" for part in (shape.Badge, shape.Endorsement, shape.StatusList))
