from importlib import import_module

from django.apps import AppConfig


class DepositsConfig(AppConfig):
    name = "mizban.services.deposits"
    label = "deposits"

    def ready(self) -> None:
        """Register the rules its declaration names."""
        import_module(f"{self.name}.rules")
