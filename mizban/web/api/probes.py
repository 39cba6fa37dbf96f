"""Probers on other machines: which pages they look at, and what they found (`mizban probe --url …`)."""

from typing import cast

from django.http import HttpRequest
from ninja import Router
from ninja.security import HttpBearer

from mizban.core.agencies.models import Agency
from mizban.office.availability import recording, sources
from mizban.office.availability.instants import minute_of
from mizban.office.availability.models import ProbeSource
from mizban.office.availability.recording import Probe
from mizban.office.availability.refusals import UnknownTarget
from mizban.web.outages import follow
from mizban.web.probed import probed

from .finding import answers, arrived
from .public_shapes import PlaceItem, Places, ProbeItem, ProbesSent, ProbesTaken


class ProberBearer(HttpBearer):
    """The token of a prober; it opens these two calls and nothing else."""

    def authenticate(self, request: HttpRequest, token: str) -> ProbeSource | None:  # noqa: ARG002  # ninja's signature
        return sources.holder(token)


router = Router(tags=["probes"], auth=ProberBearer())


@router.get("/probes", response=answers(200, Places), url_name="probes")
def places(request: HttpRequest) -> Places:  # noqa: ARG001  # who asks is known by then
    """What to look at each minute, with the path of each page on this site."""
    return Places(
        items=[
            PlaceItem(agency=each.agency.slug, target=each.target.value, path=each.path) for each in probed()
        ]
    )


@router.post("/probes", response=answers(200, ProbesTaken), url_name="probes")
def bring(request: HttpRequest, sent: ProbesSent) -> ProbesTaken:
    """Keep what was found; a minute brought twice is kept once, as it first was.

    `probe-in-future` (over two minutes ahead of our clock) or `probe-long-past` (over a day old): nothing is kept.
    """
    now = arrived(request).now
    source = cast("ProbeSource", request.auth)  # type: ignore[attr-defined]  # set by ninja
    probes = _known(sent.items)
    new = recording.take(probes, source=source.name, at=now) if probes else 0
    for agency_id in sorted({probe.agency_id for probe in probes}):
        follow(agency_id, since=min(each.minute for each in probes if each.agency_id == agency_id), at=now)
    return ProbesTaken(taken=new, known=len(probes) - new)


def _known(items: list[ProbeItem]) -> list[Probe]:
    """The findings by the agencies they are of. Raises UnknownTarget."""
    agencies = dict(Agency.objects.filter(has_portal=True).values_list("slug", "pk"))
    if not agencies.keys() >= {item.agency for item in items}:
        raise UnknownTarget
    found = [
        Probe(agencies[item.agency], item.target, item.minute, item.ok, item.ms, item.reason)
        for item in items
    ]
    # Two findings of one minute in one batch: the first counts, as it would in two.
    unique = {(each.agency_id, each.target, minute_of(each.minute)): each for each in reversed(found)}
    return list(unique.values())
