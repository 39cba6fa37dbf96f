"""Every measure by its name, and everything a case adds to them."""

from collections.abc import Iterator

from ..stories import Story
from . import answers, filing, office, probed, resets, standing, topics
from .declaring import Count

FAMILIES = (answers, filing, topics, resets, office, probed, standing)
MEASURES = {name: measure for family in FAMILIES for name, measure in family.MEASURES.items()}


def of_case(story: Story) -> Iterator[Count]:
    """What a case adds to every measure that counts cases."""
    for family in (answers, filing, topics, resets):
        yield from family.counts(story)
