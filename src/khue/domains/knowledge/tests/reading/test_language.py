import gzip
import json
import os
from pathlib import Path

import pytest

from khue.domains.knowledge.reading import language, syllables

SHARED = Path(os.environ.get("KHUE_SHARED") or Path(__file__).resolve().parents[7] / "shared") / "data" / "eval"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lệ phí đăng ký khai sinh là bao nhiêu?", "vi"),
        ("le phi dang ky khai sinh la bao nhieu", "vi"),
        ("lam can cuoc cong dan o dau", "vi"),
        ("How much does a birth certificate cost?", "en"),
        ("passport renewal fee", "en"),
        ("Combien coûte un acte de naissance ?", "fr"),
        ("Quels papiers pour le passeport", "fr"),
        ("délai de délivrance", "fr"),
        ("1.001193", "vi"),
    ],
)
def test_short_questions(text, expected):
    assert language.detect(text) == expected


@pytest.mark.parametrize(
    ("data", "expected", "least"),
    [("xquad_vi", "vi", 0.99), ("vlsp_vi", "vi", 0.99), ("xquad_en", "en", 0.99), ("spfqr_fr", "fr", 0.99)],
)
@pytest.mark.parametrize("stripped", [False, True])
def test_questions_of_the_evaluation(data, expected, least, stripped):
    path = SHARED / data / "queries.jsonl.gz"
    if not path.exists():
        pytest.skip(f"needs {path.parent} (set KHUE_SHARED)")
    with gzip.open(path, "rt") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    texts = [syllables.strip(text) for text in texts] if stripped else texts
    assert sum(language.detect(text) == expected for text in texts) / len(texts) >= least
