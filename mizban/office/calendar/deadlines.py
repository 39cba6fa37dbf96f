"""By when an answer is owed, why, and how much time is left: what the other floors import. Plain Python.

The values are in `targets`, the arithmetic in `counting`, the meters in `meters`, the account in
`explaining`.
"""

from .counting import deadline, due_if_answered, known_at, met
from .explaining import Step, account, explain
from .meters import Left, left, progress, shares_at
from .targets import Amount, Deadline, Pause, Run, Target, Unit

__all__ = [
    "Amount",
    "Deadline",
    "Left",
    "Pause",
    "Run",
    "Step",
    "Target",
    "Unit",
    "account",
    "deadline",
    "due_if_answered",
    "explain",
    "known_at",
    "left",
    "met",
    "progress",
    "shares_at",
]
