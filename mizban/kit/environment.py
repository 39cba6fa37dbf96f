"""The Jinja environment of every page: filters, the few globals, and a refusal of misspelt names."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from mizban.core.agencies.provinces import PROVINCES
from mizban.lib.identifiers.plate import KINDS as PLATES

from .answers import as_plate, as_spoken, column_text
from .filters import FILTERS
from .page import Links, menu
from .qr import QUIET_ZONE, qr_squares
from .rendering import KitEnvironment
from .widgets import WIDGETS


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls to make the environment (`OPTIONS["environment"]`)."""
    # A misspelt name must not become a gap in a promise: what a template names is passed, or stands below.
    options |= {"undefined": StrictUndefined}
    # A plain dictionary (-1) holds the templates: the usual one notes which was used last, eight times a page.
    usual = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "cache_size": -1}
    made = KitEnvironment(**usual | options)
    made.filters.update(FILTERS)
    made.globals.update(TOOLS | page_defaults())

    @lru_cache(maxsize=2048)
    def kept(name: str, **facts: Any) -> Markup:
        return Markup(made.get_template(name).render(facts))  # noqa: S704  # what a template of ours escaped

    # A part of many pages, rendered once for the same (hashable) facts: the frame around them, empty questions.
    made.globals["kept"] = kept
    return made


@lru_cache(maxsize=4096)
def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page: `url("portal:service", agency.slug, service.slug)`.

    Kept, because it never changes while a process lives and a page has dozens.
    """
    return reverse(name, args=args, kwargs=kwargs)


@lru_cache(maxsize=256)
def asset(path: str) -> str:
    """The address of a static file, with the hash of its content."""
    return static(path)


ALPHABET = "ابپتثجدرزژسشصطعفقکگلمنوهی"
# What templates may call; all after `menu` is for the kit's own partials.
TOOLS: dict[str, Any] = {
    "static": asset,
    "url": url,
    "menu": menu,
    "as_spoken": as_spoken,
    "as_plate": as_plate,
    "widget_of": WIDGETS.__getitem__,
    "provinces": PROVINCES,
    "column_text": column_text,
    "plate_letters": sorted(PLATES, key=lambda letter: ALPHABET.find(letter[0]) % 99),
    "qr_squares": qr_squares,
    "qr_quiet_zone": QUIET_ZONE,
}


def page_defaults() -> dict[str, Any]:
    """What the base templates read and a page may leave out."""
    return {
        "office": None,
        "desk": None,
        "now": None,
        "page_title": "",
        "here": "",
        "errors": (),
        "crumbs": (),
        "banner": "",
        "status": "",
        "links": Links(),
    }
