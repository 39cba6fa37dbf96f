from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "mizban.office.exports"
    label = "exports"
