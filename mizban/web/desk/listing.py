"""The lists of a desk: each tab as one person may see it at one moment, filtered as the address says."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache, partial

from django.db.models import Q

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.models import Case, CaseQuerySet, ServiceVersion
from mizban.core.cases.models.known import Known
from mizban.core.cases.models.shelves import OPEN, Moment, Tally, shelves
from mizban.core.cases.sight import seats, waiting
from mizban.core.declarations.fields import Option
from mizban.core.kept import kept
from mizban.core.people.actors import Staff
from mizban.core.prepared import blank, number
from mizban.office.breaches.models import Alert
from mizban.office.calendar.current import calendar_of
from mizban.office.calendar.days import WorkingCalendar
from mizban.office.calendar.refusals import CalendarMissing

from .counted import counted
from .filters import NAMES, Filters, filters_of, options_of
from .tabs import ALERTS, ELSEWHERE, OUR_STEP, TABS

# What a list's address may say; nothing of it is personal.
QUERY = ("tab", *NAMES)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listing:
    """What can be listed at this desk: how to make each list by its tab, their filters, the `tab` asked for."""

    parts: dict[str, Callable[[], CaseQuerySet]]
    filters: Filters
    tab: str
    agency_id: int
    actor: Staff
    at: datetime

    @property
    def cases(self) -> CaseQuerySet:
        """The list that was asked for, in its order."""
        return self.parts[self.tab]().order_by(*TABS[self.tab].order)

    def counts(self) -> dict[str, int]:
        """By tab, in their order, up to MOST_COUNTED. One query; a second one where something happened since."""
        is_party = any(TABS[tab].is_elsewhere for tab in self.parts)
        looker = (self.agency_id, self.actor, tuple(self.filters.chosen.items()))
        return counted(looker, self._count, agency_id=None if is_party else self.agency_id)

    def _count(self) -> dict[str, int]:
        if self.filters.chosen:
            found = _tally(self.parts).counts()
        else:
            until = soon_until(self.agency_id, self.at)
            values = {"at": self.at, "until": until, **seats.numbers_of(self.actor)}
            found = _tally_for(self.actor, self.filters.known).counts(**values)
        return dict.fromkeys(self.parts, 0) | found


def listing(agency: Agency, actor: Staff, query: Mapping[str, str], *, at: datetime) -> Listing:
    """The lists of this person at `at` (aware). An unknown tab is the first one, an unknown filter is none.

    Lists of what is elsewhere are for agencies that have a part there, or no service of their own.
    """
    known = _known(agency)
    service = query.get("service", "")
    units, options = _options(agency, actor.unit_ids, service if service in known.offered else "")
    filters = filters_of(query, known, units, options)
    parts = _parts(agency, actor, filters, at, partial(soon_until, agency.pk, at))
    tab = query.get("tab", "")
    tab = tab if tab in parts else next(iter(parts))
    return Listing(parts, filters, tab, agency.pk, actor, at)


def _parts(
    agency: Agency, actor: Staff, filters: Filters, at: Moment, until: Callable[[], Moment]
) -> dict[str, Callable[[], CaseQuerySet]]:
    known = filters.known
    parts = _here(agency, actor, filters, at, until) if known.offered else {}
    return parts | _elsewhere(agency, actor, known) if known.is_party or not known.offered else parts


def _tally(parts: dict[str, Callable[[], CaseQuerySet]]) -> Tally:
    return Tally({tab: make() for tab, make in parts.items() if TABS[tab].is_counted})


def _tally_for(actor: Staff, known: Known) -> Tally:
    """What counts the lists of all who sit like this person and know the same services, without filters."""
    seat = seats.seat_of(actor)
    # With the declarations themselves: what a rehearsal rolled back may leave its number to another text.
    key = (seat, tuple(known.versions.items()), tuple(known.offered), known.is_party)
    written = _tallies.get(key)
    if written is None:
        if len(_tallies) >= MOST_TALLIES:
            _tallies.clear()
        somebody, none = seats.somebody(seat), Filters((), known, ())
        parts = _parts(
            Agency(pk=number("agency")), somebody, none, _to_come("at"), partial(_to_come, "until")
        )
        written = _tallies[key] = _tally(parts)
    return written


def _to_come(name: str) -> Moment:
    # Compared as a column of moments is: the queue's own is the database's to compute.
    return blank(Case, "due_at", name)


MOST_TALLIES = 64
_tallies: dict[Hashable, Tally] = {}


@kept
def _known(agency: Agency) -> Known:
    return ServiceVersion.objects.known_to(agency)


@kept
def _options(
    agency: Agency, unit_ids: frozenset[int], service: str
) -> tuple[tuple[Unit, ...], dict[str, list[Option]]]:
    """What filters offer to somebody of these units, and the units behind it."""
    known = _known(agency)
    units = _units(agency, unit_ids) if known.offered else ()
    return units, options_of(known, units, service)


def _here(
    agency: Agency, actor: Staff, filters: Filters, at: Moment, until: Callable[[], Moment]
) -> dict[str, Callable[[], CaseQuerySet]]:
    """What was filed at this agency; made when it is asked for, as counts are kept and the first list is written."""

    @cache
    def lists() -> dict[str, CaseQuerySet]:
        visible = filters.among(Case.objects.in_house_for(actor))
        # A word is asked of a unit on cases of every unit.
        asked = filters.among(Case.objects.visible_to(actor).filter(agency=agency))
        shelf_of = shelves(user_id=actor.user_id, unit_ids=actor.unit_ids, at=at, soon_until=until())
        shelf_of[ALERTS] = OPEN & Q(Alert.objects.of_the_case())
        shelf_of["waiting"] = waiting.on_me(actor, filters.known.own_versions)
        shelf_of["asked"] = waiting.on_my_word(actor, filters.known.own_versions)
        return {tab: (asked if tab == "asked" else visible).on(shelf) for tab, shelf in shelf_of.items()}

    def list_of(tab: str) -> CaseQuerySet:
        return lists()[tab]

    # Whoever belongs to no unit sees all of them under «همه».
    tabs = [tab for tab in TABS if not TABS[tab].is_elsewhere and (tab != "unit" or actor.unit_ids)]
    return {tab: partial(list_of, tab) for tab in tabs}


def _elsewhere(agency: Agency, actor: Staff, known: Known) -> dict[str, Callable[[], CaseQuerySet]]:
    """What was filed at other agencies and concerns this one."""

    def every() -> CaseQuerySet:
        return Case.objects.visible_to(actor).elsewhere(agency)

    return {OUR_STEP: lambda: every().on(waiting.on_our_step(actor, known.versions)), ELSEWHERE: every}


def _units(agency: Agency, unit_ids: frozenset[int]) -> tuple[Unit, ...]:
    """The units whose cases somebody of these sees; none where there is nothing to choose."""
    if len(unit_ids) == 1:
        return ()
    units = Unit.objects.filter(agency=agency)
    return tuple(units.filter(pk__in=unit_ids) if unit_ids else units)


def calendar_or_none(agency_id: int) -> WorkingCalendar | None:
    """The agency's calendar; None for one that only takes part in the cases of others."""
    try:
        return calendar_of(agency_id)
    except CalendarMissing:
        return None


def day_ends_at(calendar: WorkingCalendar, at: datetime) -> datetime:
    return datetime.combine(calendar.day_of(at) + DAY, time.min, calendar.zone)


def soon_until(agency_id: int, at: datetime) -> datetime:
    """What is due before this is due soon: today, or within one working day."""
    calendar = calendar_or_none(agency_id)
    if calendar is None:
        return at + DAY
    return max(day_ends_at(calendar, at), calendar.add_working_minutes(at, calendar.minutes_per_day))
