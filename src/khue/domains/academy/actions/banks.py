"""Banks of items: adding, revising, taking out, bringing in from a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.quizzes import put
from khue.domains.academy.interchange.checking import comparable
from khue.domains.academy.interchange.paper import Problem, Read
from khue.domains.academy.models import Bank, BankItem
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.quizzes import check_can_keep_quizzes
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.items import Item
from khue.kernel.errors import UserError


class KeyTaken(UserError):
    """Another item of the bank has this key."""


@dataclass(frozen=True)
class BroughtIn:
    added: list[str]
    updated: list[str]
    unchanged: list[str]
    problems: Sequence[Problem]


def add(*, by: By, bank: Bank, item: Item) -> BankItem:
    """Raises KeyTaken."""
    check_can_keep_quizzes(by, bank.organisation_id)
    if bank.items.filter(key=item.key).exists():
        raise KeyTaken(_("There is already a question with the key “%(key)s”. Choose another.") % {"key": item.key})
    return put(bank, [item], by=by)[0]


@transaction.atomic
def revise(*, by: By, bank_item: BankItem, item: Item) -> BankItem:
    """The item as it is from now on. What somebody has answered stays as it was: then this is a new revision."""
    check_can_keep_quizzes(by, bank_item.bank.organisation_id)
    current = BankItem.objects.select_for_update().get(bank=bank_item.bank_id, key=bank_item.key, is_current=True)
    content = notation.mapping(item) | {"key": current.key}
    if content == current.content:
        return current
    if not current.answers.exists():
        current.content, current.kind = content, item.kind.value
        current.save(update_fields=["content", "kind", "updated_at"])
        return current
    current.is_current = False
    current.save(update_fields=["is_current", "updated_at"])
    return BankItem.objects.create(
        bank=current.bank,
        key=current.key,
        revision=current.revision + 1,
        kind=item.kind.value,
        content=content,
        position=current.position,
        made_by_id=by.person_id if by else None,
    )


@transaction.atomic
def take_out(*, by: By, bank_item: BankItem) -> None:
    """No new attempt draws it; what was answered stays. What nobody answered is gone."""
    check_can_keep_quizzes(by, bank_item.bank.organisation_id)
    if bank_item.answers.exists():
        BankItem.objects.filter(pk=bank_item.pk).update(is_current=False)
    else:
        bank_item.delete()


@transaction.atomic
def bring_in(*, by: By, bank: Bank, read: Read) -> BroughtIn:
    """Items of a file: a new key is added, a known one revised; the same file again changes nothing."""
    check_can_keep_quizzes(by, bank.organisation_id)
    there = {found.key: found for found in bank.items.filter(is_current=True)}
    added, updated, unchanged = [], [], []
    for item in read.paper.items:
        if item.key not in there:
            added.append(item)
        elif _is_same(there[item.key], item):
            unchanged.append(item.key)
        else:
            revise(by=by, bank_item=there[item.key], item=item)
            updated.append(item.key)
    put(bank, added, by=by)
    return BroughtIn([item.key for item in added], updated, unchanged, read.problems)


def _is_same(there: BankItem, item: Item) -> bool:
    """In the language of the file; what other languages say is not in it."""
    language = next(iter(item.prompt))
    return comparable(there.item, language) == comparable(item, language)
