"""Setting a paper with typst, in a process of its own with a limit of time and memory.

Run as `python -m mizban.office.papers.press TEMPLATE`: JSON in, PDF out. Needs no database and no secrets.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
TEMPLATE = HERE / "paper.typ"
SECONDS = 20
BYTES = 2 * 1024**3


class PressFailed(Exception):
    """A paper could not be set in time; `args` says what typst said."""


def press(paper: dict[str, Any], *, template: Path = TEMPLATE) -> bytes:
    """The paper as PDF, in `SECONDS` at most. The same paper gives the same bytes. Raises PressFailed."""
    try:
        done = subprocess.run(  # noqa: S603  # our own module and templates
            [sys.executable, "-m", "mizban.office.papers.press", str(template)],
            input=json.dumps(paper, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.CalledProcessError as fault:
        raise PressFailed(fault.stderr.decode("utf-8", "replace")[-2000:]) from fault
    except subprocess.TimeoutExpired as fault:
        raise PressFailed(f"more than {SECONDS} seconds") from fault
    return done.stdout


def set_here(
    paper: str, *, template: Path = TEMPLATE, form: Literal["pdf", "png"] = "pdf", ppi: float = 144
) -> list[bytes]:
    """The paper (as JSON) in this process: one PDF, or a picture a page."""
    import typst  # noqa: PLC0415  # 40 MB that only this process needs

    made: bytes | list[bytes] = typst.compile(
        str(template),
        format=form,
        ppi=ppi,
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"paper": paper},
        # With what it says attached as data, for programs: text copied out of a Persian PDF is not to be relied on.
        pdf_standards="a-3b" if form == "pdf" else None,
    )
    return [made] if isinstance(made, bytes) else made


if __name__ == "__main__":
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(set_here(sys.stdin.buffer.read().decode(), template=Path(sys.argv[1]))[0])
