"""The rows of the bench, their bounds, and the table people read."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

# How many times the bare view a step may cost (issue 3, section 7), and beside which bare view it stands.
BOUNDS = {"home": 2.0, "track": 2.5, "form": 4.0, "submit": 6.0, "queue": 10.0, "case": 10.0}
WRITES = frozenset({"submit"})
GROWTH = 1.3


@dataclass(slots=True)
class Row:
    """One step on one engine with so many cases; the names are those of `bench.json` (interfaces.md)."""

    step: str
    engine: str
    cases: int
    cpu_ms: float
    rps: float
    p50_ms: float
    p99_ms: float
    errors: int
    queries: int
    bytes: int
    limit_ratio: float
    over: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        kept = asdict(self)
        kept.pop("over")
        return kept


def judge(rows: Sequence[Row]) -> list[Row]:
    """The rows over a bound, each with what it is over."""
    smallest = min((row.cases for row in rows), default=0)
    at_first = {(row.engine, row.step): row.cpu_ms for row in rows if row.cases == smallest}
    for row in rows:
        row.over = []
        if row.step in BOUNDS and row.limit_ratio > BOUNDS[row.step]:
            row.over.append(f"{row.limit_ratio:.1f} times the limit, {BOUNDS[row.step]:g} allowed")
        before = at_first.get((row.engine, row.step))
        if before and row.step in BOUNDS and row.cpu_ms > GROWTH * before:
            row.over.append(f"{row.cpu_ms / before:.2f} times itself at {smallest} cases")
        if row.errors:
            row.over.append(f"{row.errors} wrong answers")
    return [row for row in rows if row.over]


def table(rows: Sequence[Row]) -> str:
    """The rows as text, one engine after the other."""
    head = (
        "engine",
        "cases",
        "step",
        "cpu ms",
        "limit×",
        "bound",
        "req/s",
        "p50",
        "p99",
        "wrong",
        "queries",
        "bytes",
    )
    lines = [
        (
            row.engine,
            f"{row.cases:,}",
            row.step,
            f"{row.cpu_ms:.2f}",
            f"{row.limit_ratio:.2f}",
            f"{BOUNDS[row.step]:g}" if row.step in BOUNDS else "",
            f"{row.rps:.0f}",
            f"{row.p50_ms:.1f}",
            f"{row.p99_ms:.1f}",
            str(row.errors),
            str(row.queries),
            f"{row.bytes:,}",
        )
        for row in rows
    ]
    widths = [max(len(line[at]) for line in (head, *lines)) for at in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at > 2 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in (head, *lines)
    )
