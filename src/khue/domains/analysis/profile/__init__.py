"""What the columns of a table hold, by a few questions to the engine."""

from khue.domains.analysis.profile.columns import ColumnProfile, TableProfile, named
from khue.domains.analysis.profile.looking import profile

__all__ = ["ColumnProfile", "TableProfile", "named", "profile"]
