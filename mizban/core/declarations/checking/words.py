"""What is missing or ill-written in the texts people read: they are in Persian, with Persian letters and digits."""

import re
from collections.abc import Iterator

from ..nodes import Node
from ..parsing import Items, Map

READ = frozenset({"title", "summary", "label", "help", "says", "tells", "note", "waits_for"})
# Of the identity sheet; its codes are not words.
SHEET = frozenset({"nature", "level", "laws", "documents", "channels", "visits", "cost", "average_time"})
LETTER = re.compile(r"[آ-غف-ی]")
LETTER_OR_DIGIT = re.compile(r"[آ-غف-ی۰-۹]")
ARABIC = re.compile(r"[يك]")
# A number of its own; «G2C» and «{name1}» are none.
OTHER_DIGITS = re.compile(r"(?<![A-Za-z0-9_{])[0-9]+(?![A-Za-z0-9_}])|[٠-٩]")


def check_words(root: Node) -> None:
    """Fault each text of the document that people could not read as it is written."""
    for key, node, is_option in _texts(root):
        text = str(node.value)
        if not (LETTER_OR_DIGIT if is_option else LETTER).search(text):
            node.fault(f"«{key}» has no Persian letters; people read it, so write it in Persian")
        if ARABIC.search(text):
            node.fault(f"«{key}» has the Arabic «ي» or «ك»; write «ی» and «ک»")
        if found := OTHER_DIGITS.search(text):
            node.fault(f"«{key}» has «{found[0]}»; people read it, so write Persian digits: «۱۲»")


def _texts(node: Node, *, within: str = "") -> Iterator[tuple[str, Node, bool]]:
    """Every text people read, with its key and whether it is one of the options of a choice."""
    for key, child in _children(node):
        is_option, is_text = within == "options", isinstance(child.value, str)
        read = key in READ or is_option or (within in SHEET or (within == "identity" and key in SHEET))
        if is_text and read and child.value.strip():
            yield key or within, child, is_option
        elif not is_text:
            yield from _texts(child, within=key or within)


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    """What stands under a map, by key, or in a list, without one."""
    if isinstance(node.value, Map):
        for key in node.value:
            child = node.child(key)
            if child is not None:
                yield str(key), child
    elif isinstance(node.value, Items):
        for number, item in enumerate(node.value):
            yield "", Node(item, node.value.lines[number], node.faults)
