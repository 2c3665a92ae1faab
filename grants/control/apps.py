from django.apps import AppConfig


class ControlConfig(AppConfig):
    name = "grants.control"
    label = "control"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from grants.control import hooks
        from grants.control.learning import hooks as learning

        hooks.register()
        learning.register()
