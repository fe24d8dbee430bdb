"""A real mail server in a thread, which takes what it is sent, or misbehaves as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session as SmtpSession
from flask import Flask


@dataclass
class PostOffice:
    """What has come in, and what is to be said to whom.

    Attributes:
        taken: Every e-mail that was taken, in order.
        refuses: What to answer a recipient, once each time it is asked.
        hangs_up_on_text: Take the text and close the connection without an answer.
        hangs_up_on_sender: Close the connection before there is any text.
    """

    taken: list[EmailMessage] = field(default_factory=list)
    refuses: dict[str, list[str]] = field(default_factory=dict)
    hangs_up_on_text: bool = False
    hangs_up_on_sender: bool = False

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, _session: SmtpSession, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take the sender."""
        if self.hangs_up_on_sender:
            hang_up(server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: SmtpSession, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take a recipient, or refuse it as told."""
        if self.refuses.get(address):
            return self.refuses[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: SmtpSession, envelope: Envelope
    ) -> str:
        """Take the text."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=policy.default))
        if self.hangs_up_on_text:
            hang_up(server)
        return "250 OK"

    def addressed(self) -> list[str]:
        """Return whom the taken e-mails are for, in order."""
        return [str(letter["To"]) for letter in self.taken]

    def texts(self) -> list[str]:
        """Return what the taken e-mails say, in order."""
        return [letter.get_content() for letter in self.taken]


def hang_up(server: SMTP) -> None:
    """Close a connection without a word."""
    assert server.transport is not None
    server.transport.close()


class AnyPort(Controller):
    """A controller that lets the machine choose the port."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def open_office(app: Flask, **options: Any) -> Iterator[PostOffice]:
    """Run a mail server on a port of its own, and tell the application of it."""
    office = PostOffice()
    controller = AnyPort(office, hostname="127.0.0.1", port=0, **options)
    controller.start()
    tell_of_it(app, controller.port)
    try:
        yield office
    finally:
        controller.stop()


def tell_of_it(app: Flask, port: int, **settings: object) -> None:
    """Set what the application needs to send e-mails."""
    app.config.update(
        FCR_PUBLIC_URL="https://fcr.force.example",
        FCR_SMTP_HOST="127.0.0.1",
        FCR_SMTP_PORT=port,
        FCR_SMTP_STARTTLS=False,
        FCR_SMTP_USER="",
        FCR_SMTP_PASSWORD="",
        FCR_MAIL_FROM="FCR Casework <no-reply@force.example>",
        **settings,
    )


def knows(user: str, password: str) -> Any:
    """Return what checks a name and a password."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, said: Any) -> Any:
        known = isinstance(said, LoginPassword) and said == LoginPassword(
            user.encode(), password.encode()
        )
        return AuthResult(success=known, handled=known)

    return check
