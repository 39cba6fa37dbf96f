"""A rule's name stands for one behaviour: what it does is hashed, how it is written is not."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from mizban.core.declarations.fingerprints import fingerprint

RULE = '''
"""A by-law."""
LIMIT = 12
UNUSED = 1

def check(answers):
    """More than the limit is refused."""
    return {} if answers["count"] <= _most() else {"count": "too many"}

def _most():
    return LIMIT
'''


def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    """The fingerprint of `check` in a module with this text."""
    name = f"by_law_{abs(hash(text))}"
    (tmp_path / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module: ModuleType = __import__(name)
    assert sys.modules[name] is module
    return fingerprint(module.check)


@pytest.mark.parametrize(
    ("wrong", "instead", "same"),
    [
        ('"""More than the limit is refused."""', "# refused", True),
        ("UNUSED = 1", "UNUSED = 2", True),
        ("    return LIMIT", "    return (LIMIT)  # the limit", True),
        ("LIMIT = 12", "LIMIT = 13", False),
        ("<=", "<", False),
        ("return LIMIT", "return LIMIT + 1", False),
    ],
)
def test_what_it_does_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, instead: str, *, same: bool
) -> None:
    assert wrong in RULE
    before = written(tmp_path, monkeypatch, RULE)
    assert (written(tmp_path, monkeypatch, RULE.replace(wrong, instead)) == before) is same
