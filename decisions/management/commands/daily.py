from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.services import daily
from grants.kernel import clock


class Command(BaseCommand):
    help = "Doet het werk van de dag: termijnen van aanvragers die voorbij zijn, en signalen over onze eigen termijnen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--day", type=date.fromisoformat, help="Een eerdere dag (jjjj-mm-dd); standaard vandaag.")

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["day"] or clock.today()
        if day > clock.today():
            raise CommandError("De dag kan niet in de toekomst liggen.", returncode=2)
        report = daily.run(day)
        self.stdout.write(f"{report.lapsed} termijnen voorbij, {report.signals} signalen, {report.reminders} herinneringen")
        for line in report.refused:
            self.stderr.write(line)
        if report.refused:
            raise CommandError(f"{len(report.refused)} zaken konden niet verder; de reden staat erboven.", returncode=1)
