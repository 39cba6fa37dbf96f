"""A tiny bench, so that the command cannot rot: a few requests, one engine, no bounds."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .report import Row, judge, table
from .steps import STEPS

KEYS = {
    "step", "engine", "cases", "cpu_ms", "rps", "p50_ms", "p99_ms", "errors", "queries", "bytes", "limit_ratio"
}  # fmt: skip
TINY = {
    "MIZBAN_BENCH_CASES": "60",
    "MIZBAN_BENCH_ENGINES": "sqlite",
    "MIZBAN_BENCH_ROUNDS": "1",
    "MIZBAN_BENCH_REQUESTS": "12",
    "MIZBAN_BENCH_BOUNDS": "0",
    "MIZBAN_WORKERS": "1",
}


def row(step: str, cases: int, cpu: float, ratio: float, errors: int = 0) -> Row:
    return Row(step, "sqlite", cases, cpu, 100.0, 5.0, 9.0, errors, 3, 4000, ratio)


def test_the_bench_measures_every_step_and_loses_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench"],
        env={**os.environ, **TINY, "MIZBAN_DATA": str(tmp_path)},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "submissions lost: 0" in done.stdout
    rows = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert {row["step"] for row in rows} >= set(STEPS)
    assert all(set(row) == KEYS for row in rows)
    assert not any(row["errors"] for row in rows)


def test_a_step_over_its_bound_is_named() -> None:
    rows = [row("home", 2000, 1.0, 1.9), row("home", 100_000, 1.2, 2.1), row("queue", 2000, 5.0, 9.0)]
    assert [(each.step, each.cases) for each in judge(rows)] == [("home", 100_000)]
    assert "2.1 times the limit" in rows[1].over[0]


def test_a_step_that_grows_with_the_cases_is_named() -> None:
    rows = [row("queue", 2000, 2.0, 4.0), row("queue", 100_000, 2.7, 5.4)]
    assert judge(rows)[0].over == ["1.35 times itself at 2000 cases"]


def test_a_wrong_answer_is_over_any_bound() -> None:
    assert judge([row("track", 2000, 1.0, 1.0, errors=1)])


def test_the_table_has_a_line_for_every_row() -> None:
    rows = [row("home", 2000, 1.0, 1.9), row("case", 100_000, 1.0, 1.9)]
    lines = table(rows).splitlines()
    assert len(lines) == 3
    assert len({len(line) for line in lines}) == 1
