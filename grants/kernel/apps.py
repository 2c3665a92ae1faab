from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class KernelConfig(AppConfig):
    name = "grants.kernel"
    label = "kernel"
    verbose_name = "Kern"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from grants.kernel import checks, protected_tables, triggers  # noqa: F401  (checks register themselves)

        protected_tables.register()
        # SQLite drops triggers when it rebuilds a table, so they are made again after every migrate.
        pre_migrate.connect(triggers.remove_before_migrate, dispatch_uid="kernel.triggers.before")
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="kernel.triggers")
