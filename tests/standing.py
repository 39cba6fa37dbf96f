"""What takes long to make and is only looked at: made once for a module's tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def standing(django_db_blocker: Any) -> Iterator[None]:
    """Rows made within stand until the block ends, for a fixture of a module (that asks for `django_db_setup`, too).

    What a test changes is undone after it as ever. No test of the module may ask for a `transaction` of its own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
