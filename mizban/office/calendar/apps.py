from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "mizban.office.calendar"
    label = "office_calendar"

    def ready(self) -> None:
        """From here on cases are counted with the agencies' working calendars."""
        from mizban.core.cases.clocks import clock  # noqa: PLC0415  # models load before this runs

        from .clock import CalendarClocks  # noqa: PLC0415  # same

        clock.install(CalendarClocks())
