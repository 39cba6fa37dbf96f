from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "mizban.office.agreements"
    label = "agreements"
