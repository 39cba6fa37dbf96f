"""The steps that are measured, as requests to one running site."""

import random
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .client import Asked, Browser

CLERK = "babak"
OFFICE = "markazi-roads"
APPLY = f"/{OFFICE}/services/service-desk/apply/"
QUEUE = f"/desk/{OFFICE}/"
TEXT = ("پروانهٔ ساخت من چهار ماه است که در کمیسیون مانده است. " * 8)[:300]
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CASE = re.compile(r"/cases/(\d{12})/")
_AGREED = re.compile(r'name="(agreed_\d+)"')


@dataclass(frozen=True, slots=True)
class Site:
    """What visitors of an installation know: codes with passwords, cookies of both doors, a CSRF token, open cases."""

    keys: Sequence[tuple[str, str]]
    cookies: dict[str, str]
    csrf: str
    cases: Sequence[str] = ()
    agreed: str = ""


def visit(port: int, keys: Sequence[tuple[str, str]], password: str) -> Site:
    """Open the form once, sign the clerk in, and see which cases stand in the queue."""
    browser = Browser(port)
    form = browser.ask(Asked(APPLY))
    text, cookie = form.body.decode(), form.cookies
    csrf = _found(_TOKEN, text)
    signed_in = _sign_in(browser, password)
    rows = browser.ask(Asked(QUEUE, cookies=signed_in)).body.decode()
    review = browser.ask(review_of(Site(keys, {"portal": cookie}, csrf)))
    browser.close()
    return Site(
        keys,
        {"portal": cookie, "desk": signed_in},
        csrf,
        cases=codes_on(rows),
        agreed=agreed_on(review.body.decode()),
    )


def codes_on(queue: str) -> list[str]:
    """The codes of the cases on a page of the queue."""
    return _CASE.findall(queue)


def review_of(site: Site) -> Asked:
    """The filled form, not filed yet."""
    return _submit(site, intent="review")


def agreed_on(review: str) -> str:
    """What the review asks to be ticked: the agreement in force; empty without one."""
    found = _AGREED.search(review)
    return found[1] if found else ""


def _sign_in(browser: Browser, password: str) -> str:
    page = browser.ask(Asked("/desk/sign-in/"))
    form = {
        "username": CLERK,
        "password": password,
        "csrfmiddlewaretoken": _found(_TOKEN, page.body.decode()),
    }
    return browser.ask(Asked("/desk/sign-in/", form, cookies=page.cookies)).cookies


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found, f"{pattern.pattern} is not on the page"
    return found[1]


def _home(_site: Site) -> Asked:
    return Asked("/", holds=f"/{OFFICE}/".encode())


def _form(site: Site) -> Asked:
    return Asked(APPLY, cookies=site.cookies["portal"], holds=b'name="applicant_name"')


def _submit(site: Site, *, intent: str = "file") -> Asked:
    form = {
        "csrfmiddlewaretoken": site.csrf,
        "token": secrets.token_urlsafe(16),
        "intent": intent,
        "applicant_kind": "natural",
        "applicant_name": "مریم رضایی",
        "applicant_identifier": "۱۳۶۷۴۵۸۲۱۸",
        "applicant_mobile": "۰۹۱۴۱۲۳۴۵۶۷",
        "department": "housing",
        "kind": "request",
        "text": TEXT,
        "true": "yes",
        **({site.agreed: "yes"} if site.agreed else {}),
    }
    return Asked(APPLY, form, cookies=site.cookies["portal"], status=303 if intent == "file" else 200)


def _track(site: Site) -> Asked:
    code, password = random.choice(site.keys)  # noqa: S311  # which one is looked at is no secret
    form = {"csrfmiddlewaretoken": site.csrf, "code": code, "password": password}
    return Asked("/track/", form, cookies=site.cookies["portal"])


def _queue(site: Site) -> Asked:
    return Asked(QUEUE, cookies=site.cookies["desk"], holds=b"<td")


def _case(site: Site) -> Asked:
    code = random.choice(site.cases)  # noqa: S311  # same
    return Asked(f"{QUEUE}cases/{code}/", cookies=site.cookies["desk"], holds=b"<h1")


STEPS: dict[str, Callable[[Site], Asked]] = {
    "home": _home,
    "form": _form,
    "submit": _submit,
    "track": _track,
    "queue": _queue,
    "case": _case,
}
