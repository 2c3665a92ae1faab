from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "grants.figures"
    label = "figures"
