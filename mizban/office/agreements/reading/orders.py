"""Orders for the pieces of a broken line: exact for runs in visual order, a beam for any other, and mending."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from .joints import AROUND, WEAK, Joints, glued
from .runs import GLUED, Piece

_BEAM = 40
_MOST_MOVES, _LEAST_GAIN, _MOST_ANDS, _MOST_JOINTS = 5, 0.01, 5, 7
# What the beam keeps: a score, which pieces are used (bits), and their order so far.
_State = tuple[float, int, tuple[int, ...]]


def by_runs(scores: Joints, base: list[int]) -> list[int]:
    """The best order made of runs of `base` kept forward and laid out from its end to its start: exact, O(n³)."""
    size = len(base)
    follows = [[scores.follows[i][j] for j in base] for i in base]
    inside = [[0.0] * size for _ in range(size)]
    for a in range(size):
        for b in range(a + 1, size):
            inside[a][b] = inside[a][b - 1] + follows[b - 1][b]
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for a in range(size - 1, -1, -1):
        best[a, size - 1] = (scores.begins[base[a]] + inside[a][size - 1], -1)
        for b in range(a, size - 1):
            came = max((best[b + 1, c][0] + follows[c][a], c) for c in range(b + 1, size))
            best[a, b] = (came[0] + inside[a][b], came[1])
    a, b = 0, max(range(size), key=lambda end: best[0, end][0] + scores.ends[base[end]])
    runs = [range(a, b + 1)]
    while (following := best[a, b][1]) >= 0:
        a, b = b + 1, following
        runs.append(range(a, b + 1))
    return [base[at] for run in reversed(runs) for at in run]


def unswapped(parts: list[Piece]) -> list[int]:
    """The pieces in visual order, where justified segments stood in reading order with their border words swapped.

    Two known words that touch are such a border: the second begins the segment before it, the first ends the next.
    """
    borders = [
        at for at in range(1, len(parts)) if parts[at].gap == GLUED and glued(parts[at - 1], parts[at]) <= 0
    ]
    segments: list[list[int]] = []
    begun: list[int] = []
    at = 0
    for border in borders:
        if border - 1 < at:
            continue  # its words already changed places
        segments.append([*begun, *range(at, border - 1), border])
        begun, at = [border - 1], border + 1
    segments.append([*begun, *range(at, len(parts))])
    return [index for segment in reversed(segments) for index in segment]


def by_beam(scores: Joints) -> list[int]:
    """A good order of any kind, for segments whose border words changed places."""
    size = scores.size
    first: list[_State] = [(scores.begins[i], 1 << i, (i,)) for i in range(size)]
    beam: list[_State] = sorted(first, reverse=True)[:_BEAM]
    for _ in range(size - 1):
        grown: dict[tuple[int, int], _State] = {}
        for score, used, order in beam:
            row = scores.follows[order[-1]]
            linked = scores.linked(order)
            for j in range(size):
                if not used >> j & 1:
                    state = (used | 1 << j, j)
                    better = score + row[j] + (AROUND if linked and scores.parts[j].bare in linked else 0.0)
                    if state not in grown or grown[state][0] < better:
                        grown[state] = (better, state[0], (*order, j))
        beam = sorted(grown.values(), reverse=True)[:_BEAM]
    return list(max(beam, key=lambda state: state[0] + scores.ends[state[2][-1]])[2])


def improved(scores: Joints, order: list[int]) -> list[int]:
    """The order after moving segments while that helps; the beam forgets what begins poorly."""
    for _ in range(_MOST_MOVES):
        if min(scores.follows[i][j] for i, j in pairwise(order)) >= WEAK:
            break
        gain, moved = max(_moves(scores, order), key=lambda move: move[0], default=(0.0, order))
        if gain < _LEAST_GAIN:
            break
        order = moved
    return order


def _moves(scores: Joints, order: list[int]) -> Iterator[tuple[float, list[int]]]:
    """Every way to move a segment between weak joints, or to exchange two, with what it gains."""
    size = len(order)
    whole = scores.total(order)
    joints = sorted(range(1, size), key=lambda at: scores.follows[order[at - 1]][order[at]])
    ands = [at for at in range(1, size) if scores.parts[order[at]].bare == "و"]
    weak = sorted({*joints[:_MOST_JOINTS], *ands[:_MOST_ANDS]})
    for a, b, c, d in combinations([0, *weak, size], 4):
        moved = order[:a] + order[c:d] + order[b:c] + order[a:b] + order[d:]
        yield scores.total(moved) - whole, moved
    for start, end in combinations([0, *weak, size], 2):
        segment, rest = order[start:end], order[:start] + order[end:]
        for place in range(len(rest) + 1):
            if place != start:
                moved = rest[:place] + segment + rest[place:]
                yield scores.total(moved) - whole, moved
