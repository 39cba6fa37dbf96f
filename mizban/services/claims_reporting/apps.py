from importlib import import_module

from django.apps import AppConfig


class ClaimsReportingConfig(AppConfig):
    name = "mizban.services.claims_reporting"
    label = "claims_reporting"

    def ready(self) -> None:
        """Register the rules its declaration names."""
        import_module(f"{self.name}.rules")
