"""Invitations by e-mail: each once, in the person's language, with a code that opens their account."""

import re

import pytest
from django.test import Client

from khue.domains.academy.actions import enrolments, invitations
from khue.domains.academy.actions.invitations import NoMailServer, NothingToSend
from khue.domains.academy.models import InvitationLetter
from khue.domains.academy.rules.invitations import TRIES, LetterState
from khue.domains.people.api import actor_of
from khue.domains.people.models import Invitation, Person
from khue.gateway.mail import Why
from khue.gateway.tests.mail_server import mail_server
from khue.kernel import jobs
from khue.kernel.errors import NotAllowed

LINK = "http://khue.example/join/"
ROWS = "Đỗ Thị Đào,dao@x.example,Huế\nHồ Gia Bảo,bao@x.example,Huế\nLý Tự Do,,Huế"


@pytest.fixture
def server(settings):
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def cohort(cohort):
    octets = f"Họ và tên,Email,Tỉnh\n{ROWS}".encode()
    enrolments.take(by=None, cohort=cohort, octets=octets, name="list.csv")
    return cohort


def deliver_all():
    for letter in InvitationLetter.objects.filter(state=LetterState.WAITING):
        invitations.deliver(letter.pk)


def parts(letter):
    return [part.get_content() for part in letter.iter_parts()]


def of(address):
    return InvitationLetter.objects.filter(address=address).first()


def test_everybody_with_an_address_gets_one_letter(server, cohort):
    assert invitations.send_all(by=None, cohort=cohort, link=LINK) == 2
    deliver_all()
    assert sorted(letter["to"] for letter in server.letters) == ["bao@x.example", "dao@x.example"]
    assert {letter.state for letter in InvitationLetter.objects.all()} == {LetterState.SENT}


def test_the_code_of_the_letter_opens_the_account(server, cohort):
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    deliver_all()
    letter = next(letter for letter in server.letters if letter["to"] == "dao@x.example")
    text, page = parts(letter)
    (code,) = re.findall(r"/join/#([a-z0-9-]{14})", text)
    assert f"{LINK}#{code}" in page and "do.thi.dao" in text
    visitor = Client()
    assert visitor.post("/join/", {"code": code}).status_code == 302
    assert visitor.session["_auth_user_id"] == str(Person.objects.get(email="dao@x.example").pk)


def test_it_speaks_the_language_of_the_person(server, cohort):
    Person.objects.filter(email="dao@x.example").update(language="fr")
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    deliver_all()
    texts = {letter["to"]: parts(letter) for letter in server.letters}
    assert 'lang="fr"' in texts["dao@x.example"][1] and 'lang="vi"' in texts["bao@x.example"][1]


def test_the_same_form_sent_twice_sends_one_letter(server, cohort):
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    with pytest.raises(NothingToSend):
        invitations.send_all(by=None, cohort=cohort, link=LINK)
    enrolment = cohort.enrolments.get(person__email="dao@x.example")
    first = invitations.send_again(by=None, enrolment=enrolment, link=LINK)
    assert invitations.send_again(by=None, enrolment=enrolment, link=LINK) == first
    deliver_all()
    assert len(server.letters) == 2


def test_a_job_that_runs_twice_sends_once(server, cohort):
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    letter = of("dao@x.example")
    invitations.deliver(letter.pk)
    invitations.deliver(letter.pk)
    assert len(server.letters) == 1


def test_what_a_killed_worker_had_in_hand_is_for_a_person_to_decide(server, cohort):
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    InvitationLetter.objects.filter(address="dao@x.example").update(state=LetterState.SENDING)
    invitations.deliver(of("dao@x.example").pk)
    assert (of("dao@x.example").state, of("dao@x.example").why) == (LetterState.FAILED, Why.UNKNOWN)
    assert server.letters == []


def test_a_refused_address_is_said_and_sent_again_after_correction(server, cohort):
    server.answers["dao@"] = "550 No such user"
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    deliver_all()
    assert (of("dao@x.example").state, of("dao@x.example").said) == (LetterState.FAILED, "No such user")
    Person.objects.filter(email="dao@x.example").update(email="dao.moi@x.example")
    enrolment = cohort.enrolments.get(person__email="dao.moi@x.example")
    invitations.send_again(by=None, enrolment=enrolment, link=LINK)
    deliver_all()
    assert sorted(letter["to"] for letter in server.letters) == ["bao@x.example", "dao.moi@x.example"]


def test_who_was_refused_is_among_those_not_invited_yet(server, cohort):
    server.answers["dao@"] = "550 No such user"
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    deliver_all()
    assert invitations.send_all(by=None, cohort=cohort, link=LINK) == 1


def test_a_busy_server_is_asked_again_and_not_for_ever(server, cohort):
    server.answers["dao@"] = "451 Greylisted"
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    letter = of("dao@x.example")
    for _try in range(TRIES - 1):
        invitations.deliver(letter.pk)
        assert of("dao@x.example").state == LetterState.WAITING
    invitations.deliver(letter.pk)
    assert (of("dao@x.example").state, of("dao@x.example").why) == (LetterState.FAILED, Why.BUSY)


def test_no_code_is_kept_anywhere(server, cohort):
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    deliver_all()
    (code,) = re.findall(r"/join/#([a-z0-9-]{14})", parts(server.letters[0])[0])
    kept = [str(row) for table in (InvitationLetter, Invitation) for row in table.objects.values()]
    assert not any(code in row for row in kept)


def test_who_has_an_account_is_told_to_sign_in(server, cohort, cast):
    octets = f"Họ và tên,Email\nAn,{cast.an.email}\n".encode()
    enrolments.take(by=None, cohort=cohort, octets=octets, name="list.csv")
    invitations.send_again(by=None, enrolment=cohort.enrolments.get(person=cast.an), link=LINK)
    deliver_all()
    text = parts(server.letters[0])[0]
    assert "/join/" not in text and "http://khue.example/" in text


def test_without_a_mail_server_the_page_says_to_print(settings, cohort):
    settings.EMAIL_HOST = ""
    with pytest.raises(NoMailServer, match="Print"):
        invitations.send_all(by=None, cohort=cohort, link=LINK)


def test_only_those_who_run_the_cohort_invite(server, cohort, cast):
    with pytest.raises(NotAllowed):
        invitations.send_all(by=actor_of(cast.an.pk), cohort=cohort, link=LINK)


def test_the_page_shows_per_person_what_came_of_it(server, cohort, cast):
    server.answers["dao@"] = "550 No such user"
    chi = Client()
    chi.force_login(cast.chi, backend="khue.domains.people.adapters.PasswordBackend")
    page = f"/learn/cohorts/{cohort.pk}/"
    chi.post(f"{page}letters/")
    deliver_all()
    shown = chi.get(page).text
    assert "dao@x.example" in shown and "No such user" in shown
    server.answers.clear()
    dao = cohort.enrolments.get(person__email="dao@x.example")
    chi.post(f"{page}letters/{dao.pk}/")
    deliver_all()
    assert len(server.letters) == 2 and "No such user" not in chi.get(page).text


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_them(server, cohort):
    invitations.send_all(by=None, cohort=cohort, link=LINK)
    jobs.work(at_once=1, until_empty=True)
    assert len(server.letters) == 2
