"""Naming another case in a form: whoever may not see it is told the same, whether there is such a case or not."""

from collections.abc import Mapping

from mizban.core.declarations.forms import Resolve
from mizban.core.people.actors import Actor, Staff
from mizban.core.sealing import cipher, keys
from mizban.lib.identifiers.malformed import Malformed

REFUSED = "با این کد و رمز پرونده‌ای پیدا نشد. هر دو را از روی رسید آن دوباره بنویسید."


def resolver(*, by: Actor, token: str | None) -> Resolve:
    """What `fill` asks of a named case: its code, or Malformed in the same words for every reason.

    Staff may name what they can see, others the cases they have the password of: an identifier is claimed, not proved.
    `token` is that of the form, to which a proof is bound.
    """

    from ..admission.access import admit  # noqa: PLC0415  # cases are opened by these rules themselves
    from ..models import Case  # noqa: PLC0415

    def resolve(named: Mapping[str, str]) -> str:
        code = named["code"]
        if isinstance(by, Staff):
            allowed = Case.objects.visible_to(by).filter(code=code).exists()
        else:
            # Both asked, whichever is right: the answer takes as long either way.
            ways = (_has_proof(named, token), admit(code, named["password"]))
            allowed = any(ways)
        if not allowed:
            raise Malformed("no-such-case", REFUSED)
        return code

    return resolve


def proof(code: str, token: str) -> str:
    """What stands for the password of this case in the hidden inputs of one form, and is worth nothing elsewhere."""
    return keys.secret_hash("case reference", f"{token}:{code}").hex()[:32]


def _has_proof(named: Mapping[str, str], token: str | None) -> bool:
    return token is not None and cipher.same(
        named["proof"].encode("utf-8", "replace"), proof(named["code"], token).encode()
    )
