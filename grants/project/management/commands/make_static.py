from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from grants.project.look.components import PackagesMissing
from grants.project.look.files import make_ready


class Command(BaseCommand):
    help = "Maakt klaar wat een browser krijgt: stijlblad van de componenten, en alle bestanden ingepakt onder hun vaste naam."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            make_ready()
        except PackagesMissing as missing:
            self.stderr.write(f"Dit bestand is er niet: {missing}. Draai eerst 'make setup'.")
            sys.exit(2)
