from .case import Case, CaseQuerySet
from .files import CaseFile
from .party import Party
from .resets import PasswordReset
from .services import Offering, ServiceVersion

__all__ = ["Case", "CaseFile", "CaseQuerySet", "Offering", "Party", "PasswordReset", "ServiceVersion"]
