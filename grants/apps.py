from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Schemes, budget and applications share the label `grants`: their tables belong to one procedure."""

    name = "grants"
    label = "grants"
    verbose_name = "Subsidies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from grants.applications import hooks as applications
        from grants.budget import protected_tables as budget
        from grants.schemes import protected_tables as schemes

        schemes.register()
        budget.register()
        applications.register()
