"""From the YAML of a service to its `Declaration`, with every fault found and its line."""

from functools import lru_cache

from ..checking import check
from ..grammar import APPLICANT_KINDS, Declaration, Identity
from ..mandates import REPRESENTATIONS
from ..nodes import BrokenDeclaration, Node, document
from .approvals import read_approval
from .fields import read_condition, read_pages
from .steps import read_party, read_states, read_step
from .targets import read_target

KEYS = (
    "service", "title", "summary", "applicants", "identity", "form", "pages", "states", "steps", "targets",
    "parties", "approvals", "checks", "unit", "unit_from", "title_from", "signed_in_starts_at",
    "anonymous_when", "representation",
)  # fmt: skip
IDENTITY_KEYS = (
    "code", "kinds", "nature", "level", "laws", "documents", "channels", "visits", "minutes_to_fill",
    "cost", "free", "yearly_count", "average_time",
)  # fmt: skip


def read(source: str) -> Declaration:
    """The declaration in a YAML text. Raises BrokenDeclaration with all faults."""
    root = document(source)
    declaration = _declared(root)
    check(declaration, root)
    if root.faults:
        raise BrokenDeclaration(root.faults)
    return declaration


@lru_cache(maxsize=256)
def read_cached(source: str) -> Declaration:
    """`read`, once per process and text."""
    return read(source)


def read_published(source: str) -> Declaration:
    """The declaration in a text that was published: it was without fault then, whatever is looked for since."""
    return _declared(document(source))


def _declared(root: Node) -> Declaration:
    """What stands in the document; what is wrong with it, key by key, is among the faults of the root."""
    root.only(*KEYS)
    states = read_states(root)
    pages = read_pages(root)
    parties = {name: read_party(name, node) for name, node in root.named("parties")}
    steps = {name: read_step(name, node, states, parties) for name, node in root.named("steps")}
    approvals = {}
    for name, node in root.named("approvals"):
        approvals[name], taken = read_approval(name, node, states, parties)
        steps |= {step.name: step for step in taken}
    return Declaration(
        slug=root.text("service"),
        title=root.text("title"),
        summary=root.text("summary", default=""),
        applicants=root.texts("applicants", known=tuple(APPLICANT_KINDS), required=True),
        identity=_identity(root.child("identity")),
        pages=pages,
        form=tuple(field for page in pages for field in page.fields),
        states=states,
        steps=steps,
        targets={name: read_target(name, node, states, parties) for name, node in root.named("targets")},
        first_state=next(iter(states), ""),
        parties=parties,
        approvals=approvals,
        checks=root.texts("checks"),
        signed_in_starts_at=root.one_of("signed_in_starts_at", tuple(states), default=""),
        unit=root.text("unit", default=""),
        unit_from=root.text("unit_from", default=""),
        title_from=root.text("title_from", default=""),
        anonymous_when=read_condition(root.child("anonymous_when")),
        representation=root.texts("representation", known=tuple(REPRESENTATIONS)),
    )


def _identity(node: Node | None) -> Identity:
    if node is None:
        return Identity()
    node.only(*IDENTITY_KEYS)
    return Identity(
        code=node.text("code", default=""),
        kinds=node.texts("kinds", known=("G2C", "G2B", "G2G")),
        nature=node.text("nature", default=""),
        level=node.text("level", default=""),
        laws=node.texts("laws"),
        documents=node.texts("documents"),
        channels=node.texts("channels"),
        visits=node.text("visits", default=""),
        minutes_to_fill=node.number("minutes_to_fill", default=5),
        cost=node.text("cost", default=""),
        free=node.flag("free", default=True),
        yearly_count=node.number("yearly_count", default=0),
        average_time=node.text("average_time", default=""),
    )
