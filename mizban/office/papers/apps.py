from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "mizban.office.papers"
    label = "papers"
