"""Input fields of annex VI, part II, I (outgoing documents), as properties of the file."""

from khue.domains.drafting.nd30.kinds import kind
from khue.domains.drafting.nd30.shape import Document

LANGUAGES = {"vi": "Tiếng Việt", "en": "Tiếng Anh", "fr": "Tiếng Pháp"}
# length of each field in the annex
LENGTHS = {
    "OrganId": 13, "TypeName": 100, "CodeNumber": 11, "CodeNotation": 30, "IssuedDate": 10, "OrganName": 200,
    "Subject": 500, "Language": 30, "Position": 100, "FullName": 50, "Priority": 1, "IssuedAmount": 3, "To": 1000,
}  # fmt: skip
PRIORITIES = {"": "", "khan": "1", "thuong-khan": "2", "hoa-toc": "3"}


def metadata(document: Document) -> dict[str, str]:
    """By the annex's names, what is known; dates as DD/MM/YYYY."""
    this = kind(document.type)
    groups = (document.agency_code, document.unit) if this.form == "letter" else (this.code, document.agency_code)
    found = {
        "OrganId": document.organ_id,
        "TypeName": this.names["vi"].split(" (")[0],
        "CodeNumber": f"{document.number:02d}" if document.number else "",
        "CodeNotation": "-".join(filter(None, groups)),
        "IssuedDate": f"{document.date:%d/%m/%Y}" if document.date else "",
        "OrganName": document.agency,
        "Subject": document.subject,
        "Language": LANGUAGES[document.language],
        "Position": document.signature.position or document.signature.on_behalf,
        "FullName": document.signature.name,
        "Priority": PRIORITIES[document.urgency],
        "IssuedAmount": str(document.prints or ""),
        "To": "; ".join(document.recipients),
    }
    return {name: text[: LENGTHS[name]] for name, text in found.items() if text}
