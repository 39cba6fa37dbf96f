"""What the installation chose about mail (settings, from its environment)."""

from django.conf import settings


def is_on() -> bool:
    """Whether there is a server to send by; without one nothing is asked for and nothing is written down."""
    return bool(settings.MAIL_FROM)


def sender() -> str:
    """The address all mail comes from; empty where none is sent."""
    return str(settings.MAIL_FROM)
