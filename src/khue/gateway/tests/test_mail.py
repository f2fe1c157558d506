"""Letters to a real mail server on this machine: taken, refused, put off, or nobody knows."""

from email.header import decode_header, make_header

import pytest

from khue.gateway import mail
from khue.gateway.egress.allowed import Service, of_settings
from khue.gateway.mail import Letter, NotSent, Why
from khue.gateway.tests.mail_server import mail_server

LETTER = Letter("an@song-thanh.example", "Thư mời: Khóa 1", "Chào An", "<p>Chào An</p>", "0190aa")


@pytest.fixture
def server(settings):
    with mail_server(settings) as running:
        yield running


def why(letter=LETTER):
    with pytest.raises(NotSent) as failure:
        mail.send(letter)
    return failure.value.why, failure.value.said


def test_a_letter_arrives_as_text_and_as_a_page(server):
    mail.send(LETTER)
    (letter,) = server.letters
    assert str(make_header(decode_header(letter["subject"]))) == "Thư mời: Khóa 1"
    assert letter["message-id"] == "<0190aa@khue-van.example>" and letter["auto-submitted"] == "auto-generated"
    assert [part.get_content().strip() for part in letter.iter_parts()] == ["Chào An", "<p>Chào An</p>"]


def test_no_line_of_a_subject_becomes_a_heading_of_its_own(server):
    mail.send(Letter("an@x.example", "Khóa\nBcc: moi-nguoi@x.example", "t", "h", "1"))
    assert server.letters[0]["bcc"] is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("550 5.1.1 No such user", (Why.REFUSED, "5.1.1 No such user")),
        ("451 4.7.1 Try later", (Why.BUSY, "4.7.1 Try later")),
    ],
)
def test_what_the_server_says_decides_whether_to_try_again(server, answer, expected):
    server.answers["an@"] = answer
    assert why() == expected and server.letters == []
    assert (expected[0] in mail.LATER) == answer.startswith("4")


def test_a_line_that_drops_with_the_letter_leaves_it_open(server):
    server.answers["an@"] = ""
    assert why()[0] is Why.UNKNOWN
    assert Why.UNKNOWN not in mail.LATER


def test_nobody_answers(server, settings):
    server.shutdown()
    server.server_close()
    assert why()[0] is Why.UNREACHABLE


def test_a_password_is_never_sent_in_clear_where_a_safe_line_was_asked_for(server, settings):
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = True, "khue", "bí mật"
    assert why()[0] is Why.UNREACHABLE
    assert server.letters == []


def test_without_a_server_nothing_is_sent(settings):
    settings.EMAIL_HOST = ""
    assert why()[0] is Why.NOT_SET_UP


def test_the_mail_server_is_among_what_may_be_reached(server):
    assert Service("127.0.0.1", server.port) in of_settings().services
