"""What the bench asks of an installation from inside, in a process of its own: `python -m tests.bench.inside WHAT`."""

import json
import os
import sys
from dataclasses import replace
from typing import Any

import django

from .steps import CLERK, QUEUE, STEPS, Site, agreed_on, codes_on, review_of
from .sweep import sweep

VISITS = 3
TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def known() -> dict[str, Any]:
    """Codes and passwords of the load, the clerk's password, the queries of each step, and how many cases there are."""
    from mizban.config.demo.bulk import code_of, loaded, password_of
    from mizban.config.demo.offices import PASSWORD

    keys = [(code := code_of(number), password_of(code)) for number in range(min(500, loaded()))]
    found = {"keys": keys, "password": PASSWORD, "queries": queries(keys, PASSWORD)}
    return found | {"cases": count()}


def count() -> int:
    from mizban.core.cases.models import Case

    return Case.objects.count()


def queries(keys: list[tuple[str, str]], password: str) -> dict[str, int]:
    """How many queries each step asks, once the process is warm."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.post("/desk/sign-in/", {"username": CLERK, "password": password})
    site = Site(keys, {"desk": "", "portal": ""}, "", cases=codes_on(client.get(QUEUE).content.decode()))
    review = review_of(site)
    site = replace(site, agreed=agreed_on(client.post(review.path, review.form).content.decode()))
    return {name: _counted(client, name, site) for name in STEPS}


def _counted(client: Any, name: str, site: Site) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = 0
    for _ in range(VISITS):
        asked = STEPS[name](site)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(asked.path) if asked.form is None else client.post(asked.path, asked.form)
        assert answer.status_code == asked.status, f"{name} was answered {answer.status_code}"
        # What PostgreSQL has read and planned before is logged without its text.
        found = sum(not (query["sql"] or "").startswith(TRANSACTIONS) for query in seen)
    return found


WHAT = {"known": known, "count": count, "sweep": sweep}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mizban.config.settings")
    django.setup()
    sys.stdout.write(json.dumps(WHAT[sys.argv[1]]()))
