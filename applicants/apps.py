from django.apps import AppConfig


class ApplicantsConfig(AppConfig):
    name = "applicants"
    label = "applicants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from applicants import hooks

        hooks.register()
