"""Files to typed tables in Parquet, in a process of their own."""

from khue.domains.analysis.reading.refusals import Unreadable
from khue.domains.analysis.reading.sandbox import Read, ReadTable, Remark, read

__all__ = ["Read", "ReadTable", "Remark", "Unreadable", "read"]
