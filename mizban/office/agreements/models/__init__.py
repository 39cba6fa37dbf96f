"""An agreement, its versions and clauses, its drafts, its notifications, and its end."""

from .agreement import Agreement
from .draft import Draft
from .effect import Effect
from .ending import Ending
from .notification import Notification
from .version import AgreementVersion, Clause, Signature, Standing, VersionSignature, entered

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Clause",
    "Draft",
    "Effect",
    "Ending",
    "Notification",
    "Signature",
    "Standing",
    "VersionSignature",
    "entered",
]
