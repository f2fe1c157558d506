"""Addresses under /work/reports/."""

app_name = "synthesis"
urlpatterns = []  # type: ignore[var-annotated]
