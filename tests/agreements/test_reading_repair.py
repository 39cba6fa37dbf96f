"""Clean texts broken as PDF extraction breaks them: what was promised must still be found, and nothing else."""

import random
import re
from collections import Counter
from itertools import pairwise

import pytest

from mizban.office.agreements.reading import Reading, read_text

from .reading_cast import TODAY, read

ITEM = re.compile(r"^([-•✓])\s*(.*)$")
NUMBERED = re.compile(r"^([0-9۰-۹]{1,2})[.)\-]\s*(.*)$")


def broken(line: str, dice: random.Random) -> str:
    """The line's runs in reverse, cut at blanks or inside words, its bullet or number at the end."""
    text, tail = line.strip(), ""
    if item := ITEM.match(text):
        text, tail = item[2], f"  {item[1].replace('-', '•')}"
    elif numbered := NUMBERED.match(text):
        text, tail = numbered[2], f"  .{numbered[1]}"
    blanks = [at for at, mark in enumerate(text) if mark == " "]
    cuts = {0, len(text)}
    for _ in range(dice.choice([0, 1, 1, 2]) if len(text) > 25 else 0):
        cuts.add(dice.choice(blanks) if dice.random() < 0.8 else dice.randrange(2, len(text) - 2))
    ends = sorted(cuts)
    runs = [text[a:b] for a, b in pairwise(ends)]
    return "".join(reversed(runs)) + tail


def promised(reading: Reading) -> Counter[str]:
    return Counter(clause.kind for clause in reading.clauses if clause.kind != "other")


@pytest.mark.parametrize("name", ["S2", "own_25_produce_reworded.txt", "own_24_grazing.txt"])
def test_most_of_a_broken_text_is_found_again_and_little_is_invented(name: str) -> None:
    whole = read(name)
    missed = invented = total = 0
    for seed in range(4):
        dice = random.Random(seed)  # noqa: S311  # the same breaks each run, no secret
        text = "\n".join(broken(line, dice) for line in whole.source.split("\n"))
        found = promised(read_text(text, today=TODAY))
        missed += (promised(whole) - found).total()
        invented += (found - promised(whole)).total()
        total += promised(whole).total()
    assert missed <= 0.2 * total
    assert invented <= 0.05 * total
