"""The name somebody signs in with, as it was typed."""

from django.http import HttpRequest

from mizban.lib.text import ascii_digits

LONGEST_NAME = 150


def name_typed(request: HttpRequest) -> str:
    """A user name as it is kept, from a Persian keyboard too; no database takes a NUL."""
    typed = request.POST.get("username", "")[:LONGEST_NAME]
    return ascii_digits(typed).replace("\0", "").strip()
