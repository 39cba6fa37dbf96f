from django.apps import AppConfig


class AvailabilityConfig(AppConfig):
    name = "mizban.office.availability"
    label = "availability"

    def ready(self) -> None:
        """Tell the core when the portal was out: applicants get that time back."""
        from mizban.core.cases.clocks import clock  # noqa: PLC0415  # models are there only now

        from .outages import outages_between  # noqa: PLC0415  # same

        clock.install_outages(outages_between)
