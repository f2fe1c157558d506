"""What figures a report gives: of which indicator, unit of administration and period, with unit of measure, where."""
