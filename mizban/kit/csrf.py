"""The hidden input of forms: made once a page however many forms it has, and masked quicker than Django does it.

The mask is what makes the token another text on every page, so that its length in compressed pages tells nothing.
Django draws it a letter at a time; here all of it is drawn at once. `CsrfViewMiddleware` reads both alike.
"""

from os import urandom
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from django.utils.functional import SimpleLazyObject
from markupsafe import Markup

LETTERS = CSRF_ALLOWED_CHARS
COUNT = len(LETTERS)
PLACES = {letter: place for place, letter in enumerate(LETTERS)}


def csrf_once(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `csrf_input` for the forms of a page; nothing is made on a page without forms."""
    return {"csrf_input": SimpleLazyObject(lambda: _input(request))}


def _input(request: HttpRequest) -> Markup:
    # The token is letters and digits: nothing in it needs escaping.
    return Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{_token(request)}">')  # noqa: S704  # see above


def _token(request: HttpRequest) -> str:
    """The masked secret of this browser; one without a secret is given one, by Django."""
    secret = request.META.get("CSRF_COOKIE", "")
    if len(secret) != CSRF_SECRET_LENGTH:
        return get_token(request)
    # As Django does: the cookie of whoever is shown a form begins to last anew.
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return masked(secret)


def masked(secret: str) -> str:
    """A mask of as many letters as the secret has, and the secret under it."""
    mask = [byte % COUNT for byte in urandom(len(secret))]
    under = [(PLACES[letter] + by) % COUNT for letter, by in zip(secret, mask, strict=True)]
    return "".join([LETTERS[place] for place in mask + under])
