"""Filters of the queue: service, unit, state, channel and kind, in the address because nothing of them is personal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mizban.core.agencies.models import Unit
from mizban.core.cases.models import CaseQuerySet
from mizban.core.cases.models.case import Channel
from mizban.core.cases.models.known import Known
from mizban.core.declarations.fields import Option
from mizban.core.declarations.grammar import Declaration

NAMES = ("service", "unit", "state", "channel", "kind")
LABELS = {
    "service": "همهٔ خدمت‌ها",
    "unit": "همهٔ واحدها",
    "state": "همهٔ وضعیت‌ها",
    "channel": "همهٔ راه‌ها",
    "kind": "همهٔ موضوع‌ها",
}
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter on the page; `label` is what is said while nothing is chosen."""

    name: str
    label: str
    options: Sequence[Option]
    chosen: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What can be chosen and what is; a value that no option has is no choice."""

    choices: tuple[Choice, ...]
    known: Known
    units: tuple[Unit, ...]

    @property
    def chosen(self) -> dict[str, str]:
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}

    @property
    def shown(self) -> list[Choice]:
        """Those that leave anything to choose."""
        return [choice for choice in self.choices if len(choice.options) > 1]

    def among(self, cases: CaseQuerySet) -> CaseQuerySet:
        """The cases that pass."""
        chosen = self.chosen
        if service := chosen.get("service"):
            cases = cases.filter(version__in=self.known.versions_of(service))
        if unit := next((unit for unit in self.units if unit.slug == chosen.get("unit")), None):
            cases = cases.filter(unit=unit)
        plain = {name: chosen[name] for name in ("state", "channel") if name in chosen}
        if kind := chosen.get("kind"):
            service, _, value = kind.partition(".")
            versions = self.known.versions_of(service)
            cases = cases.filter(version__in=versions).of_kind(self.known.offered[service].title_from, value)
        return cases.filter(**plain)


def options_of(known: Known, units: Sequence[Unit], service: str) -> dict[str, list[Option]]:
    """What each filter offers, among what the agency offers and these units; with a service chosen, what that has."""
    narrowed = known.offered if service not in known.offered else {service: known.offered[service]}
    return {
        "service": [Option(slug, declared.title) for slug, declared in known.offered.items()],
        "unit": [Option(unit.slug, unit.name) for unit in units],
        "state": list(_states(narrowed)),
        "channel": [Option(channel.value, str(channel.label)) for channel in Channel],
        "kind": list(_kinds(narrowed)),
    }


def filters_of(
    query: Mapping[str, str], known: Known, units: tuple[Unit, ...], options: Mapping[str, Sequence[Option]]
) -> Filters:
    """The filters this query asks for, among these options."""
    choices = tuple(
        Choice(name, LABELS[name], options[name], _chosen(options[name], query.get(name, "")))
        for name in NAMES
    )
    return Filters(choices, known, units)


def _chosen(options: Sequence[Option], typed: str) -> str:
    return next((option.value for option in options if option.value == typed[:LONGEST]), "")


def _states(offered: Mapping[str, Declaration]) -> Iterator[Option]:
    """Every state once, called as most services call it; with a service chosen, as that one does."""
    labels: dict[str, Counter[str]] = {}
    for declared in offered.values():
        for state in declared.states.values():
            labels.setdefault(state.name, Counter())[state.label] += 1
    return (Option(name, said.most_common(1)[0][0]) for name, said in labels.items())


def _kinds(offered: Mapping[str, Declaration]) -> Iterator[Option]:
    """What cases are called by, per service that asks for it; with the service's title where there are several."""
    asking = {slug: declared for slug, declared in offered.items() if declared.title_from}
    for slug, declared in asking.items():
        field = declared.field(declared.title_from)
        if field is None or not field.plain:
            continue
        for option in field.options:
            label = option.label if len(asking) == 1 else f"{declared.title}: {option.label}"
            yield Option(f"{slug}.{option.value}", label)
