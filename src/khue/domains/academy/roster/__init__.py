"""A list of participants as a spreadsheet: read, understood, checked; no tables of ours."""
