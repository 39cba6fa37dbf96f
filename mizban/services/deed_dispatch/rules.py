"""What a request for a deed must keep: no database, no clock."""

from collections.abc import Mapping
from typing import Any

from mizban.core.declarations.rules import rule
from mizban.lib.identifiers.malformed import Malformed

SADA_LENGTH = 18

Broken = dict[str, Malformed]


@rule("deed-recipient")
def recipient(answers: Mapping[str, Any]) -> Broken:
    """A third party is somebody else than who asks."""
    if "recipient_id" in answers and answers["recipient_id"] == answers.get("applicant_identifier"):
        return {
            "recipient_id": Malformed(
                "same-agency",
                "این شناسهٔ دستگاه خود شماست؛ «دستگاه خودمان» را برگزینید یا شناسهٔ ثالث را بنویسید.",
            )
        }
    return {}


@rule("deed-electronic-id")
def electronic_id(answers: Mapping[str, Any]) -> Broken:
    """Single-sheet deeds carry an electronic id of 18 digits (formats.md §10)."""
    typed = str(answers.get("electronic_id", "")).replace(" ", "").replace("-", "")
    if not typed or (len(typed) == SADA_LENGTH and typed.isascii() and typed.isdigit()):
        return {}
    return {
        "electronic_id": Malformed("wrong-length", "شناسهٔ یکتای سند ۱۸ رقم است؛ نمونه: ۱۴۰۲۲۰۳۱۵۰۰۱۰۰۴۵۱۲.")
    }
