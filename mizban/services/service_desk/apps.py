from django.apps import AppConfig


class ServiceDeskConfig(AppConfig):
    name = "mizban.services.service_desk"
    label = "service_desk"
