"""What stands on every paper of an office, whatever it is about."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from mizban.core.agencies.models import Agency
from mizban.lib.text import persian_digits

BLANK = "." * 28


def on_paper(agency: Agency, *, kind: str, title: str, state: str, check: str, **more: Any) -> dict[str, Any]:
    """A paper's facts as `paper.typ` takes them; `more` are its parts."""
    place = " · ".join(filter(None, (agency.address, agency.phone and f"تلفن {agency.phone}")))
    usual: dict[str, Any] = {"lead": "", "facts": [], "marks": [], "parts": [], "signatures": []}
    return {
        **usual,
        "agency": agency.name,
        "place": persian_digits(place),
        "kind": kind,
        "title": title,
        "state": state,
        "check": check,
        **more,
    }


def site(path: str = "/") -> str:
    """An absolute address as papers name it."""
    return f"{settings.SITE}{path}"


def verify_at() -> str:
    """Where papers are checked; the code is appended."""
    return site(reverse("portal:verify"))
