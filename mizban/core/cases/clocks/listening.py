"""Who hears of what happens to cases by itself. A listener inserts rows of its own, in the transaction of the event.

It may record what follows on this case, never changes a shared row, and raises only to undo the event: then it happens
at a later look.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from mizban.core.events.models import Event

if TYPE_CHECKING:
    from ..models import Case

Listener = Callable[["Case", Event], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Tell this function of every warning and breach from now on; for apps that are ready, or as a decorator."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(case: "Case", event: Event) -> None:
    """Called inside the transaction that wrote the event."""
    for listener in _listeners:
        listener(case, event)
