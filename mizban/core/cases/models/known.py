"""What an agency's lists are about."""

from dataclasses import dataclass

from mizban.core.declarations.grammar import Declaration


@dataclass(frozen=True, slots=True)
class Known:
    """The declarations cases can be filed under, by version, and what the agency offers, by slug (the newest text).

    `is_party`: whether it has a part in cases of other agencies.
    """

    versions: dict[int, Declaration]
    offered: dict[str, Declaration]
    is_party: bool

    def versions_of(self, service: str) -> list[int]:
        return [pk for pk, declaration in self.versions.items() if declaration.slug == service]

    @property
    def own_versions(self) -> dict[int, Declaration]:
        """The versions of what the agency offers: its own cases were filed under one of these."""
        return {pk: declared for pk, declared in self.versions.items() if declared.slug in self.offered}
