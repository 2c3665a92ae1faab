from django.apps import AppConfig


class ControlConfig(AppConfig):
    name = "grants.control"
    label = "control"
