"""Making reports, run by the worker (`core.jobs`)."""

from django.utils import timezone
from django_tasks import task

from . import making


@task()
def make_report(report_id: int) -> bool:
    """Count and print a report; a second run of a finished one does nothing."""
    return making.make(report_id, at=timezone.now())
