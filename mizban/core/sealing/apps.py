from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "mizban.core.sealing"
    label = "sealing"
