"""YAML 1.2 by libyaml, whose grammar is older: what a plain word means is decided here, and every line is kept."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml import CSafeLoader, events, tokens

DEEPEST = 100
OPENING = (
    tokens.BlockMappingStartToken | tokens.BlockSequenceStartToken
    | tokens.FlowMappingStartToken | tokens.FlowSequenceStartToken
)  # fmt: skip
CLOSING = tokens.BlockEndToken | tokens.FlowMappingEndToken | tokens.FlowSequenceEndToken
NAMING = tokens.AliasToken | tokens.AnchorToken | tokens.TagToken
# What an escape can write and neither a page nor a database holds: controls and halves of characters.
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Two separators are breaks of lines in the older grammar and letters like any other in 1.2: others stand for them, from
# the last plane, where no font of ours has letters of its own.
LETTERS = str.maketrans("\u2028\u2029", "\U0010e028\U0010e029")
BREAKS = str.maketrans("\U0010e028\U0010e029", "\u2028\u2029")
# The core schema (YAML 1.2, 10.3.2) with `_` between digits: `no`, `15:00` and `1405-01-01` are texts.
WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], int | float]], ...] = (
    (re.compile(r"[-+]?[0-9][0-9_]*"), int),
    (re.compile(r"[-+]?0b[01_]+"), lambda digits: int(digits, 2)),
    (re.compile(r"[-+]?0o[0-7_]+"), lambda digits: int(digits, 8)),
    (re.compile(r"[-+]?0x[0-9a-fA-F_]+"), lambda digits: int(digits, 16)),
    (
        re.compile(r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+][0-9]+)?)"),
        float,
    ),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), lambda word: float(word.replace(".", ""))),
)


class Unreadable(Exception):
    """What is no plain YAML, and on which line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


class Map(dict[Any, Any]):
    """A map that knows the line of each of its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Any, int] = {}


class Items(list[Any]):
    """A list that knows the line of each of its items."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


def parse(source: str) -> Any:
    """The value of a YAML text, of maps, lists and scalars, lines counted from 1. Raises Unreadable."""
    try:
        text = source.translate(LETTERS)
        _refuse_bombs(text)
        return _document(yaml.parse(text, Loader=CSafeLoader))
    except yaml.MarkedYAMLError as fault:
        line = _line(fault.problem_mark) if fault.problem_mark else 1
        # What breaks off in the last line is found missing on the one after it.
        line = min(line, len(source.splitlines()) or 1)
        raise Unreadable(line, f"not YAML: {fault.problem}") from fault
    except (yaml.YAMLError, UnicodeError) as fault:
        raise Unreadable(1, f"not YAML: {fault}") from fault


def _refuse_bombs(source: str) -> None:
    """Aliases can blow a small file up to gigabytes, and a declaration needs none; tags could name programs.

    Depth is counted before anything is built; the older grammar a directive could ask for is not read.
    """
    depth = 0
    for token in yaml.scan(source, Loader=CSafeLoader):
        depth += isinstance(token, OPENING) - isinstance(token, CLOSING)
        line = _line(token.start_mark)
        if depth > DEEPEST:
            raise Unreadable(line, "nested too deeply")
        if isinstance(token, NAMING):
            raise Unreadable(line, "aliases, anchors and tags are not allowed; write the value out")
        if isinstance(token, tokens.DirectiveToken) and (token.name, token.value) != ("YAML", (1, 2)):
            raise Unreadable(line, "a directive stands here, which is not allowed; remove this line")
        if isinstance(token, tokens.ScalarToken):
            _refuse_scalar(token, line)


def _refuse_scalar(token: tokens.ScalarToken, line: int) -> None:
    """«<<» would mix one map into another, whose keys then stand on no line of their own."""
    if token.plain and token.value == "<<":
        raise Unreadable(line, "«<<» merges maps, which is not allowed; write the keys out")
    if UNSHOWN.search(token.value):
        raise Unreadable(line, "a control character stands here, which no page can show")


def _document(stream: Iterator[Any]) -> Any:
    """The one document of a stream; None for an empty stream."""
    next(stream)
    if isinstance(next(stream), events.StreamEndEvent):
        return None
    value = _value(next(stream), stream)
    next(stream)
    following = next(stream)
    if not isinstance(following, events.StreamEndEvent):
        raise Unreadable(_line(following.start_mark), "not YAML: expected a single document in the stream")
    return value


def _value(event: Any, stream: Iterator[Any]) -> Any:
    if isinstance(event, events.MappingStartEvent):
        return _map(stream)
    if isinstance(event, events.SequenceStartEvent):
        return _items(stream)
    return _scalar(event)


def _map(stream: Iterator[Any]) -> Map:
    found = Map()
    while not isinstance(event := next(stream), events.MappingEndEvent):
        line = _line(event.start_mark)
        if not isinstance(event, events.ScalarEvent):
            raise Unreadable(line, "a key is a single word here, neither a map nor a list")
        key = _scalar(event)
        if key in found:
            raise Unreadable(line, f"not YAML: found duplicate key «{key}»")
        found[key], found.lines[key] = _value(next(stream), stream), line
    return found


def _items(stream: Iterator[Any]) -> Items:
    found = Items()
    while not isinstance(event := next(stream), events.SequenceEndEvent):
        found.lines.append(_line(event.start_mark))
        found.append(_value(event, stream))
    return found


def _scalar(event: events.ScalarEvent) -> Any:
    """What a plain word means; everything quoted is a text."""
    written = str(event.value).translate(BREAKS)
    if not event.implicit[0]:
        return written
    if written in WORDS:
        return WORDS[written]
    for pattern, number in NUMBERS:
        if pattern.fullmatch(written):
            try:
                return number(written.replace("_", ""))
            except ValueError as fault:
                raise Unreadable(_line(event.start_mark), f"not YAML: {fault}") from fault
    return written


def _line(mark: Any) -> int:
    return int(mark.line) + 1
