"""Provinces of before and after 1 July 2025, found by name or code, and where they lie on a map of tiles.

Source: Resolution 202/2025/QH15 of 12 June 2025 (63 → 34); codes of Decision 124/2004/QĐ-TTg (before) and Decision
19/2025/QĐ-TTg (after).
"""

from khue.domains.analysis.provinces.matching import Match, Vintage, is_province_column, match
from khue.domains.analysis.provinces.units import OLD, PROVINCES, Province

__all__ = ["Match", "OLD", "PROVINCES", "Province", "Vintage", "is_province_column", "match"]
