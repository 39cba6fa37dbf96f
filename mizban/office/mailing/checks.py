"""What `mizban check --deploy` says about mail."""

from typing import Any

from django.core.checks import CheckMessage, Info, register

from .chosen import is_on

OFF = "No mail is sent: MIZBAN_MAIL_URL is not set. Subscribing by e-mail is not offered."


@register(deploy=True)
def mail(**_: Any) -> list[CheckMessage]:
    """An installation without mail is whole; whoever meant to have it should hear that it has not."""
    return [] if is_on() else [Info(OFF, hint="See «Mail» in docs/operating.md.", id="mizban.I001")]
