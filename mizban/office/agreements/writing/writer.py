"""The agreement of some services, written. Pure: the same declarations and facts give the same text."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mizban.core.declarations.grammar import Declaration
from mizban.office.agreements.composing import compose
from mizban.office.agreements.reading.reader import read_text
from mizban.office.agreements.words import ABOUT_ITSELF

from .facts import Facts
from .model import Saying, Written
from .sayings import sayings

# The seven parts of the form, in order; those of the third stand under headings of their own.
PARTS = {
    "introduction": "۱. مقدمه",
    "purpose": "۲. هدف",
    "responsibility": "۳. مسئولیت",
    "follow-up": "پیگیری",
    "availability": "دسترس‌پذیری",
    "updates": "به‌روزرسانی",
    "obligations": "۴. تعهدات متقابل خدمت‌گیرنده و دستگاه اجرایی",
    "fees": "۵. هزینه‌ها و پرداخت‌ها",
    "validity": "۶. دورهٔ عملکرد",
    "termination": "۷. خاتمهٔ توافق‌نامه",
}


def write(title: str, services: Sequence[Declaration], facts: Facts) -> Written:
    """The whole agreement; `title` names the service, or what several have in common."""
    said = sayings(title, services, facts)
    in_order = [(each, heading) for part, heading in PARTS.items() for each in said if each.part == part]
    clauses = [
        {**each.as_clause(f"c{number}", heading), "owner": _owner(each, facts)}
        for number, (each, heading) in enumerate(in_order, start=1)
    ]
    composed = compose(title, clauses, valid_from=facts.valid_from, valid_until=facts.valid_until)
    return Written(title, composed)


def misread(written: Written, *, today: date) -> list[str]:
    """The clauses, by their ids, on whose lines the reader finds anything else than was written.

    None, or somebody must look: declared words may say what the form's own sentences do not.
    """
    reading = read_text(written.text, today=today).as_json()
    meant, found = _by_line(written.clauses), _by_line(reading["clauses"])
    return [each["id"] for each in written.clauses if meant[each["lines"][0]] != found[each["lines"][0]]]


def _by_line(clauses: Iterable[Mapping[str, Any]]) -> Mapping[int, Counter[tuple[Any, ...]]]:
    lines: defaultdict[int, Counter[tuple[Any, ...]]] = defaultdict(Counter)
    for each in clauses:
        figure = each["target"] and (each["target"]["value"], each["target"]["unit"])
        lines[each["lines"][0]][each["kind"], each["obligor"], figure] += 1
    return lines


def _owner(saying: Saying, facts: Facts) -> str:
    """The unit whose work it is for what a service does and promises; the office's owner for all else, the director for
    what the agreement says of itself."""
    if saying.kind in ABOUT_ITSELF:
        return "role:director"
    service = saying.origin.partition("/")[0]
    return (facts.owners or {}).get(service, facts.owner)
