from .approvals import Approval
from .case import Case, CaseQuerySet
from .drafts import ServiceDraft
from .files import CaseFile
from .links import CaseLink
from .party import Party
from .resets import PasswordReset
from .sendings import Sending
from .services import Offering, ServiceVersion
from .unfinished import Unfinished
from .uploads import Upload
from .words import CaseWord

__all__ = [
    "Approval",
    "Case",
    "CaseFile",
    "CaseLink",
    "CaseQuerySet",
    "CaseWord",
    "Offering",
    "Party",
    "PasswordReset",
    "Sending",
    "ServiceDraft",
    "ServiceVersion",
    "Unfinished",
    "Upload",
]
