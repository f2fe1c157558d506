"""Checks of a document whose elements were found, one module for each kind of rule."""
