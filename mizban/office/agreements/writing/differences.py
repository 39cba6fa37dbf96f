"""What differs between the clauses of a draft and those that would be written now. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mizban.lib.text import compact_key

Clause = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """`ref` is the draft's clause; one side is empty where only the other says it."""

    ref: str
    kind: str
    present: str
    written: str

    @property
    def is_other(self) -> bool:
        """Whether both say it, each otherwise or with another figure."""
        return bool(self.present and self.written)


def differences(present: Sequence[Clause], written: Sequence[Clause]) -> list[Difference]:
    """In the order of the draft, then what only the written text says.

    A clause that was written finds its sentence by where it comes from; one that was read by its kind and who owes it,
    each in their order.
    """
    left = list(written)
    found = []
    for clause in present:
        match = _match(clause, left)
        if match is not None:
            left.remove(match)
        if match is None or not _same(clause, match):
            found.append(
                Difference(clause["id"], clause["kind"], clause["text"], match["text"] if match else "")
            )
    return [*found, *(Difference("", each["kind"], "", each["text"]) for each in left)]


def changed(present: Sequence[Clause], written: Sequence[Clause]) -> list[Difference]:
    """Of a draft that was written: the clauses a service, the calendar or the office would say otherwise now."""
    if not any(clause.get("origin") for clause in present):
        return []
    ours = [clause for clause in present if clause.get("origin")]
    return list(_worth_saying(differences(ours, written), ours))


def _worth_saying(found: Sequence[Difference], ours: Sequence[Clause]) -> Iterator[Difference]:
    # What an officer left out on purpose is no change of the service, unless it carries a figure of its own.
    kinds = {clause["kind"] for clause in ours}
    yield from (each for each in found if each.present or each.kind in kinds)


def _match(clause: Clause, left: Sequence[Clause]) -> Clause | None:
    origin = clause.get("origin")
    if origin:
        return next((each for each in left if each.get("origin") == origin), None)
    who = (clause["kind"], clause["obligor"])
    return next((each for each in left if (each["kind"], each["obligor"]) == who), None)


def _same(one: Clause, other: Clause) -> bool:
    return compact_key(one["text"]) == compact_key(other["text"]) and _figure(one) == _figure(other)


def _figure(clause: Clause) -> tuple[Any, Any] | None:
    target = clause["target"]
    return (float(target["value"]), target["unit"]) if target else None
