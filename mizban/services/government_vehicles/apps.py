from importlib import import_module

from django.apps import AppConfig


class GovernmentVehiclesConfig(AppConfig):
    name = "mizban.services.government_vehicles"
    label = "government_vehicles"

    def ready(self) -> None:
        """Register the rules its declaration names."""
        import_module(f"{self.name}.rules")
