"""What the service needs to be told, read once from the environment.

With nothing set it runs on an embedded SQLite database in the ``instance`` folder and keeps a
secret key of its own there. With any other database every secret must be given: a service that
holds real cases never starts on a guessed or default one.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Self

#: Holds the embedded database and the generated key. Git ignores it.
INSTANCE = Path(__file__).resolve().parent / "instance"

SHORTEST_SECRET_KEY = 32
LARGEST_UPLOAD_BYTES = 20 * 1024 * 1024
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
_PUBLIC_URL = re.compile(r"https?://[^/\s?#]+(/[^\s?#]*)?")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class ConfigurationMissing(Exception):
    """A setting is missing or unusable. The message says which, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting of the service."""

    database_url: str
    secret_key: str = field(repr=False)
    #: Send the session cookie over HTTPS only.
    cookie_secure: bool
    #: Sign a person out after this long without a request.
    session_idle_minutes: int = 30
    #: Sign a person out this long after signing in, however busy they are.
    session_absolute_hours: int = 12
    #: How long before an idle sign-out the page says so.
    session_warning_minutes: int = 2
    #: Where people reach the service, for the links in e-mails. Without a slash at the end.
    public_url: str = ""
    #: The mail server. Without one nothing is sent by e-mail.
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_starttls: bool = True
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    #: Who e-mails are from: an address, or a name with an address.
    mail_from: str = ""
    #: How many proxies in front of us may be believed about the client's address and scheme.
    proxy_hops: int = 0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, instance: Path = INSTANCE) -> Self:
        """Read the settings, and refuse to start rather than guess a secret.

        Raises:
            ConfigurationMissing: A setting is missing or can't be used.
        """
        given_url = environ.get("DATABASE_URL", "")
        database_url = given_url or f"sqlite:///{instance / 'fcr.sqlite3'}"
        if not database_url.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
            raise ConfigurationMissing(
                "DATABASE_URL must begin with postgresql: or sqlite: because those are the two "
                "databases this service runs on."
            )
        embedded = database_url.startswith("sqlite:")
        if embedded:
            instance.mkdir(parents=True, exist_ok=True)
        return cls(
            database_url=database_url,
            secret_key=_secret_key(environ, instance, may_generate=embedded),
            # The embedded default is served without HTTPS, to one person on one machine.
            cookie_secure=_yes_or_no(environ, "FCR_COOKIE_SECURE", default=bool(given_url)),
            session_idle_minutes=_whole_number(environ, "FCR_SESSION_IDLE_MINUTES", 30, least=1),
            session_absolute_hours=_whole_number(
                environ, "FCR_SESSION_ABSOLUTE_HOURS", 12, least=1
            ),
            session_warning_minutes=_whole_number(
                environ, "FCR_SESSION_WARNING_MINUTES", 2, least=0
            ),
            proxy_hops=_whole_number(environ, "FCR_PROXY_HOPS", 0, least=0),
            **_mail(environ),
        )

    def as_mapping(self) -> Mapping[str, object]:
        """Return the settings under the names that Flask and its extensions read."""
        return {
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            # A connection the database has dropped is replaced, not handed to a request. An error
            # never quotes the values of its statement, which may name victims.
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True, "hide_parameters": True},
            "SECRET_KEY": self.secret_key,
            "SESSION_COOKIE_NAME": "fcr_session",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.cookie_secure,
            # A form left open lasts as long as the session does, and no longer.
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": LARGEST_UPLOAD_BYTES,
            "FCR_SESSION_IDLE_MINUTES": self.session_idle_minutes,
            "FCR_SESSION_ABSOLUTE_HOURS": self.session_absolute_hours,
            "FCR_SESSION_WARNING_MINUTES": self.session_warning_minutes,
            "FCR_PROXY_HOPS": self.proxy_hops,
            "FCR_PUBLIC_URL": self.public_url,
            "FCR_SMTP_HOST": self.smtp_host,
            "FCR_SMTP_PORT": self.smtp_port,
            "FCR_SMTP_STARTTLS": self.smtp_starttls,
            "FCR_SMTP_USER": self.smtp_user,
            "FCR_SMTP_PASSWORD": self.smtp_password,
            "FCR_MAIL_FROM": self.mail_from,
        }


def _secret_key(environ: Mapping[str, str], instance: Path, *, may_generate: bool) -> str:
    """Find the key that signs sessions: given, in a named file, or (embedded only) our own."""
    given = _secret(environ, "SECRET_KEY")
    if not given and may_generate and not environ.get("SECRET_KEY_FILE"):
        given = _kept_key(instance / "secret_key")
    if len(given) < SHORTEST_SECRET_KEY:
        raise ConfigurationMissing(
            f"Set SECRET_KEY, or SECRET_KEY_FILE to the name of a file that holds it. It needs "
            f"{SHORTEST_SECRET_KEY} characters or more, and the same key in every process. To "
            f'make one: python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
    return given


def _secret(environ: Mapping[str, str], name: str) -> str:
    """Return a secret that is given, or that stands in a file whose name is given."""
    given, file = environ.get(name, ""), environ.get(f"{name}_FILE", "")
    if given or not file:
        return given
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationMissing(
            f"{name}_FILE names a file that can't be read: {file}"
        ) from error


def _mail(environ: Mapping[str, str]) -> dict[str, Any]:
    """Read how e-mails are sent. With a mail server, everything it takes must be there."""
    host, public_url = environ.get("FCR_SMTP_HOST", ""), environ.get("FCR_PUBLIC_URL", "")
    sender = environ.get("FCR_MAIL_FROM", "")
    if host and not _ADDRESS.fullmatch(parseaddr(sender)[1]):
        raise ConfigurationMissing(
            "Set FCR_MAIL_FROM to the address that e-mails come from, such as "
            "FCR Casework <no-reply@force.example>, or unset FCR_SMTP_HOST."
        )
    if (host or public_url) and not _PUBLIC_URL.fullmatch(public_url):
        raise ConfigurationMissing(
            "Set FCR_PUBLIC_URL to where people reach this service, such as "
            "https://fcr.force.example: e-mails link to it."
        )
    return {
        "public_url": public_url.rstrip("/"),
        "smtp_host": host,
        "smtp_port": _whole_number(environ, "FCR_SMTP_PORT", 587, least=1),
        "smtp_starttls": _yes_or_no(environ, "FCR_SMTP_STARTTLS", default=True),
        "smtp_user": environ.get("FCR_SMTP_USER", ""),
        "smtp_password": _secret(environ, "FCR_SMTP_PASSWORD"),
        "mail_from": sender,
    }


def _kept_key(path: Path) -> str:
    """Return the key kept in ``path``, made the first time it is asked for.

    The file appears whole or not at all, so two processes that start together share one key.
    """
    if not path.exists():
        # mkstemp makes the file readable by its owner alone.
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key is the key
        finally:
            Path(draft).unlink()
    return path.read_text(encoding="utf-8").strip()


def _whole_number(environ: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    text = environ.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or int(text) < least:
        raise ConfigurationMissing(f"{name} must be a whole number, {least} or more.")
    return int(text)


def _yes_or_no(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "").lower()
    if not text:
        return default
    if text not in YES | NO:
        raise ConfigurationMissing(f"{name} must be yes or no.")
    return text in YES
