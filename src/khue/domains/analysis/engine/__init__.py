"""Questions in SQL to tables in Parquet files, in a process that can do nothing else."""

from khue.domains.analysis.engine.parent import Engine, Fault, QueryFailed, Source
from khue.domains.analysis.engine.result import Column, Result, Type, digest

__all__ = ["Column", "Engine", "Fault", "QueryFailed", "Result", "Source", "Type", "digest"]
