"""What can be wrong with a table of rows."""

from ..fields import Field
from ..nodes import Node
from ..tables import COLUMN_KINDS, MOST_ROWS

MOST_COLUMNS = 20


def check_table(field: Field, node: Node) -> None:
    """A table has columns, each of one box and each filled in anew; nothing else has."""
    if field.kind != "rows":
        if field.columns or field.least_rows or field.most_rows or field.unique:
            node.fault(
                f"«columns», «least_rows», «most_rows» and «unique» of «{field.name}» are for kind rows"
            )
        return
    if not 1 <= len(field.columns) <= MOST_COLUMNS:
        node.fault(f"table «{field.name}» has 1 to {MOST_COLUMNS} «columns», questions like those of a form")
    if field.plain:
        node.fault(f"table «{field.name}» cannot be plain: its rows are always sealed; drop «plain»")
    if field.least_rows > (field.most_rows or MOST_ROWS):
        node.fault(f"table «{field.name}» has a «least_rows» above its «most_rows»; no table would be right")
    labels = _check_columns(field, list(node.entries("columns")))
    for name in field.unique:
        if name not in labels:
            node.fault(f"«unique» of «{field.name}» names «{name}», which is no column")


def _check_columns(field: Field, nodes: list[Node]) -> dict[str, str]:
    """The headings by column."""
    labels: dict[str, str] = {}
    for column, node in zip(field.columns, nodes, strict=True):
        if column.kind not in COLUMN_KINDS:
            node.fault(f"column «{column.name}» is of kind {column.kind}; known: {', '.join(COLUMN_KINDS)}")
        if column.plain or column.search or column.prefill or column.signed_in_may_omit:
            node.fault(
                f"column «{column.name}» has «plain», «search» or the like, which are for whole questions"
            )
        # A sheet is read by its headings.
        if column.label in labels.values():
            node.fault(f"two columns are headed «{column.label}»; a sheet could not tell them apart")
        if column.kind == "computed" and column.computed and column.computed.rule:
            node.fault(
                f"column «{column.name}» is computed by a rule; columns are by the operations over others"
            )
        labels[column.name] = column.label
    return labels
