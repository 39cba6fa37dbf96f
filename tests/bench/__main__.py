"""`make bench`. Exit status: 0 within all bounds, 1 over one, or a submission lost.

MIZBAN_BENCH_CASES=2000,100000  MIZBAN_BENCH_ENGINES=sqlite,postgresql  MIZBAN_BENCH_ROUNDS=5
MIZBAN_BENCH_REQUESTS=120 (a step, a round)  MIZBAN_BENCH_BOUNDS=0 measures and does not judge.
"""

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from mizban.config.instance import data_folder

from .engines import ENGINES, Engine
from .measuring import Measured, Target, rounds
from .report import WRITES, Row, judge, table
from .sites import INSERT, SELECT, Served, limits, say, serve
from .steps import STEPS


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the environment asks for."""

    cases: tuple[int, ...]
    engines: tuple[str, ...]
    rounds: int
    requests: int
    bounds: bool

    @classmethod
    def read(cls) -> "Wishes":
        asked = os.environ.get
        return cls(
            cases=tuple(int(each) for each in asked("MIZBAN_BENCH_CASES", "2000,100000").split(",")),
            engines=tuple(asked("MIZBAN_BENCH_ENGINES", "sqlite,postgresql").split(",")),
            rounds=int(asked("MIZBAN_BENCH_ROUNDS", "5")),
            requests=int(asked("MIZBAN_BENCH_REQUESTS", "120")),
            bounds=asked("MIZBAN_BENCH_BOUNDS", "1") != "0",
        )


def main() -> int:
    wishes = Wishes.read()
    rows: list[Row] = []
    lost = 0
    for name in wishes.engines:
        with tempfile.TemporaryDirectory(prefix="mizban-bench-") as folder:
            with ENGINES[name](Path(folder)) as engine:
                measured, missing = _measure(engine, wishes)
            rows += measured
            lost += missing
    over = judge(rows)
    _keep(rows)
    sys.stdout.write(f"{table(rows)}\n\nsubmissions lost: {lost}\n")
    for row in over:
        sys.stdout.write(f"over: {row.engine} {row.cases} {row.step}: {'; '.join(row.over)}\n")
    return int(bool(lost or any(row.errors for row in rows) or (wishes.bounds and over)))


def _measure(engine: Engine, wishes: Wishes) -> tuple[list[Row], int]:
    """The rows of one engine, and how many submissions did not arrive."""
    with ExitStack() as stack:
        sites = serve(engine, wishes.cases, stack)
        select, insert = limits(engine, max(wishes.cases), stack)
        # One size right after the other, and the limit before its steps: the machine is the same for all.
        reads = [site.target(step) for step in STEPS if step not in WRITES for site in sites]
        writes = [site.target(step) for step in STEPS if step in WRITES for site in sites]
        targets = [select, *reads, insert, *writes]
        say(f"{engine.name}: {wishes.rounds} rounds of {wishes.requests} requests a step")
        measured = rounds(targets, count=wishes.requests, times=wishes.rounds)
        rows = _rows(engine, sites, measured)
        over = {f"{row.step} {row.cases}" for row in judge(rows)}
        if over and wishes.bounds:
            measured |= _once_more(targets, over, wishes)
            rows = _rows(engine, sites, measured)
        rows += [row for site in sites for row in _looks(engine, site)]
        return rows, sum(site.lost(targets) for site in sites)


def _once_more(targets: Sequence[Target], over: set[str], wishes: Wishes) -> dict[str, Measured]:
    """What was over a bound, beside the limit again: a machine has its moods. Every size of it, to be compared."""
    steps = {name.split()[0] for name in over}
    say(f"once more: {', '.join(sorted(over))}")
    some = [each for each in targets if each.name in (SELECT, INSERT) or each.name.split()[0] in steps]
    found = rounds(some, count=wishes.requests, times=wishes.rounds)
    # The ratios of the other steps stay those of their own rounds.
    return (
        {name: each for name, each in found.items() if name not in (SELECT, INSERT)}
        | {f"{name} again": found[name] for name in (SELECT, INSERT)}
        | {f"repeated {step}": found[SELECT] for step in steps}
    )


def _rows(engine: Engine, sites: Sequence[Served], measured: dict[str, Measured]) -> list[Row]:
    made = [
        _row(engine, SELECT, 0, measured[SELECT], 1.0, 1),
        _row(engine, INSERT, 0, measured[INSERT], 1.0, 1),
    ]
    for site in sites:
        for step in STEPS:
            found = measured[f"{step} {site.cases}"]
            bare = INSERT if step in WRITES else SELECT
            again = f"{bare} again" if f"repeated {step}" in measured else bare
            ratio = found.cpu_ms / max(measured[again].cpu_ms, 0.001)
            made.append(_row(engine, step, site.cases, found, ratio, site.queries[step]))
    return made


def _looks(engine: Engine, site: Served) -> list[Row]:
    """What the worker's look at due cases costs: in proportion to what is due, whatever else there is."""
    return [
        Row(
            step=f"sweep-{look['due']}",
            engine=engine.name,
            cases=site.cases,
            cpu_ms=round(look["cpu_ms"], 3),
            rps=0.0,
            p50_ms=round(look["ms"], 2),
            p99_ms=round(look["ms"], 2),
            errors=int(not look["due"] and look["queries"] > 1),
            queries=look["queries"],
            bytes=0,
            limit_ratio=0.0,
        )
        for look in site.place.inside("sweep")
    ]


def _row(engine: Engine, step: str, cases: int, found: Measured, ratio: float, queries: int) -> Row:
    return Row(
        step=step,
        engine=engine.name,
        cases=cases,
        cpu_ms=round(found.cpu_ms, 3),
        rps=round(found.rps, 1),
        p50_ms=round(found.percentile(0.5), 2),
        p99_ms=round(found.percentile(0.99), 2),
        errors=found.errors,
        queries=queries,
        bytes=max(batch.bytes for batch in found.batches),
        limit_ratio=round(ratio, 2),
    )


def _keep(rows: Sequence[Row]) -> None:
    """`bench.json` in the data folder (interfaces.md)."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps([row.as_json() for row in rows], indent=1)
    (folder / "bench.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
