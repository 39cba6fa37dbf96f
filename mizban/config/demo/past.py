"""The offices of the demo with a past: how the portal fared, who is away, what was signed. Again adds nothing."""

from datetime import datetime

from mizban.core.agencies.models import Agency

from .agreements import sign_successor
from .availability import load_availability
from .offices import PASSWORD, load_offices
from .staffing import load_staffing


def load_lived_in_offices(*, at: datetime) -> list[Agency]:
    """The two offices, as they stand at the aware moment `at`."""
    offices = load_offices(at=at)
    load_availability(at=at)
    load_staffing(offices, at=at, password=PASSWORD)
    sign_successor(at=at)
    return offices
