"""Which mail server, and whose name mail bears: read from the environment, refused in words."""

import os
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from mizban.lib.identifiers import email
from mizban.lib.identifiers.malformed import Malformed

from .instance import InstanceError

# scheme → usual port, TLS from the first byte, STARTTLS
WAYS = {"smtp": (25, False, False), "smtp+tls": (587, False, True), "smtps": (465, True, False)}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Django's EMAIL_* settings in words; `sender` is empty where no mail is sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_tls: bool = False
    starts_tls: bool = False
    sender: str = ""


def mail_server(name: str, sender: str) -> MailServer:
    """The server that the variable `name` says; none where it is not set. Raises InstanceError."""
    address = os.environ.get(name, "").strip()
    if not address:
        return MailServer()
    try:
        parts = urlsplit(address)
        port, is_tls, starts_tls = WAYS[parts.scheme]
        if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError
        port = parts.port or port
    except (KeyError, ValueError) as fault:
        # The address may hold a password: it is not repeated.
        raise InstanceError(
            f"{name} is no mail server: write smtp://host:25, smtp+tls://user:password@host:587 or "
            "smtps://user:password@host:465; special characters of the password as %40."
        ) from fault
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, user, password, is_tls, starts_tls, _sender(sender))


def _sender(name: str) -> str:
    try:
        return email.parse(os.environ.get(name, ""))
    except Malformed as fault:
        raise InstanceError(
            f"{name}: mail needs an address to come from, for example khabar@example.ir."
        ) from fault
