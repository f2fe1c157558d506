"""What time it is: aware times in UTC for records, dates as the installation's time zone sees them."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return timezone.localdate()
