"""What an installation refuses to start with: another's secrets, or accounts everybody knows the password of."""

from django.db import connection
from django.db.models import Model

from mizban.core.people.models import User
from mizban.core.sealing import keys
from mizban.core.sealing.cipher import BrokenSeal
from mizban.core.sealing.models import AgencyKey

from .demo.offices import PASSWORD
from .instance import Instance, InstanceError

# Checking a password costs a tenth of a second; a database that a demo was loaded into begins with the demo's people.
OLDEST = 5


def guard(found: Instance) -> None:
    """Everything below. Raises InstanceError in words; a database without tables has nothing to refuse."""
    keys_fit(found)
    if not found.is_demo and _has_table(User):
        _no_demo_accounts()


def keys_fit(found: Instance) -> None:
    """The master key of the folder opens what the database holds. Raises InstanceError."""
    if not _has_table(AgencyKey):
        return
    agency_id = AgencyKey.objects.values_list("pk", flat=True).first()
    if agency_id is None:
        return
    try:
        keys.wrap(agency_id, b"")
    except BrokenSeal as fault:
        raise InstanceError(
            f"the database was sealed with another master key than that of {found.data / 'instance.toml'}. "
            "Restore the instance.toml that belongs to it from the backup; without it no case can be read."
        ) from fault


def _no_demo_accounts() -> None:
    oldest = User.objects.order_by("pk")[:OLDEST]
    known = [user.username for user in oldest if user.check_password(PASSWORD)]
    if known:
        raise InstanceError(
            f"this database has accounts with the demo's password ({', '.join(known)}): it is a demo's. "
            "Use another database for real cases."
        )


def _has_table(model: type[Model]) -> bool:
    look = connection.introspection
    return model in look.installed_models(look.table_names())
