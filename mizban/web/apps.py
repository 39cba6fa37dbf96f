from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mizban.web"
    label = "web"
