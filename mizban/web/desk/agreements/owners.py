"""Who can answer for a clause: a unit of the office, or one of its leading roles."""

from mizban.core.agencies.models import Agency
from mizban.core.declarations.fields import Field, Option
from mizban.office.agreements.words import ROLES

LEADING = ("director", "site_officer")


def units_of(agency: Agency) -> dict[str, str]:
    """The names of an agency's units by slug."""
    return {unit.slug: unit.name for unit in agency.units.all()}


def owner_field(agency: Agency) -> Field:
    """The question for the owner of a clause."""
    options = (
        *(Option(f"unit:{slug}", name) for slug, name in units_of(agency).items()),
        *(Option(f"role:{role}", ROLES[role]) for role in LEADING),
    )
    return Field("owner", "unit", "مسئول بند", options=options)
