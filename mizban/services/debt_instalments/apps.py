from importlib import import_module

from django.apps import AppConfig


class DebtInstalmentsConfig(AppConfig):
    name = "mizban.services.debt_instalments"
    label = "debt_instalments"

    def ready(self) -> None:
        """Register the rules its declaration names."""
        import_module(f"{self.name}.rules")
