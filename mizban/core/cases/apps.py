from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "mizban.core.cases"
    label = "cases"
