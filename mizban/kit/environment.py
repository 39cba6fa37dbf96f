"""The Jinja environment of every page: filters, the few globals, and a refusal of misspelt names."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from jinja2 import Environment, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from mizban.core.agencies.provinces import PROVINCES
from mizban.lib.identifiers.plate import KINDS as PLATES

from .answers import as_plate, as_spoken, column_text
from .filters import FILTERS
from .page import Links, menu
from .qr import QUIET_ZONE, qr_squares
from .widgets import WIDGETS


class KitTemplate(Template):
    """A template whose macros are imported without looking for globals of the page's own: Django passes none."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002  # Jinja's own name
        if self._module is None:
            self._module = self.make_module()
        return self._module


class KitEnvironment(Environment):
    template_class = KitTemplate


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls to make the environment (`OPTIONS["environment"]`)."""
    # A misspelt name must not become a gap in a promise: what a template names is passed, or stands below.
    options |= {"undefined": StrictUndefined}
    made = KitEnvironment(**{"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, **options})
    made.filters.update(FILTERS)
    made.globals.update(TOOLS | page_defaults())

    @lru_cache(maxsize=512)
    def kept(name: str, **facts: Any) -> Markup:
        return Markup(made.get_template(name).render(facts))  # noqa: S704  # what a template of ours escaped

    # A part of many pages, rendered once for the same (hashable) facts: the frame around them.
    made.globals["kept"] = kept
    return made


def csrf_once(request: HttpRequest) -> dict[str, Any]:
    """The hidden input of forms, made once a page however many forms it has; Django masks it anew for each."""
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}


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
