"""What a page is given: small facts, already decided, that templates only have to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

State = Literal["open", "turn", "soon", "late", "hold", "kept", "none"]


@dataclass(frozen=True, slots=True)
class Office:
    """The office whose page this is, as `office` in every context; an empty text hides its line or link."""

    slug: str
    name: str
    short_name: str = ""
    phone: str = ""
    address: str = ""
    postal_code: str = ""
    hours: str = ""
    officer_name: str = ""
    officer_phone: str = ""
    complaints_url: str = ""
    comments_url: str = ""
    questions_url: str = ""
    agreements_url: str = ""
    home_url: str = ""
    notices_url: str = ""
    status_url: str = ""
    brand_url: str = ""  # stylesheet with the office's own colour, loaded after the tokens


@dataclass(frozen=True, slots=True)
class Links:
    """Where the pages that belong to no office live; an empty address hides its link."""

    home: str = "/"
    track: str = "/track/"
    help: str = "/help/"
    privacy: str = "/privacy/"
    accessibility: str = "/accessibility/"
    verify: str = "/verify/"
    status: str = ""
    complaints: str = ""  # where one chooses whom to complain to, for pages of no office


@dataclass(frozen=True, slots=True)
class Announcement:
    """One line of the banner: what is announced, when («پنجشنبه ۲۸ آبان، ۲۲:۰۰ تا ۲۳:۰۰»), where all of it stands."""

    heading: str
    when: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a menu; it is the present one where `key` equals the page's `here`."""

    key: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits at the desk and what they may open, as `desk` in the context of every desk page."""

    name: str
    role: str
    nav: tuple[NavItem, ...] = ()
    title: str = "میز کارشناس"
    home_url: str = "/desk/"
    sign_out_url: str = ""
    account_url: str = ""


@dataclass(frozen=True, slots=True)
class DueCard:
    """A promise as a calendar leaf: the day, what is said beside it, and why it is this day.

    `fraction` is the part of the time allowed that has passed, None where nothing is measured; `today` writes
    «امروز» for the weekday; `note` is a sentence under the meter; `time`, «۱۲:۱۰», replaces the month.
    """

    state: Literal["open", "soon", "late", "hold", "kept"]
    day: date
    heading: str
    lines: tuple[str, ...] = ()
    fraction: float | None = None
    why: tuple[str, ...] = ()
    why_url: str = ""
    note: str = ""
    today: date | None = None
    time: str = ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One event as a sentence; `quote` is what somebody wrote, `files` are (address, name, bytes), `mark` is a chip."""

    at: datetime
    state: State
    sentence: str
    quote: str | None = None
    files: tuple[tuple[str, str, int], ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One answer on the review page; `value` may be marked safe when a macro drew it."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is shown; an empty address means there is no such page."""

    first: int
    last: int
    total: int
    previous_url: str = ""
    next_url: str = ""


def menu(office: Office | None, links: Links) -> Sequence[NavItem]:
    """The public menu: what has an address, in the order people look for it."""
    items = [
        NavItem("services", "خدمات", (office.home_url if office else "") or links.home),
        NavItem("track", "پیگیری", links.track),
        NavItem("agreements", "توافق‌نامه‌ها", office.agreements_url if office else ""),
        NavItem("complaints", "شکایت و نظر", office.complaints_url if office else links.complaints),
        NavItem("help", "راهنما", links.help),
    ]
    return [item for item in items if item.url]
