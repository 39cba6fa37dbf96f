"""Half-spaces put back and run-together words parted, wherever lexicon.txt is sure of them."""

import re

from mizban.lib.text import ZWNJ

from .keys import compact
from .lexicon import Lexicon, lexicon

_TOKEN = re.compile(r"^([«\"'(\[]*)(.*?)([»\"')\].,،؛;:!؟?…]*)$", re.DOTALL)
_PLURALS = ("هایشان", "هایی", "های", "ها")
_LONGEST_COMPOUND = 3
# After these letters a suffix stands apart by itself: «خودروهای».
_UNJOINED = tuple("اآدذرزژو")
_PERSIAN = re.compile("[آ-ی]")


def spaced(text: str) -> str:
    """The text with «می گردد», «درخواستها» and «توافقنامه» as «می‌گردد», «درخواست‌ها», «توافق‌نامه».

    Takes tidied text of one sentence or line; a word the lexicon does not know stays as it was written.
    """
    known = lexicon()
    tokens = text.split()
    out: list[str] = []
    at = 0
    while at < len(tokens):
        token, used = _compound(tokens, at, known)
        out.append(token)
        at += used
    return _closed_up(" ".join(out))


def _compound(tokens: list[str], at: int, known: Lexicon) -> tuple[str, int]:
    if not _PERSIAN.search(tokens[at]):
        return tokens[at], 1
    for length in range(min(_LONGEST_COMPOUND, len(tokens) - at), 1, -1):
        joined = _joined(tokens[at : at + length], known)
        if joined:
            return joined, length
    return _single(tokens[at], known), 1


def _joined(tokens: list[str], known: Lexicon) -> str | None:
    """Several tokens as one compound, if none but the last carries punctuation."""
    pieces = [_TOKEN.match(token) for token in tokens]
    heads = [piece[1] for piece in pieces[1:] if piece]
    tails = [piece[3] for piece in pieces[:-1] if piece]
    if any(heads) or any(tails):
        return None
    first, last = pieces[0], pieces[-1]
    if not first or not last:
        return None
    bare = [piece[2] for piece in pieces if piece]
    if "|" in bare:
        return None
    written = known.joined.get(compact("".join(bare))) or _plural(bare) or _prefixed(bare)
    return f"{first[1]}{written}{last[3]}" if written else None


def _plural(bare: list[str]) -> str | None:
    if len(bare) != 2 or bare[1] not in (*_PLURALS, "ای", "ترین") or not _PERSIAN.search(bare[0]):
        return None
    if bare[1] == "ای" and not bare[0].endswith("ه"):
        return None
    return _with_suffix(_single(bare[0], lexicon()), bare[1])


def _prefixed(bare: list[str]) -> str | None:
    # A lone «می» or «نمی» begins a verb and nothing else.
    if len(bare) == 2 and bare[0] in ("می", "نمی") and len(bare[1]) > 2 and _PERSIAN.match(bare[1]):
        return f"{bare[0]}{ZWNJ}{bare[1]}"
    return None


def _single(token: str, known: Lexicon) -> str:
    piece = _TOKEN.match(token)
    if not piece or ZWNJ in token:
        return token
    folded = compact(piece[2])
    written = known.joined.get(folded) or _suffixed(piece[2], folded, known)
    if written is None and folded not in known.words:
        written = known.apart.get(folded) or _mended_lam(piece[2], known)
    return f"{piece[1]}{written}{piece[3]}" if written else token


def _suffixed(bare: str, folded: str, known: Lexicon) -> str | None:
    for suffix in _PLURALS:
        base = folded.removesuffix(suffix)
        if base != folded and len(base) > 2 and base in known.words and bare.endswith(suffix):
            stem = bare.removesuffix(suffix)
            return _with_suffix(known.joined.get(base, stem), suffix)
    return None


def _with_suffix(stem: str, suffix: str) -> str:
    return f"{stem}{suffix}" if stem.endswith(_UNJOINED) else f"{stem}{ZWNJ}{suffix}"


def _mended_lam(bare: str, known: Lexicon) -> str | None:
    """PDF extraction swaps the letters of the ligature «لا»: «اعالم» is «اعلام»."""
    # At a word's end it is no ligature: «قبال», «فعال».
    for found in re.finditer("ال(?=.)", bare[1:]):
        at = found.start() + 1
        mended = f"{bare[:at]}لا{bare[at + 2 :]}"
        if compact(mended) in known.words:
            return mended
    return None


def _closed_up(text: str) -> str:
    """No blank before a stop or inside brackets; one after a comma."""
    text = re.sub(r" +([،؛:.!؟»)\]])(?=\s|$|[»\".])", r"\1", text)
    text = re.sub(r"([«(\[]) +", r"\1", text)
    return re.sub(r"([،؛])(?=[^\s\d»\")])", r"\1 ", text)
