"""What declarations and facts say, sentence by sentence, in the order of the official form."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from mizban.core.declarations.grammar import APPLICANT_KINDS, Declaration
from mizban.lib.jalali import numeric
from mizban.lib.text import persian_digits
from mizban.office.agreements.reading.purposes import service_purposes

from .facts import Facts, spoken_week
from .model import Saying
from .times import times

FREE_OF_VISITS = ("", "ندارد")
# Marks at which a sentence would be read as two, and those that would part a task.
_STOPS = re.compile(r"\s*(?:[.:](?=\s|$)|[؟!؛;…])+\s*")
_COMMAS = re.compile(r"\s*[،,]\s*(?:و\s+)?")


def sayings(title: str, services: Sequence[Declaration], facts: Facts) -> list[Saying]:
    """Every clause of an agreement of that title over these services."""
    words = _words(title, services, facts)
    said = [*_purposes(services), *_standard(services, facts, words), *times(services)]
    said += [_fee(each, alone=len(services) == 1) for each in services if not each.identity.free]
    return said


def one_sentence(text: str) -> str:
    """Declared words as a part of one sentence: what would end it becomes a comma."""
    return _STOPS.sub("، ", " ".join(text.split())).strip(" ،")


def _purposes(services: Sequence[Declaration]) -> Iterator[Saying]:
    """What each service does, a task a clause: its sub-services, else itself. As the reader parts them."""
    for service in services:
        which = service.field(service.title_from) if service.title_from else None
        labels = [each.label for each in which.options] if which and which.options else []
        tasks = [f"رسیدگی به «{service.title}»"]
        tasks += [f"رسیدگی به درخواست «{_COMMAS.sub(' یا ', label)}»" for label in labels]
        whole = "، ".join(one_sentence(task) for task in (tasks[1:] or tasks))
        for number, (text, obligor) in enumerate(service_purposes(f"هدف این خدمت: {whole}."), start=1):
            yield Saying(
                f"{service.slug}/task-{number}", "service-purpose", "introduction", text, obligor.value
            )


def _standard(services: Sequence[Declaration], facts: Facts, words: dict[str, str]) -> Iterator[Saying]:
    fits = {
        "": True,
        "department": any(each.unit_from for each in services),
        "visits": bool(words["visits"]),
        "free": all(each.identity.free for each in services),
        "counterpart": bool(facts.counterpart),
        "holdover": facts.holdover,
    }
    for row in _rows():
        when = row.get("when", "")
        if row["kind"] in facts.kinds if when == "kept" else fits[when]:
            text = persian_digits(row["text"].format(**words))
            text = text.replace(persian_digits(facts.portal), facts.portal)
            yield Saying(row["from"], row["kind"], row["part"], text, row.get("obligor", "agency"))


def _words(title: str, services: Sequence[Declaration], facts: Facts) -> dict[str, str]:
    who = dict.fromkeys(
        APPLICANT_KINDS[kind] for each in services for kind in each.applicants if kind != "anonymous"
    )
    visits = dict.fromkeys(one_sentence(each.identity.visits) for each in services)
    hours = spoken_week(facts.week).replace("؛", "،")
    reached = [facts.officer, facts.officer_phone and f"تلفن {facts.officer_phone}", hours]
    return {
        "agency": facts.agency,
        "title": one_sentence(title),
        "portal": facts.portal,
        "applicants": _listed(list(who)),
        "visits": "، ".join(each for each in visits if each not in FREE_OF_VISITS),
        "condition": f"{facts.condition} " if facts.condition else "",
        "officer": f" ({'، '.join(filter(None, reached))})" if any(reached) else "",
        "first_day": numeric(facts.valid_from),
        "last_day": numeric(facts.valid_until),
        "counterpart": facts.counterpart,
    }


def _fee(service: Declaration, *, alone: bool) -> Saying:
    of = "این خدمت" if alone else f"خدمت «{service.title}»"
    text = f"هزینهٔ {of} ({one_sentence(service.identity.price)}) از خدمت‌گیرنده دریافت می‌گردد."
    return Saying(f"{service.slug}/cost", "fee", "fees", persian_digits(text), "applicant")


def _listed(names: Sequence[str]) -> str:
    return f"{'، '.join(names[:-1])} و {names[-1]}" if len(names) > 1 else "".join(names)


@cache
def _rows() -> list[dict[str, Any]]:
    written = tomllib.loads((Path(__file__).parent / "wording.toml").read_text("utf-8"))
    return list(written["sentence"])
