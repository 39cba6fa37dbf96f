from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "mizban.core.events"
    label = "events"
