"""A refusal that a page did not catch is still said in its own words."""

from django.test import RequestFactory

from khue.kernel.errors import NotAllowed, UserError
from khue.ui.middleware import RefusalMiddleware


def said(error, rf=RequestFactory()):
    return RefusalMiddleware(lambda request: None).process_exception(rf.get("/"), error)


def test_what_is_not_allowed_is_a_403_with_its_words():
    reply = said(NotAllowed("Ask a lecturer."))
    assert reply.status_code == 403 and "Ask a lecturer." in reply.content.decode()


def test_any_other_refusal_is_a_400():
    reply = said(UserError("Give it a name."))
    assert reply.status_code == 400 and "Give it a name." in reply.content.decode()


def test_a_fault_of_ours_is_not_dressed_up():
    assert said(ValueError("bug")) is None
