from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mizban.core.people"
    label = "people"
