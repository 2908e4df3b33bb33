"""Handing mails to an SMTP server: any that takes them over TLS."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from casework.errors import Unavailable
from casework.settings import Settings

PATIENCE_S = 20
SUBMISSION, OVER_TLS = 587, 465


@dataclass(frozen=True, slots=True)
class Post:
    """Where mails are handed in, and in whose name."""

    host: str
    port: int
    sender: str
    over_tls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def post_of(chosen: Settings) -> Post | None:
    """Read from the settings where mails are handed in; `None`: nobody is written to.

    Raises
    ------
    Unavailable
        If what is set cannot be used; the message says what to do.
    """
    if chosen.smtp is None:
        return None
    parts = urlsplit(chosen.smtp)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or not chosen.mail_from:
        raise Unavailable(
            "REUNIR_SMTP is smtp://user@host:587 or smtps://user@host:465, and "
            "REUNIR_MAIL_FROM the address that mails come from."
        )
    over_tls = parts.scheme == "smtps"
    secret = chosen.smtp_password_file
    return Post(
        host=parts.hostname,
        port=parts.port or (OVER_TLS if over_tls else SUBMISSION),
        sender=chosen.mail_from,
        over_tls=over_tls,
        user=unquote(parts.username or ""),
        password=secret.read_text(encoding="utf-8").strip() if secret else "",
    )


@contextmanager
def opened(post: Post) -> Iterator[smtplib.SMTP]:
    """Speak with the server, never in clear but on this very machine."""
    safely = ssl.create_default_context()
    if post.over_tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            post.host, post.port, timeout=PATIENCE_S, context=safely
        )
    else:
        server = smtplib.SMTP(post.host, post.port, timeout=PATIENCE_S)
    with server:
        if not post.over_tls and not _is_this_machine(post.host):
            server.starttls(context=safely)
        if post.user:
            server.login(post.user, post.password)
        yield server


def letter(post: Post, to: str, subject: str, words: str, *, at: object) -> EmailMessage:
    """Write a mail that no machine answers."""
    mail = EmailMessage()
    mail["From"] = post.sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)  # type: ignore[arg-type]
    mail["Message-ID"] = make_msgid(domain=post.sender.rpartition("@")[2].rstrip(">"))
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(words)
    return mail


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
