"""A YAML document whose every node knows its line and refuses what it does not expect."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
    TagToken,
)

LARGEST = 200_000
DEEPEST = 100
OPENING = BlockMappingStartToken | BlockSequenceStartToken | FlowMappingStartToken | FlowSequenceStartToken
# What an escape can write and neither a page nor a database holds: controls and halves of characters.
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
CLOSING = BlockEndToken | FlowMappingEndToken | FlowSequenceEndToken


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a declaration, on which line, and what to do about it."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class BrokenDeclaration(Exception):
    """A declaration that cannot be published; `faults` has every fault found, by line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, sorted(faults))))
        self.faults = sorted(faults)


class _Constructor(RoundTripConstructor):
    """YAML 1.2 scalars: a date is a string until a field says otherwise."""


_Constructor.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda constructor, node: constructor.construct_scalar(node)
)


@dataclass(slots=True)
class Node:
    """A value of the document at a line; reading it records faults instead of raising."""

    value: Any
    line: int
    faults: list[Fault]

    def fault(self, message: str) -> None:
        self.faults.append(Fault(self.line, message))

    def child(self, key: str) -> "Node | None":
        """The node under `key`, or None where the key is missing."""
        if not isinstance(self.value, CommentedMap) or key not in self.value:
            return None
        return Node(self.value[key], self.value.lc.key(key)[0] + 1, self.faults)

    def only(self, *known: str) -> None:
        """Fault every key that is not known, each on its own line."""
        if not isinstance(self.value, CommentedMap):
            self.fault("expected a map of keys and values here")
            return
        for key in self.value:
            if key not in known:
                line = self.value.lc.key(key)[0] + 1
                self.faults.append(Fault(line, f"unknown key «{key}»; known here: {', '.join(known)}"))

    def text(self, key: str, *, default: str | None = None) -> str:
        """A string; without a default it must be there and not be empty."""
        node = self.child(key)
        if node is None:
            if default is None:
                self.fault(f"«{key}» is missing; add «{key}: …»")
            return default or ""
        if not isinstance(node.value, str) or not node.value.strip():
            node.fault(f"«{key}» must be a text; put it in quotes if it looks like a number")
            return ""
        return str(node.value).strip()

    def flag(self, key: str, *, default: bool) -> bool:
        node = self.child(key)
        if node is None:
            return default
        if not isinstance(node.value, bool):
            node.fault(f"«{key}» must be true or false")
            return default
        return bool(node.value)

    def number(self, key: str, *, default: int | None = None, most: int = 10**15) -> int:
        """A whole number of at least 1."""
        node = self.child(key)
        if node is None:
            if default is None:
                self.fault(f"«{key}» is missing; add «{key}: 1»")
            return default or 0
        whole = isinstance(node.value, int) and not isinstance(node.value, bool)
        if not whole or not 1 <= node.value <= most:
            node.fault(f"«{key}» must be a whole number of at least 1 and at most {most:,}")
            return default or 0
        return int(node.value)

    def one_of(self, key: str, known: tuple[str, ...], *, default: str | None = None) -> str:
        """One word of a closed list."""
        value = self.text(key, default=default)
        if value and value not in known:
            (self.child(key) or self).fault(f"«{key}: {value}» is not known; choose from {', '.join(known)}")
            value = ""
        # What is missing or wrong was told; whoever reads on gets a word there is.
        return value or (next(iter(known), "") if default is None else default)

    def texts(self, key: str, *, known: tuple[str, ...] = (), required: bool = False) -> tuple[str, ...]:
        """A list of strings (or a single one), each from `known` where that is given."""
        node = self.child(key)
        if node is None:
            if required:
                self.fault(f"«{key}» is missing; add «{key}: [{', '.join(known) or '…'}]»")
            return ()
        values = [node.value] if isinstance(node.value, str) else node.value
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values) or not values:
            node.fault(f"«{key}» must be a list of texts")
            return ()
        for value in values:
            if known and value not in known:
                node.fault(f"«{value}» is not known in «{key}»; choose from {', '.join(known)}")
        return tuple(str(value) for value in values)

    def entries(self, key: str) -> Iterator["Node"]:
        """The items of a list of maps."""
        node = self.child(key)
        if node is None:
            return
        if not isinstance(node.value, CommentedSeq):
            node.fault(f"«{key}» must be a list")
            return
        for number, item in enumerate(node.value):
            yield Node(item, node.value.lc.item(number)[0] + 1, self.faults)

    def named(self, key: str) -> Iterator[tuple[str, "Node"]]:
        """The entries of a map of maps, with their names."""
        node = self.child(key)
        if node is None:
            return
        if not isinstance(node.value, CommentedMap):
            node.fault(f"«{key}» must be a map of names")
            return
        for name in node.value:
            child = node.child(name)
            if child is not None:
                yield str(name), child


def document(source: str) -> Node:
    """The root node of a YAML text. Raises BrokenDeclaration for what is no plain YAML map."""
    if len(source) > LARGEST:
        raise BrokenDeclaration([Fault(1, f"longer than {LARGEST:,} characters")])
    try:
        _refuse_bombs(source)
        yaml = YAML(typ="rt", pure=True)
        yaml.Constructor = _Constructor
        value = yaml.load(StringIO(source))
    except RecursionError as fault:
        raise BrokenDeclaration([Fault(1, "nested too deeply")]) from fault
    except MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise BrokenDeclaration([Fault(line, f"not YAML: {fault.problem}")]) from fault
    except (YAMLError, ValueError) as fault:
        raise BrokenDeclaration([Fault(1, f"not YAML: {fault}")]) from fault
    if not isinstance(value, CommentedMap):
        raise BrokenDeclaration([Fault(1, "a declaration is a map that begins with «service: …»")])
    return Node(value, 1, [])


def _refuse_bombs(source: str) -> None:
    """Aliases can blow a small file up to gigabytes, and a declaration needs none; tags could name programs.

    Each level makes the next one slower to read, so depth is counted before anything is built.
    """
    depth = 0
    for token in YAML(pure=True).scan(StringIO(source)):
        depth += isinstance(token, OPENING) - isinstance(token, CLOSING)
        if depth > DEEPEST:
            raise BrokenDeclaration([Fault(token.start_mark.line + 1, "nested too deeply")])
        if isinstance(token, AliasToken | AnchorToken | TagToken):
            line = token.start_mark.line + 1
            raise BrokenDeclaration(
                [Fault(line, "aliases, anchors and tags are not allowed; write the value out")]
            )
        if isinstance(token, ScalarToken):
            _refuse_scalar(token)


def _refuse_scalar(token: ScalarToken) -> None:
    """«<<» would mix one map into another, whose keys then stand on no line of their own."""
    line = token.start_mark.line + 1
    if token.plain and token.value == "<<":
        raise BrokenDeclaration([Fault(line, "«<<» merges maps, which is not allowed; write the keys out")])
    if UNSHOWN.search(token.value):
        raise BrokenDeclaration([Fault(line, "a control character stands here, which no page can show")])
