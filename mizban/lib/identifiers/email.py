"""E-mail addresses: the plain ones (RFC 5321 dot-strings in ASCII), which every mail server takes."""

import re

from ..text import ascii_digits
from .malformed import Malformed

LONGEST = 254
_ASKED = "نشانی را چنین بنویسید: maryam@example.ir"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>(?:{_LABEL}\.)+{_LABEL})")
_MARKS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def parse(text: str) -> str:
    """Return an address as it is written on a letter, its domain in small letters. Raises Malformed."""
    # A Persian keyboard types its own digits, and pasting brings marks nobody sees.
    typed = _MARKS.sub("", ascii_digits(text)).strip()
    if not typed:
        raise Malformed("required", f"نشانی ایمیل را بنویسید. {_ASKED}")
    found = _ADDRESS.fullmatch(typed) if len(typed) <= LONGEST else None
    if not found or len(found["local"]) > 64 or found["domain"].rsplit(".", 1)[-1].isdigit():
        raise Malformed("not-an-email", f"این نشانی ایمیل نیست یا نویسه‌ای کم و زیاد دارد. {_ASKED}")
    return f"{found['local']}@{found['domain'].lower()}"


def same(value: str) -> str:
    """What two spellings of one mailbox share: hardly any server tells large letters from small ones."""
    return value.lower()
