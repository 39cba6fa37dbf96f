from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "mizban.office.compliance"
    label = "compliance"
