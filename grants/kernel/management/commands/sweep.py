from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from grants.kernel import outbox
from grants.kernel.models import OutboxMessage
from grants.kernel.tasks import publish


class Command(BaseCommand):
    help = "Zet werk dat is blijven liggen opnieuw in de wachtrij, of doet het meteen (--here)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--here", action="store_true", help="Doe het werk in dit proces, zonder wachtrij.")

    def handle(self, *args: Any, **options: Any) -> None:
        # A broker in memory belongs to another process: nobody would hear us.
        here = options["here"] or settings.CELERY_BROKER_URL.startswith("memory:")
        count = outbox.run_open() if here else outbox.relay(publish)
        self.stderr.write(f"{count} berichten {'gedaan' if here else 'in de wachtrij gezet'}.")
        dead = OutboxMessage.objects.filter(dead_at__isnull=False).count()
        if dead:
            self.stderr.write(f"{dead} berichten worden niet meer vanzelf geprobeerd. Bekijk ze op /beheer/leidingen/.")
