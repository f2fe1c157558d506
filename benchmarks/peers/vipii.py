"""vipii's structured recognizers, as it detects by default; its name recognizer needs PyTorch and is off."""

from collections.abc import Callable, Iterator

from benchmarks.spans import Span

TYPES = {
    "PHONE_NUMBER": "phone",
    "CCCD": "cccd",
    "CMND": "cmnd",
    "MST": "tax_code",
    "EMAIL_ADDRESS": "email",
    "BANK_ACCOUNT": "bank_account",
    "CREDIT_CARD": "card",
    "PASSPORT": "passport",
    "VEHICLE_PLATE": "plate",
    "SOCIAL_INSURANCE_NUMBER": "social_insurance",
    "HEALTH_INSURANCE_NUMBER": "health_insurance",
    "DRIVER_LICENSE": "driving_licence",
    "DATE_OF_BIRTH": "birth_date",
    "ADDRESS": "address",
    "PERSON": "person",
}


def scans() -> dict[str, Callable[[str, str], Iterator[Span]]]:
    from vipii import PIIDetector

    detector = PIIDetector()

    def scan(text: str, language: str) -> Iterator[Span]:
        for match in detector.detect(text):
            if match.label in TYPES:
                yield Span(match.start, match.end, TYPES[match.label])

    return {"vipii": scan}
