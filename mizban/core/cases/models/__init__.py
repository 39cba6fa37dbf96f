from .case import Case, CaseQuerySet
from .files import CaseFile
from .party import Party
from .resets import PasswordReset
from .services import Offering, ServiceVersion
from .uploads import Upload
from .words import CaseWord

__all__ = [
    "Case",
    "CaseFile",
    "CaseQuerySet",
    "CaseWord",
    "Offering",
    "Party",
    "PasswordReset",
    "ServiceVersion",
    "Upload",
]
