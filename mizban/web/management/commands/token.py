"""`mizban token create --user NAME`, `mizban token revoke --user NAME`: what programs sign in with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mizban.core.agencies.models import Agency
from mizban.core.people.models import Membership, User
from mizban.web.api import tokens


class Command(BaseCommand):
    """A token acts as one person at one agency; it is shown once and stored as a keyed hash."""

    help = "create or revoke the tokens that programs sign in to the API with"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("do", choices=("create", "revoke"))
        parser.add_argument("--user", required=True, help="the username of the person the program acts as")
        parser.add_argument("--agency", help="the slug of the agency, where the person works at several")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"no active user is called {options['user']}")
        if options["do"] == "revoke":
            count = tokens.revoke(user, at=timezone.now())
            self.stdout.write(f"{count} token(s) of {user.username} revoked")
        else:
            token = tokens.issue(user, _agency(user, options["agency"]), at=timezone.now())
            self.stdout.write(token)
            self.stderr.write(
                "Keep it: it is shown this once. Programs send it as «Authorization: Bearer …»."
            )


def _agency(user: User, slug: str | None) -> Agency:
    """Where the token acts: the agency named, or the only one. Raises CommandError."""
    held = Membership.objects.of(user, at=timezone.now()).filter(user=user)
    agencies = {each.agency.slug: each.agency for each in held}
    if slug is not None and slug not in agencies:
        raise CommandError(f"{user.username} holds no role at {slug}")
    if slug is None and len(agencies) != 1:
        known = ", ".join(sorted(agencies)) or "none"
        raise CommandError(f"say at which agency, with --agency SLUG; {user.username} works at: {known}")
    return agencies[slug] if slug else next(iter(agencies.values()))
