"""Databases elsewhere that may be read: named by the administrator, opened here, read and never written."""
