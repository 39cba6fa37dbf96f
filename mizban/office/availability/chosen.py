"""What an installation chose about availability (settings.AVAILABILITY, docs/availability.md)."""

from typing import cast

from django.conf import settings

from .verdicts import Agree


def agree() -> Agree:
    """Whose word makes a minute down: that of `all` sources that measured it, or of `any`."""
    return cast("Agree", settings.AVAILABILITY["agree"])


def after_minutes() -> int:
    """How many failed minutes in a row are an outage, and how many good ones its end."""
    return cast("int", settings.AVAILABILITY["after_minutes"])


def lead_hours() -> int:
    """How many working hours before its beginning maintenance is to be announced."""
    return cast("int", settings.AVAILABILITY["lead_hours"])


def kept_days() -> int:
    """How many days the single minutes of probes are kept."""
    return cast("int", settings.AVAILABILITY["kept_days"])
