"""What was found as documents of the decree: the report (báo cáo) and the minutes (biên bản)."""
