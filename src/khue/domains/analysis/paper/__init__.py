"""Briefs as DOCX and PDF."""
