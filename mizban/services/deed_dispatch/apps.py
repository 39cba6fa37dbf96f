from importlib import import_module

from django.apps import AppConfig


class DeedDispatchConfig(AppConfig):
    name = "mizban.services.deed_dispatch"
    label = "deed_dispatch"

    def ready(self) -> None:
        """Register the rules its declaration names."""
        import_module(f"{self.name}.rules")
