"""The token in forms: another one on every page, and always the same secret under it."""

import pytest
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory

from mizban.kit.csrf import csrf_once, masked

SECRET, ANOTHER = "aB3" * 10 + "zZ", "bC4" * 10 + "yY"


def is_refused(token: str, secret: str) -> bool:
    """Whether Django refuses this token of a form in a browser with this secret."""
    request = RequestFactory().post("/", {"csrfmiddlewaretoken": token})
    request.COOKIES["csrftoken"] = secret
    guard = CsrfViewMiddleware(lambda _: HttpResponse())
    guard.process_request(request)
    return guard.process_view(request, lambda _: HttpResponse(), (), {}) is not None


@pytest.mark.django_db
def test_django_finds_the_secret_under_every_mask() -> None:
    tokens = {masked(SECRET) for _ in range(50)}
    assert len(tokens) == 50
    assert not any(is_refused(token, SECRET) for token in tokens)
    assert all(is_refused(token, ANOTHER) for token in tokens)


def test_a_visitor_without_a_secret_is_given_one_when_a_form_is_shown() -> None:
    request = RequestFactory().get("/")
    shown = csrf_once(request)["csrf_input"]
    assert "CSRF_COOKIE" not in request.META
    token = str(shown).split('value="')[1].split('"')[0]
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]
    assert not is_refused(token, request.META["CSRF_COOKIE"])
