"""What another promise would have meant for last year's cases: counted in the background, each case looked at."""

from typing import Self

from django.db import models

from .draft import Draft


class EffectQuerySet(models.QuerySet["Effect"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=[Effect.State.WAITING, Effect.State.RUNNING])


class Effect(models.Model):
    """«With 5 working days, 312 of 1,840 would have been late», for a draft. `attempt` belongs to one worker."""

    class State(models.TextChoices):
        """How far the count is."""

        WAITING = "waiting", "در نوبت"
        RUNNING = "running", "در حال شمارش"
        DONE = "done", "شمرده شد"
        FAILED = "failed", "شمرده نشد"

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="effects")
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    from_at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    late_now = models.PositiveIntegerField(default=0)
    late_then = models.PositiveIntegerField(default=0)

    objects = EffectQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "value", "unit"], name="effect_of_a_number_once")
        ]

    def __str__(self) -> str:
        return f"effect of {self.value} {self.unit} on draft {self.draft_id}"
