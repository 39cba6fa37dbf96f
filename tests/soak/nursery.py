"""Workers that can be killed: one process that has loaded the product, and a fork of it for each worker asked for.

They live on a Saturday that never ends. `python -m tests.soak.nursery NAME` works on that database. A line `work`,
`sweep ID` or `post PORT MINUTES` on its input forks a worker and answers with its number; `wait NUMBER` answers, once
that worker has ended, with how. Until then nobody else can have the number: the dead are not reaped.
"""

import os
import sys
import traceback
from datetime import timedelta
from typing import NoReturn

import django
from django.conf import settings


def main(database: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from django.template.loader import get_template  # same

    from mizban.config import working  # noqa: F401  # loaded once, before the first fork
    from mizban.kit.environment import url  # same
    from mizban.office.calendar import sweeping  # noqa: F401  # same

    url("portal:home")  # and so are all addresses, and what mails are made of
    for name in ("portal/mail.txt", "portal/mail.html"):
        get_template(name)

    for line in sys.stdin:
        words = line.split()
        answer = _ended(int(words[1])) if words[0] == "wait" else str(_forked(words))
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _forked(words: list[str]) -> int:
    child = os.fork()
    if child == 0:
        _live(words)
    return child


def _ended(child: int) -> str:
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else str(os.waitstatus_to_exitcode(status))


def _live(words: list[str]) -> NoReturn:
    try:
        _work(words)
    except BaseException:  # whatever it is, a fork must not go on as the nursery
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _work(words: list[str]) -> None:
    """What a worker does, without its pauses, until nothing is left."""
    from mizban.config import working  # settings come first

    if words[0] == "post":
        _post(int(words[1]), int(words[2]))
        return
    from mizban.office.calendar import sweeping  # same
    from tests.chance import SOAK  # same
    from tests.conftest import SATURDAY  # same

    if words[0] == "sweep":
        if not SOAK:
            sweeping.BATCH = 50  # few cases, and yet something to die between
        sweeping.run(int(words[1]), at=SATURDAY)
        return
    while working.round_of_work(at=SATURDAY)["cases_woken"]:
        pass


def _post(port: int, minutes: int) -> None:
    """Send by the server at this port, so many minutes past that Saturday, until nothing is left."""
    from mizban.office.mailing import outbox, sending  # settings come first
    from mizban.web.mailing import mails  # same
    from tests.conftest import SATURDAY  # same

    at = SATURDAY + timedelta(minutes=minutes)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 120
    while outbox.fan_out(at=at) or sending.send(mails.write, clock=lambda: at, stopped=lambda: False):
        pass


if __name__ == "__main__":
    main(sys.argv[1])
