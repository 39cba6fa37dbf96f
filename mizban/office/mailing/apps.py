from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "mizban.office.mailing"
    label = "mailing"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415  # registers itself once the apps are loaded
