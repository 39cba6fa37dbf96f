from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "mizban.office.replies"
    label = "replies"
