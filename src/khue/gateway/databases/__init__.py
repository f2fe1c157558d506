"""Databases elsewhere that may be read: named by the administrator, opened here, read and never written."""

from khue.gateway.databases.file import Database, DatabasesUnusable
from khue.gateway.databases.reading import Column, DatabaseFault, Reading, RemoteTable, opened

__all__ = ["Column", "Database", "DatabaseFault", "DatabasesUnusable", "Reading", "RemoteTable", "opened"]
