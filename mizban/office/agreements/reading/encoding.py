"""The encoding of a text file: UTF-8, UTF-16 with or without its mark, Windows-1256."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
# In UTF-16 every second byte of a Persian or Latin text is one of these.
_HIGH_BYTES = frozenset([0x00, 0x06, 0x20, 0xFB, 0xFE])
_ENOUGH = 0.9
_PERSIAN = re.compile("[\u0621-\u06cc\u200c\\s\\d.,:;()/«»\"'!?،؛؟\\-]")
_COMMON = re.compile(r"(?<![آ-ي])(?:و|از|به|در|اين|این|است|خدمت|مي|می|را|با|براي|برای)(?![آ-ي])")
_FEW_BAD = 0.002


def decoded(data: bytes) -> str | None:
    """The text of the bytes, or None where no encoding makes a text of them."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    wide = _without_mark(data)
    if wide:
        return wide
    text = _strictly(data, "utf-8")
    if text is not None:
        return text
    return _windows(data) or _nearly_utf8(data)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _without_mark(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return None
    for name, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = sample[offset::2]
        low = sample[1 - offset :: 2]
        fits = sum(byte in _HIGH_BYTES for byte in high) / len(high)
        if fits >= _ENOUGH and sum(byte in _HIGH_BYTES for byte in low) / len(low) < fits - 0.2:
            return _strictly(data, name)
    return None


def _windows(data: bytes) -> str | None:
    """Windows-1256, which gives a meaning to every byte: believed only if the outcome looks Persian."""
    text = data.decode("cp1256", errors="replace")
    sample = text[:_SAMPLE]
    letters = [mark for mark in sample if ord(mark) > 127]
    fitting = sum(bool(_PERSIAN.match(mark)) for mark in letters)
    common = len(_COMMON.findall(sample))
    return text if letters and fitting / len(letters) >= _ENOUGH and common * 60 >= len(sample) / 8 else None


def _nearly_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    return text if text.count("\ufffd") <= _FEW_BAD * len(text) else None
