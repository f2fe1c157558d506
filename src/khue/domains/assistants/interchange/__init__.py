"""Test questions as a spreadsheet."""
