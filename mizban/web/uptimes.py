"""Uptime in words and strokes; and who may speak of it net of telecom outages (S0–S3 3.4 say so, S4 does not)."""

from collections.abc import Iterable

from django.db.models import Prefetch

from mizban.core.agencies.models import Agency
from mizban.kit.filters import fa, percent
from mizban.kit.strips import DayState, Strip, strip
from mizban.office.agreements.models import Agreement, AgreementVersion
from mizban.office.availability import history
from mizban.office.availability.history import History
from mizban.office.availability.models import ALL, Target


def net_by_agency(agencies: Iterable[Agency]) -> dict[int, bool]:
    """By agency id, whether an agreement of it promises availability only while telecom's network stands.

    Agencies without an agreement are left out. Two queries.
    """
    found = Agreement.objects.filter(agency__in=list(agencies)).prefetch_related(
        Prefetch("versions", AgreementVersion.objects.public().defer("text"))
    )
    made: dict[int, bool] = {}
    for each in found:
        if each.versions.all():
            made[each.agency_id] = bool(condition_of(each)) or made.get(each.agency_id, False)
    return made


def condition_of(agreement: Agreement) -> str:
    """«در صورت برقرار بودن زیرساخت‌های لازم مخابراتی», as its present version says; empty where it promises without."""
    found = agreement.current.reading.get("availability") or {}
    return str(found.get("condition") or "")


# What each state is called, and the state of the kit that gives it colour and shape.
WORDS: dict[history.State, tuple[DayState, str]] = {
    "up": ("kept", "در دسترس"),
    "down": ("late", "قطع"),
    "maintenance": ("hold", "نگهداری"),
    "unmeasured": ("none", "اندازه‌گیری‌نشده"),
}
LEGEND = tuple(WORDS.values())
TARGETS = {ALL: "همهٔ درگاه", **{target.value: str(target.label) for target in Target}}


def duration(minutes: int) -> str:
    """«۴۵ دقیقه», «۱ ساعت و ۳۰ دقیقه», «۲ روز و ۳ ساعت»."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [f"{days} روز"] * bool(days) + [f"{hours} ساعت"] * bool(hours)
    if left or not parts:
        parts.append(f"{left} دقیقه")
    return fa(" و ".join(parts))


def share(part: float | None) -> str:
    """«۹۹٫۸۱٪»; «—» where there was nothing to divide by."""
    return "—" if part is None else percent(part, 2)


def drawn(stood: History) -> Strip:
    """The days as a strip, and their finding in a sentence."""
    states = [day.state for day in stood.days]
    found = "، ".join(
        fa(f"{states.count(state)} روز {word}") for state, (_, word) in WORDS.items() if state in states
    )
    return strip(
        fa(f"{TARGETS[stood.target]} در {len(states)} روز: {found}"),
        [(WORDS[day.state][0], day.share) for day in stood.days],
    )
