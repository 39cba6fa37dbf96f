"""Names that are longer than what the database keeps them in; there they would be refused when somebody files."""

from ..grammar import Declaration
from ..nodes import Node

# The columns `slug` of a version, `state` of a case, `role` of a party.
LONGEST_SLUG, LONGEST_STATE, LONGEST_PARTY = 50, 40, 50


def check_lengths(declaration: Declaration, root: Node) -> None:
    if len(declaration.slug) > LONGEST_SLUG:
        (root.child("service") or root).fault(
            f"«service» is longer than {LONGEST_SLUG} characters; shorten it"
        )
    for name, node in root.named("states"):
        if len(name) > LONGEST_STATE:
            node.fault(f"the name of state «{name}» is longer than {LONGEST_STATE} characters; shorten it")
    for name, node in root.named("parties"):
        if len(name) > LONGEST_PARTY:
            node.fault(f"the name of party «{name}» is longer than {LONGEST_PARTY} characters; shorten it")
