from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "grants.project"
    label = "project"
