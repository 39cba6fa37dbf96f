"""The figures of an agreement for its office, and the cases behind one: only those the reader may see."""

from django.http import HttpResponse

from mizban.core.cases.models import Case
from mizban.core.refusals import NotFound
from mizban.kit.requests import DeskRequest
from mizban.office.agreements.models import AgreementVersion
from mizban.office.compliance.figures import Figure, counts, figures
from mizban.office.compliance.models import Shortfall
from mizban.office.compliance.reading import CASE
from mizban.web.compliance import PERIODS, WORDS, evidence, period_of, trend, with_everything

from ..finding import member
from ..frame import desk_page

# More cases than anybody reads one by one; the figure says how many there are.
MOST = 200


@member()
def show(request: DeskRequest, number: int) -> HttpResponse:
    """Every clause with its figure, whole numbers: who sits here may know them."""
    version = _version(request, number)
    months = period_of(request.GET.get("months", ""))
    found = figures(version, at=request.now, months=months)
    return desk_page(
        request,
        "desk/agreements/compliance.html",
        title=f"کارنامهٔ {version.agreement.title}",
        here="agreements",
        version=version,
        lines=[(figure, evidence(figure), trend(figure), WORDS[figure.verdict]) for figure in found],
        summary=[(count, *WORDS[verdict]) for verdict, count in counts(found).items()],
        periods=PERIODS,
        months=months,
    )


@member()
def behind(request: DeskRequest, number: int, ref: str) -> HttpResponse:
    """The cases that fell short of a clause. Raises NotFound for a clause that is not there."""
    version = _version(request, number)
    months = period_of(request.GET.get("months", ""))
    made = figures(version, at=request.now, months=months, trend=months)
    figure = next((each for each in made if each.ref == ref), None)
    if figure is None:
        raise NotFound
    cases = _cases(request, version, figure)
    return desk_page(
        request,
        "desk/agreements/shortfalls.html",
        title=f"آنچه کم آمد: {figure.title}",
        here="agreements",
        version=version,
        figure=figure,
        evidence=evidence(figure),
        chip=WORDS[figure.verdict],
        cases=cases,
        months=months,
    )


def _version(request: DeskRequest, number: int) -> AgreementVersion:
    found = with_everything().filter(agency=request.agency, number=number).first() if number < 2**31 else None
    if found is None:
        raise NotFound
    return found.current


def _cases(request: DeskRequest, version: AgreementVersion, figure: Figure) -> list[Case]:
    """Found through what the reader may see, the newest first."""
    short = Shortfall.objects.visible_to(request.actor).behind(
        version.pk, figure.measure, figure.topic, since=figure.first_on, until=figure.end_on
    )
    ids = short.filter(subject_kind=CASE).values("subject_id")
    return list(Case.objects.visible_to(request.actor).filter(pk__in=ids).for_lists().order_by("-pk")[:MOST])
