"""Where one complains of a late answer: the desk of the superior agency where it has one, and of the office itself."""

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.kit.environment import url
from mizban.office.breaches.complaining import SERVICE_DESK

from .finding import offering_of


def complaint_desks(case: Case) -> list[tuple[str, str]]:
    """Where one complains of this case: address and words; the superior agency's desk first, where it has one."""
    return [
        (url("portal:grievance", agency.slug), f"شکایت از این دیرکرد نزد {agency.short_name}")
        for agency in agencies_of(case)
    ]


def agencies_of(case: Case) -> list[Agency]:
    """The agencies that take a complaint about this case, the superior one first."""
    above = case.agency.parent
    offices = [above, case.agency] if above and above.has_portal else [case.agency]
    return [agency for agency in offices if offering_of(agency, SERVICE_DESK)]
