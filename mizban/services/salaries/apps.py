from importlib import import_module

from django.apps import AppConfig


class SalariesConfig(AppConfig):
    name = "mizban.services.salaries"
    label = "salaries"

    def ready(self) -> None:
        """Register the rules its declaration names."""
        import_module(f"{self.name}.rules")
