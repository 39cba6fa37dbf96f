"""What is the whole office's: outages told, maintenance announced, what inspectors read."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from mizban.core.events.models import Event

from ..months import day_of
from .declaring import Count, Measure, counted, named

# A fault is told as soon as somebody knows of it; half an hour is the most an office allows itself.
TOLD_WITHIN = 30
SUDDEN, PLANNED = "sudden", "planned"

MEASURES = named(
    (
        Measure(
            "faults-told",
            "folded",
            1.0,
            "قطعی‌هایی که تا ۳۰ دقیقه پس از یافته‌شدن، در همهٔ صفحه‌ها اعلام شد.",
            "در این دوره قطعی‌ای نبود.",
        ),
        Measure(
            "maintenance-told",
            "folded",
            1.0,
            "نگهداری‌هایی که به اندازهٔ مهلت خود پیش از آغاز اعلام شد.",
            "در این دوره نگهداری‌ای نبود.",
        ),
        Measure(
            "disruptions-told",
            "folded",
            1.0,
            "همهٔ قطعی‌ها و نگهداری‌ها؛ آنچه از پیش اعلام شد. قطعی ناگهانی را از پیش نمی‌توان گفت و جدا شمرده می‌شود.",
            "در این دوره نه قطعی‌ای بود و نه نگهداری‌ای.",
        ),
        Measure(
            "lookups-with-reason",
            "folded",
            1.0,
            "صفحه‌هایی که بازرسان خواندند و خوانندهٔ آن‌ها در آن هنگام حکم بازرسی داشت.",
            "در این دوره بازرسی پرونده‌ای را نخواند.",
        ),
    )
)


def of_outage(events: Sequence[Event]) -> Iterator[Count]:
    """An outage by its events, counted on the day it began."""
    opened = next((event for event in events if event.kind == "outage_opened"), None)
    if opened is None:
        return
    on = day_of(datetime.fromisoformat(opened.facts["from_at"]))
    told = next((event for event in events if event.kind == "outage_told"), None)
    in_time = told is not None and told.facts["minutes"] <= TOLD_WITHIN
    yield counted("faults-told", on, holds=in_time)
    yield counted("disruptions-told", on, SUDDEN, holds=False)


def of_maintenance(events: Sequence[Event]) -> Iterator[Count]:
    """A window by its events, counted on the day it begins; one that was called off never was."""
    planned = next((event for event in events if event.kind == "maintenance_planned"), None)
    if planned is None or any(event.kind == "maintenance_called_off" for event in events):
        return
    on = day_of(datetime.fromisoformat(planned.facts["from_at"]))
    yield counted("maintenance-told", on, holds=not planned.facts["is_late"])
    yield counted("disruptions-told", on, PLANNED, holds=not planned.facts["is_late"])


def of_inspection(at: datetime, *, had_mandate: bool) -> Iterator[Count]:
    """One page that an inspector read."""
    yield counted("lookups-with-reason", day_of(at), holds=had_mandate)
