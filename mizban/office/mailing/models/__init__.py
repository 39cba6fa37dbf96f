"""Who asked to be told, what is told, and each mail on its way."""

from .outgoing import Delivery, Mailing, Occasion, Outcome
from .subscriptions import Subscription

__all__ = ["Delivery", "Mailing", "Occasion", "Outcome", "Subscription"]
