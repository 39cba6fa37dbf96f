from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "mizban.office.notices"
    label = "notices"
