"""A mail server to talk to: takes letters, or answers as it is told (RFC 5321). Speaks to one client at a time."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """`answers`: the beginning of an address → what is answered to it, such as "550 5.1.1 No such user"; "" hangs up
    once the letter is there."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 mail.example")
        hangs_up = False
        for raw in self.rfile:
            verb, _space, rest = raw.decode().strip().partition(" ")
            if verb.upper() == "QUIT":
                return self.say("221 Bye")
            if verb.upper() == "RCPT":
                answer = self._answer(rest)
                hangs_up = answer == ""
                self.say(answer or "250 OK")
            elif verb.upper() == "DATA":
                self.say("354 Go on")
                letter = self._letter()
                if hangs_up:
                    return None
                self.server.letters.append(letter)
                self.say("250 Taken")
            else:
                self.say("250 mail.example")
        return None

    def _answer(self, rest: str) -> str:
        address = rest.partition("<")[2]
        return next((said for start, said in self.server.answers.items() if address.startswith(start)), "250 OK")

    def _letter(self) -> Any:
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw[1:] if raw.startswith(b".") else raw)
        return message_from_bytes(b"".join(lines), policy=policy.default)


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """With the settings that lead to it."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 5
        settings.DEFAULT_FROM_EMAIL = "Học viện Khuê Văn <dao-tao@khue-van.example>"
        yield server
        server.shutdown()
