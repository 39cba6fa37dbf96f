"""A YAML document whose every node knows its line and refuses what it does not expect."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .parsing import Items, Map, Unreadable, parse

LARGEST = 200_000


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
        if not isinstance(self.value, Map) or key not in self.value:
            return None
        return Node(self.value[key], self.value.lines[key], self.faults)

    def only(self, *known: str) -> None:
        """Fault every key that is not known, each on its own line."""
        if not isinstance(self.value, Map):
            self.fault("expected a map of keys and values here")
            return
        for key in self.value:
            if key not in known:
                line = self.value.lines[key]
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
        if not isinstance(node.value, Items):
            node.fault(f"«{key}» must be a list")
            return
        for number, item in enumerate(node.value):
            yield Node(item, node.value.lines[number], self.faults)

    def named(self, key: str) -> Iterator[tuple[str, "Node"]]:
        """The entries of a map of maps, with their names."""
        node = self.child(key)
        if node is None:
            return
        if not isinstance(node.value, Map):
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
        value = parse(source)
    except Unreadable as fault:
        raise BrokenDeclaration([Fault(fault.line, fault.message)]) from fault
    if not isinstance(value, Map):
        raise BrokenDeclaration([Fault(1, "a declaration is a map that begins with «service: …»")])
    return Node(value, 1, [])
