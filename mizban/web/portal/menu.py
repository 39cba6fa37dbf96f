"""The e-services menu: the services of an office, or of all, by what was typed and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.declarations.fields import Option
from mizban.core.declarations.grammar import Declaration
from mizban.kit.environment import url
from mizban.kit.requests import Request
from mizban.lib.codes import is_tracking_code, tidy_code
from mizban.lib.text import tidy

from .promises import audience, promised, shortest
from .searching import LONGEST, Found, search

AUDIENCES = {
    "": ("همه", frozenset[str]()),
    "person": ("اشخاص", frozenset({"natural", "foreign"})),
    "company": ("شرکت‌ها", frozenset({"legal"})),
    "agency": ("دستگاه‌های اجرایی", frozenset({"agency"})),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the menu; `options` are the sub-services that fit what was typed: label, address, promised time."""

    office: str
    title: str
    summary: str
    url: str
    promised: str
    audience: str
    options: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One audience: what it is called, its address, whether it is the chosen one."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """What a page of services shows; `code` is what was typed where that is a tracking code."""

    q: str
    audience: str
    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    code: str

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.audience)


def shown(agency: Agency) -> set[str]:
    """The slugs of the services that an office's menu shows to everybody."""
    offerings = list(Offering.objects.of(agency).standing().with_versions())
    listed = {_row(Found(each, 0, ())).url for each in offerings}
    return {each.slug for each in offerings if url("portal:service", agency.slug, each.slug) in listed}


def menu_of(request: Request, offerings: Sequence[Offering]) -> Menu:
    """The menu among these offerings, as `?q=` and `?for=` ask for it."""
    q = tidy(request.GET.get("q", "")[:LONGEST])
    chosen = request.GET.get("for", "")
    chosen = chosen if chosen in AUDIENCES else ""
    kinds = AUDIENCES[chosen][1]
    fitting = [each for each in offerings if not kinds or kinds & set(each.declaration.applicants)]
    found = search(fitting, q) if q else [Found(each, 0, ()) for each in fitting]
    code = tidy_code(q)
    return Menu(
        q=q,
        audience=chosen,
        tabs=_tabs(request.path, q, chosen),
        rows=tuple(_row(each) for each in found),
        code=code if is_tracking_code(code) else "",
    )


def _tabs(path: str, q: str, chosen: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(label, _address(path, {"q": q, "for": key}), key == chosen)
        for key, (label, _) in AUDIENCES.items()
    )


def _address(path: str, asked: dict[str, str]) -> str:
    """The path with what is asked, empty answers left out."""
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def _row(found: Found) -> Row:
    offering, service = found.offering, found.offering.declaration
    address = url("portal:service", offering.agency.slug, offering.slug)
    return Row(
        office=offering.agency.name,
        title=service.title,
        summary=service.summary,
        url=address,
        promised=shortest(service),
        audience=audience(service.applicants),
        options=tuple(_option(service, address, option) for option in found.options),
    )


def _option(service: Declaration, url: str, option: Option) -> tuple[str, str, str]:
    chosen = {service.title_from: option.value}
    return option.label, f"{url}?{urlencode(chosen)}", promised(service.target_of(chosen))
