"""The rows about people: who they are, what they may, how they and their programs come in."""

from .access import ApiToken, FailedTry, Inspection
from .memberships import Absence, Deputyship, Membership, Role, in_force
from .users import User

__all__ = [
    "Absence",
    "ApiToken",
    "Deputyship",
    "FailedTry",
    "Inspection",
    "Membership",
    "Role",
    "User",
    "in_force",
]
