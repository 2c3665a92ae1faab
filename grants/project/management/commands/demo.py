from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from grants.kernel import clock
from grants.kernel.models import User
from letters.seal.demo import make_demo_seal


def _demo_seal() -> Path:
    """The demonstration seals its letters with a key that is made at its first start."""
    path: Path = settings.DATA_DIR / "demo-seal.p12"
    return path if path.exists() else make_demo_seal(path, moment=clock.now())


class Command(BaseCommand):
    help = "Zet de demonstratie klaar en start web en werker in een keer, zonder andere servers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="127.0.0.1:8000")
        parser.add_argument("--load-only", action="store_true", help="Zet alleen de gegevens klaar.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.VERLEEND_DEMO:
            self.stderr.write("De demonstratie staat uit. Zet VERLEEND_DEMO=1 om verzonnen personen en gegevens te laden.")
            sys.exit(2)
        from grants.project.demo.load import load_demo

        self.stderr.write("De demonstratie wordt klaargezet. De eerste keer duurt dat een paar minuten.")
        call_command("make_ready")
        call_command("migrate", verbosity=0)
        if not settings.SEAL:
            settings.SEAL = f"file://{_demo_seal()}"
        count = load_demo()
        self.stderr.write(f"De demonstratie staat klaar: {count} verzonnen zaken, en het voorbeeldregister van 2025.")
        if options["load_only"]:
            return
        from grants.project.embedded import EmbeddedServer

        self.stderr.write(f"\nOpen http://{options['address']}/ en kies bij Inloggen een van deze verzonnen personen:")
        for user in User.objects.filter(is_demo=True).prefetch_related("role_assignments").order_by("id"):
            roles = ", ".join(str(a.get_role_display()) for a in user.role_assignments.all())
            self.stderr.write(f"  {user} - {roles}")
        self.stderr.write("\nStoppen: Ctrl-C")
        EmbeddedServer(options["address"]).run()
