"""A code identifies, a password authenticates: from what a person typed to the guest of a case."""

from mizban.core.people.actors import Guest
from mizban.core.prepared import PreparedValues, blank
from mizban.core.sealing import cipher
from mizban.lib.codes import tidy_code

from ..filing.repeating import password_hash
from ..models import Case

NOBODY = bytes(32)
_by_code = PreparedValues(
    lambda: Case.objects.filter(code=blank(Case, "code")).values_list("pk", "password_hash")[:1]
)


def admit(code: str, password: str) -> Guest | None:
    """The guest whom this code and password admit, or None, in the same time whichever of the two is wrong."""
    code, password = tidy_code(code), tidy_code(password)
    found = _by_code.all(code=code)
    case_id, kept = found[0] if found else (0, NOBODY)
    # Hashed and compared even where there is no such case: the answer must not come sooner.
    admitted = cipher.same(kept, password_hash(code, password))
    return Guest(case_id) if admitted and case_id else None
