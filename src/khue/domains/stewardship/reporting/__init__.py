"""The sovereignty report: its period, its figures, its bars. Plain Python."""
