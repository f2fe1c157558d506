"""Texts of the organisation to begin from."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from khue.domains.drafting.actions import drafts
from khue.domains.drafting.models import Draft, Template
from khue.domains.drafting.permissions import can_keep_books
from khue.domains.drafting.queries import templates as queries
from khue.domains.people.api import Actor
from khue.gateway.classes import DataClass
from khue.kernel.errors import NotAllowed, UserError

# of one matter only, so they do not go into a template
OWN = {"number": None, "date": None}


class NameTaken(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("Your organisation has a template of this name. Choose another name."))


def save(*, by: Actor, draft: Draft, name: str) -> Template:
    """The draft as the organisation's template. What is personal stays out: a text of a class above internal is
    refused. Raises NotAllowed, NameTaken, UserError."""
    if draft.data_class > DataClass.INTERNAL:
        raise UserError(gettext_lazy("It holds data above “internal”. Make a copy, take them out, and save that."))
    content = draft.content | OWN
    try:
        with transaction.atomic():
            return Template.objects.create(
                organisation_id=by.organisation_id,
                by_id=by.person_id,
                name=name.strip()[:200],
                content=content,
                data_class=draft.data_class,
            )
    except IntegrityError:
        raise NameTaken from None


def begin(*, by: Actor, template: queries.Shown) -> Draft:
    """A draft of one's own from it. Raises NotAllowed, drafts.NotValid."""
    return drafts.begin(by=by, content=template.content)


def delete(*, by: Actor, template: Template) -> None:
    """Who saved it, and the office. Raises NotAllowed."""
    if template.by_id != by.person_id and not can_keep_books(by):
        raise NotAllowed(gettext_lazy("A template is deleted by who saved it, or by the office."))
    template.delete()
