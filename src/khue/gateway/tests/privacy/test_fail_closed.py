"""A detector that breaks stops the text."""

import pytest

from khue.gateway import privacy
from khue.gateway.privacy import scanning


@pytest.mark.parametrize("detector", scanning.DETECTORS)
def test_nothing_passes_a_broken_detector(monkeypatch, detector):
    def broken(page):
        raise ZeroDivisionError

    monkeypatch.setitem(scanning.DETECTORS, detector, broken)
    for act in (privacy.scan, privacy.class_of, privacy.Mask.open(None).hide):
        with pytest.raises(privacy.DetectorFailed):
            act("Không có gì ở đây.")
