"""Pseudonyms of a conversation: encrypted, shared by its calls, gone when they expire."""

from datetime import timedelta

import pytest

from khue.gateway.models import Pseudonyms
from khue.gateway.privacy import Mask, vault
from khue.kernel import clock
from khue.kernel.models import uuid7

pytestmark = pytest.mark.django_db
SAID = "Ông Nguyễn Văn An, CCCD 079185012345"


def kept(conversation, text=SAID):
    mask = Mask.open(conversation)
    hidden = mask.hide(text)
    mask.save()
    return hidden


def test_a_conversation_goes_on_with_its_pseudonyms():
    conversation = uuid7()
    hidden = kept(conversation)
    later = Mask.open(conversation)
    assert later.hide("ông Nguyễn Văn An và bà Lê Thị Chi") == "ông [NGƯỜI_1] và bà [NGƯỜI_2]"
    assert later.restore(hidden) == SAID


def test_another_conversation_knows_nothing_of_it():
    hidden = kept(uuid7())
    assert Mask.open(uuid7()).restore(hidden) == hidden


def test_what_is_kept_is_not_readable():
    kept(uuid7())
    sealed = bytes(Pseudonyms.objects.get().sealed)
    assert "Nguyễn".encode() not in sealed and b"079185012345" not in sealed


def test_a_changed_or_moved_row_is_refused():
    mine, other = uuid7(), uuid7()
    kept(mine)
    Pseudonyms.objects.update(conversation_id=other)
    with pytest.raises(vault.VaultNotReadable):
        Mask.open(other)


def test_what_has_expired_is_not_known_and_then_not_there():
    conversation = uuid7()
    hidden = kept(conversation)
    Pseudonyms.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert Mask.open(conversation).restore(hidden) == hidden
    assert vault.forget_expired() == 1 and not Pseudonyms.objects.exists()


def test_two_calls_at_once_both_keep_theirs():
    conversation = uuid7()
    one, two = Mask.open(conversation), Mask.open(conversation)
    assert one.hide("ông Nguyễn Văn An") == two.hide("bà Lê Thị Chi").replace("bà", "ông") == "ông [NGƯỜI_1]"
    one.save()
    two.save()
    assert one.restore("[NGƯỜI_1]") == "Nguyễn Văn An" and two.restore("[NGƯỜI_1]") == "Lê Thị Chi"
    after = Mask.open(conversation)
    assert after.hide("ông Nguyễn Văn An và bà Lê Thị Chi") == "ông [NGƯỜI_1] và bà [NGƯỜI_2]"
