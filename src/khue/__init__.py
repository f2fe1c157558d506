"""Khuê: a self-hosted academy and AI workbench for public administration."""

__version__ = "0.1.0"
