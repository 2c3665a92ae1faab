from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from grants.applications.models import Application, Origin
from grants.applications.register.reading import read_register

MOST = 1_000_000


class Command(BaseCommand):
    help = "Maak N verzonnen zaken, om te zien of alles ook bij veel zaken snel is. Alleen in een demonstratie zonder echte zaken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="N", help="Hoeveel zaken erbij komen.")
        parser.add_argument("--seed", type=int, default=1, help="Een ander getal geeft andere zaken.")

    def handle(self, *args: Any, **options: Any) -> None:
        problem = refusal(options["number"])
        if problem:
            self.stderr.write(problem)
            sys.exit(2)
        from grants.project.demo.world import load_world
        from grants.project.synthetic.cases import analyse, synthesize

        load_world()
        total = synthesize(options["number"], options["seed"])
        analyse()
        self.stderr.write(f"Er zijn nu {total} verzonnen zaken met een nummer dat met SYN begint. Zij tellen mee in cijfers.")


def refusal(number: int) -> str | None:
    """Why load data may not be made here, in Dutch; None when it may."""
    if not settings.VERLEEND_DEMO:
        return "Verzonnen zaken maken kan alleen in een demonstratie. Zet VERLEEND_DEMO=1, en gebruik een database zonder echte zaken."
    if not 1 <= number <= MOST:
        return f"Geef een aantal van 1 tot en met {MOST}."
    real = Application.objects.filter(is_demo=False).exclude(origin=Origin.IMPORT)
    example = {row.case_number for row in read_register(_register().read_bytes())}
    imported = Application.objects.filter(origin=Origin.IMPORT).exclude(case_number__in=example)
    if real.exists() or imported.exists():
        return "In deze database staan echte zaken. Verzonnen zaken komen daar niet bij. Gebruik een andere database."
    return None


def _register() -> Path:
    from grants.project.demo.load import REGISTER

    return REGISTER
