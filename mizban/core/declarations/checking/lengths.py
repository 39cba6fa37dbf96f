"""What is longer than the database keeps or a browser may post: it would be refused when somebody files."""

from collections.abc import Iterable

from ..fields import Field
from ..grammar import Declaration
from ..kinds import KINDS
from ..nodes import Node

# The columns `slug` of a version, `state` of a case, `role` of a party.
LONGEST_SLUG, LONGEST_STATE, LONGEST_PARTY = 50, 40, 50
# A form travels whole, its other pages hidden; below what a request may hold (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS).
MOST_INPUTS = 900
# As many places for files, of tables too, below settings.DATA_UPLOAD_MAX_NUMBER_FILES: empty ones are sent as well.
MOST_UPLOADS = 18
# A table that is typed on the page.
A_TABLE = 170


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
    _check_inputs(declaration, root)


def _check_inputs(declaration: Declaration, root: Node) -> None:
    """A form nobody could send is told now, not to the first applicant."""
    node = root.child("pages") or root.child("form") or root
    whole = _inputs(declaration.form, len(declaration.form))
    if whole > MOST_INPUTS:
        node.fault(f"the form has {whole} boxes, more than {MOST_INPUTS} cannot be sent at once")
    uploads = sum(bool(field.columns) or KINDS[field.kind].is_file for field in declaration.form)
    if uploads > MOST_UPLOADS:
        node.fault(
            f"the form has {uploads} files and tables, more than {MOST_UPLOADS} cannot be sent at once"
        )
    for name, node in root.named("steps"):
        step = declaration.steps[name]
        count = _inputs(step.form, len(declaration.form)) + (whole if step.mends else 0)
        if count > MOST_INPUTS:
            node.fault(f"step «{name}» asks {count} boxes, more than {MOST_INPUTS} cannot be sent at once")


def _inputs(fields: Iterable[Field], questions: int) -> int:
    """How many boxes a form has at most; a return has two for each of the `questions` it can name."""
    count = 0
    for field in fields:
        if field.columns:
            count += A_TABLE
        elif field.kind == "items":
            count += 2 * questions
        else:
            count += max(
                len(KINDS[field.kind].parts), len(field.options) * (field.kind == "choices"), field.max_files
            )
    return count
