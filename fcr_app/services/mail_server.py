"""Hands e-mails to a mail server. Only this module knows SMTP.

It tells apart what was refused, which may be tried again, and what nobody can say: a connection
that broke after the text had begun to go out. The server may have taken that one.
"""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid, parseaddr
from typing import Any, Self

from fcr_app.errors import MailInDoubt, MailRefused, MailServerSilent

#: Seconds that a mail server may take for one answer.
PATIENCE = 30
PERMANENT = 500


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where e-mails are handed in, and as whom."""

    host: str
    port: int
    starttls: bool
    user: str
    password: str = field(repr=False)
    sender: str
    public_url: str

    @property
    def domain(self) -> str:
        """The part of the sender's address after the @."""
        return parseaddr(self.sender)[1].rpartition("@")[2]

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Self | None:
        """Return the server that the settings name, or None if they name none."""
        if not settings.get("FCR_SMTP_HOST"):
            return None
        return cls(
            host=str(settings["FCR_SMTP_HOST"]),
            port=int(str(settings["FCR_SMTP_PORT"])),
            starttls=bool(settings["FCR_SMTP_STARTTLS"]),
            user=str(settings["FCR_SMTP_USER"]),
            password=str(settings["FCR_SMTP_PASSWORD"]),
            sender=str(settings["FCR_MAIL_FROM"]),
            public_url=str(settings["FCR_PUBLIC_URL"]),
        )

    @contextmanager
    def connected(self) -> Iterator["Connection"]:
        """Connect, prove who we are, and say goodbye afterwards.

        Raises:
            MailServerSilent: If it can't be reached or will not have us. Nothing was sent.
        """
        try:
            smtp = _Smtp(self.host, self.port, timeout=PATIENCE)
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerSilent(_kind(error)) from error
        try:
            try:
                if self.starttls:
                    smtp.starttls(context=ssl.create_default_context())
                if self.user:
                    smtp.login(self.user, self.password)
            except (OSError, smtplib.SMTPException) as error:
                raise MailServerSilent(_kind(error)) from error
            yield Connection(smtp)
        finally:
            smtp.goodbye()


class _Smtp(smtplib.SMTP):
    """Remembers whether a text had begun to go out."""

    text_began = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send the text."""
        self.text_began = True
        return super().data(msg)

    def goodbye(self) -> None:
        """Close the connection, politely if that is still possible."""
        try:
            self.quit()
        except (OSError, smtplib.SMTPException):
            self.close()


@dataclass(frozen=True)
class Connection:
    """A mail server that listens."""

    smtp: _Smtp

    def send(self, letter: EmailMessage) -> None:
        """Hand in one e-mail.

        Raises:
            MailRefused: The server said no: it has not taken it.
            MailServerSilent: The connection broke before the text went out: it has not taken it.
            MailInDoubt: The connection broke while the text went out: it may have taken it.
        """
        self.smtp.text_began = False
        try:
            self.smtp.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise MailRefused(_code(code), for_good=code >= PERMANENT) from error
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
            raise MailRefused(_code(code), for_good=code >= PERMANENT) from error
        except (smtplib.SMTPNotSupportedError, ValueError) as error:
            raise MailRefused(_kind(error), for_good=True) from error
        except (OSError, smtplib.SMTPException) as error:
            if self.smtp.text_began:
                raise MailInDoubt(_kind(error)) from error
            raise MailServerSilent(_kind(error)) from error


def email_message(
    server: MailServer, to: str, subject: str, text: str, message_id: str | None
) -> EmailMessage:
    """Put an e-mail together.

    Args:
        message_id: The same for the same message, so that mail programs can see a repetition;
            None for one that is never repeated.
    """
    letter = EmailMessage(policy=SMTP)
    letter["From"] = server.sender
    letter["To"] = to
    letter["Subject"] = subject
    letter["Message-ID"] = message_id or make_msgid(domain=server.domain)
    letter["Auto-Submitted"] = "auto-generated"  # or holiday notices would answer it
    letter.set_content(text)
    return letter


def _code(code: int) -> str:
    """Return what is kept of a refusal: its text may quote anything."""
    return f"The mail server refused it with code {code}."


def _kind(error: Exception) -> str:
    return type(error).__name__
