"""The Jinja environment of every page: filters, the few globals, and a refusal of misspelt names."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from mizban.lib.identifiers.plate import KINDS as PLATES

from .answers import as_plate, as_spoken
from .filters import FILTERS
from .page import Links, menu
from .qr import QUIET_ZONE, qr_squares
from .widgets import ACCEPTED_FILES, WIDGETS


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls to make the environment (`OPTIONS["environment"]`)."""
    # A misspelt name must not become a gap in a promise: what a template names is passed, or stands below.
    options |= {"undefined": StrictUndefined}
    made = Environment(**{"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, **options})  # noqa: S701
    made.filters.update(FILTERS)
    made.globals.update(TOOLS | page_defaults())
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page: `url("portal:service", agency.slug, service.slug)`."""
    return reverse(name, args=args, kwargs=kwargs)


ALPHABET = "ابپتثجدرزژسشصطعفقکگلمنوهی"
# What templates may call; all after `menu` is for the kit's own partials.
TOOLS: dict[str, Any] = {
    "static": static,
    "url": url,
    "menu": menu,
    "as_spoken": as_spoken,
    "as_plate": as_plate,
    "widget_of": WIDGETS.__getitem__,
    "plate_letters": sorted(PLATES, key=lambda letter: ALPHABET.find(letter[0]) % 99),
    "accepted_files": ACCEPTED_FILES,
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
