from django.apps import AppConfig


class ControlConfig(AppConfig):
    name = "grants.control"
    label = "control"

    def ready(self) -> None:
        from grants.control import hooks

        hooks.register()
