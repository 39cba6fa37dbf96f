"""A code identifies, a password authenticates: from what a person typed to the guest of a case."""

from mizban.core.people.actors import Guest
from mizban.core.prepared import Prepared, blank
from mizban.core.sealing import cipher
from mizban.lib.codes import tidy_code

from ..filing.repeating import password_hash
from ..models import Case

NOBODY = bytes(32)
_by_code = Prepared(lambda: Case.objects.filter(code=blank(Case, "code"))[:1])


def admit(code: str, password: str) -> Guest | None:
    """The guest whom this code and password admit, or None, in the same time whichever of the two is wrong."""
    case = admitted_to(code, password)
    return Guest(case.pk) if case else None


def admitted_to(code: str, password: str) -> Case | None:
    """The case itself, as its guest sees it: `visible_to` would say the same of the guest and ask once more."""
    code, password = tidy_code(code), tidy_code(password)
    case = _by_code.first(code=code)
    # Hashed and compared even where there is no such case: the answer must not come sooner.
    is_right = cipher.same(case.password_hash if case else NOBODY, password_hash(code, password))
    return case if is_right else None
