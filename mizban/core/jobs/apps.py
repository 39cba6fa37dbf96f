from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mizban.core.jobs"
    label = "jobs"
