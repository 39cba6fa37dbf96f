from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "mizban.core.agencies"
    label = "agencies"
