from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "mizban.office.reports"
    label = "reports"
