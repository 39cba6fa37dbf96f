from django.apps import AppConfig


class BreachesConfig(AppConfig):
    name = "mizban.office.breaches"
    label = "breaches"

    def ready(self) -> None:
        """Hear of every warning and breach, in the transaction of its event."""
        from mizban.core.cases.clocks import listening  # noqa: PLC0415  # models are there only now

        from .hearing import hear  # noqa: PLC0415  # same

        listening.listen(hear)
