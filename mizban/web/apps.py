from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mizban.web"
    label = "web"

    def ready(self) -> None:
        """Tell who measures which services of an office its menu shows (Sx-3.3)."""
        from mizban.office.compliance.lookups import install_menu  # noqa: PLC0415  # models are there only now

        from .portal.menu import shown  # noqa: PLC0415  # same

        install_menu(shown)
