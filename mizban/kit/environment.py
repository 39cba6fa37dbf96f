"""The Jinja environment of every page: filters, the few globals, and a refusal of misspelt names."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
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


class KitContext(Context):
    """A context that calls macros at once: Jinja asks every callable three times whether it wants the context."""

    def call(self, called: Any, *args: Any, **named: Any) -> Any:
        if type(called) is not Macro:
            return super().call(called, *args, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(self.eval_ctx, *args, **named)


class KitEnvironment(Environment):
    template_class = KitTemplate
    context_class = KitContext


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls to make the environment (`OPTIONS["environment"]`)."""
    # A misspelt name must not become a gap in a promise: what a template names is passed, or stands below.
    options |= {"undefined": StrictUndefined}
    # A plain dictionary (-1) holds the templates: the usual one notes which was used last, eight times a page.
    usual = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "cache_size": -1}
    made = KitEnvironment(**usual | options)
    made.filters.update(FILTERS)
    made.globals.update(TOOLS | page_defaults())

    @lru_cache(maxsize=512)
    def kept(name: str, **facts: Any) -> Markup:
        return Markup(made.get_template(name).render(facts))  # noqa: S704  # what a template of ours escaped

    # A part of many pages, rendered once for the same (hashable) facts: the frame around them.
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
