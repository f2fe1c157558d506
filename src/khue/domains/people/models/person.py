"""A person's account and preferences."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from khue.domains.people.rules import plain
from khue.kernel.models import uuid7


class Theme(models.TextChoices):
    SYSTEM = "system", _("As on this device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Person(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(max_length=5, blank=True)
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    # the organisation in which the person is working now; one of the memberships or below one
    working_in = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # set while the password is one that somebody else has seen; it must be changed at the next sign-in, before then
    password_expires_at = models.DateTimeField(null=True, blank=True)
    # an account with a published password; refused unless the server listens on loopback
    is_demo = models.BooleanField(default=False)
    # name, username and e-mail without diacritics; kept by save()
    search_text = models.CharField(_("name"), max_length=600, blank=True, editable=False)

    objects: ClassVar[UserManager[Self]] = UserManager()

    class Meta(AbstractUser.Meta):
        ordering = ["full_name", "username"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="one_person_per_username"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_person_per_email"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        self.search_text = plain(f"{self.full_name} {self.username} {self.email}")
        super().save(*args, **kwargs)
