"""Personal data in texts: found, hidden, put back. Pure but for the vault."""

from khue.gateway.privacy.findings import NAMES, DetectorFailed, Finding, Kind
from khue.gateway.privacy.inspection import Inspection, class_of, inspect
from khue.gateway.privacy.markings import secrecy_marking
from khue.gateway.privacy.mask import Mask
from khue.gateway.privacy.pseudonyms import Restorer
from khue.gateway.privacy.scanning import scan

__all__ = [
    "NAMES",
    "DetectorFailed",
    "Finding",
    "Inspection",
    "Kind",
    "Mask",
    "Restorer",
    "class_of",
    "inspect",
    "scan",
    "secrecy_marking",
]
