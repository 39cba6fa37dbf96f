"""A code identifies, a password authenticates: from what a person typed to the guest of a case."""

from mizban.core.people.actors import Guest
from mizban.core.prepared import Prepared, blank
from mizban.lib.codes import tidy_code

from ..filing.repeating import password_hash
from ..models import Case

_by_both = Prepared(
    lambda: Case.objects.filter(code=blank(Case, "code"), password_hash=blank(Case, "password_hash"))[:1]
)


def admit(code: str, password: str) -> Guest | None:
    """The guest whom this code and password admit, or None, in the same time whichever of the two is wrong."""
    case = admitted_to(code, password)
    return Guest(case.pk) if case else None


def admitted_to(code: str, password: str) -> Case | None:
    """The case itself, as its guest sees it: `visible_to` would say the same of the guest and ask once more."""
    code, password = tidy_code(code), tidy_code(password)
    # Asked for by both: nothing is read of a case whose password is wrong, so the answer comes no later than for none.
    # The database need not compare in constant time: nobody without our key knows the hash of what they typed.
    return _by_both.first(code=code, password_hash=password_hash(code, password))
