"""«چرا این تاریخ؟»: the account behind a due date as Persian sentences whose days add up to the promise."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from mizban.kit.filters import fa, moment, spoken
from mizban.lib.jalali import MONTHS, spoken_time, to_jalali, weekday_name
from mizban.office.calendar.days import WorkingCalendar
from mizban.office.calendar.deadlines import Amount, Deadline, Step, explain
from mizban.office.calendar.timetable import DAY

MINUTE = timedelta(minutes=1)


def reasons(deadline: Deadline, *, calendar: WorkingCalendar, today: date) -> tuple[str, ...]:
    """A sentence for each stretch of days counted, days skipped and pause, from filing to the due date."""
    steps = explain(deadline, calendar=calendar)
    return tuple(
        sentence
        for group in _grouped(steps)
        for sentence in _told(group, deadline, calendar=calendar, today=today)
    )


def amount(value: Amount) -> str:
    """«۲ روز کاری», «۷ ساعت و ۳۰ دقیقهٔ کاری»."""
    if isinstance(value, int):
        return fa(f"{value} روز کاری")
    hours, minutes = divmod(round(value / MINUTE), 60)
    parts = [fa(f"{hours} ساعت")] * bool(hours) + [fa(f"{minutes} دقیقه")] * bool(minutes or not hours)
    return f"{' و '.join(parts)} کاری" if not minutes and hours else f"{' و '.join(parts)}ٔ کاری"


def _grouped(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Steps that are told in one sentence: days counted one after another, days off for one reason."""

    def same(step: Step) -> tuple[object, ...]:
        if step.kind == "off" and step.off:
            return ("off", step.off.kind, "" if step.off.kind == "weekly" else step.off.name)
        # A day that a closure shortened is told by itself; so is what happens at one moment.
        return (step.kind, step.notes, 0 if step.kind == "counted" else id(step))

    return (list(group) for _, group in groupby(steps, same))


def _told(group: list[Step], deadline: Deadline, *, calendar: WorkingCalendar, today: date) -> Iterator[str]:
    first, last = group[0], group[-1]
    days = day_range([step.on for step in group], today)
    match first.kind:
        case "filed":
            within: Amount = deadline.target.within
            if deadline.target.unit == "working_minutes":
                within = deadline.target.within * MINUTE
            yield f"{_at(first.from_at, today)} ثبت شد؛ مهلت {amount(within)} است."
        case "off":
            yield f"{days} {_why_off(first)}."
        case "starts" if _arrived_before(first, deadline, calendar):
            yield f"شمارش از {spoken(first.on, today)} آغاز می‌شود."
        case "counted":
            yield _counted(group, days)
        case "paused":
            yield _paused(first, today)
        case "due" if last.from_at:
            yield f"پس موعد {spoken(last.on, today)}، ساعت {spoken_time(last.from_at)} است."


def _arrived_before(start: Step, deadline: Deadline, calendar: WorkingCalendar) -> bool:
    """Whether something came on an earlier day than it counts from: else there is nothing to tell."""
    came = [deadline.filed_at, *(pause.until_at for pause in deadline.pauses if pause.until_at)]
    return not any(calendar.day_of(at) == start.on for at in came)


def _counted(group: list[Step], days: str) -> str:
    taken = [step.amount for step in group if step.amount is not None]
    together: Amount = sum(taken[1:], start=taken[0])
    left = group[-1].left
    sentence = f"{days}: {amount(together)} شمرده شد"
    notes = group[0].notes
    if notes:
        sentence += f" (آن روز بخشی از ساعت اداری تعطیل بود: {'، '.join(notes)})"
    return f"{sentence}؛ {amount(left)} ماند." if left else f"{sentence}."


def _paused(step: Step, today: date) -> str:
    reason = f" («{step.notes[0]}»)" if step.notes else ""
    began = _at(step.from_at, today)
    if step.until_at is None:
        return f"از {began} ساعت ایستاده است{reason}."
    ended = _at(step.until_at, today)
    return f"از {began} تا {ended} ساعت ایستاد{reason}؛ آنچه از مهلت مانده بود دست نخورد."


def _why_off(step: Step) -> str:
    off = step.off
    assert off is not None  # noqa: S101  # a step of kind `off` has its day off
    if off.kind == "weekly":
        return "تعطیل هفته است"
    return f"تعطیل است: {off.name}" if off.kind == "holiday" else f"اداره تعطیل است: {off.name}"


def _at(at: datetime | None, today: date) -> str:
    return moment(at, today) if at else ""


def day_range(days: Sequence[date], today: date) -> str:
    """Days one after another: «شنبه ۷ آذر», «پنجشنبه ۵ و جمعه ۶ آذر», «یکشنبه ۱ تا چهارشنبه ۴ آذر»."""
    first, last = days[0], days[-1]
    if first == last:
        return spoken(first, today)
    joined = " و " if last - first == DAY else " تا "
    same_month = to_jalali(first)[:2] == to_jalali(last)[:2]
    return f"{_short(first) if same_month else _with_month(first)}{joined}{spoken(last, today)}"


def _short(day: date) -> str:
    return fa(f"{weekday_name(day)} {to_jalali(day)[2]}")


def _with_month(day: date) -> str:
    _, month, of_month = to_jalali(day)
    return fa(f"{weekday_name(day)} {of_month} {MONTHS[month - 1]}")
