from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from grants.project.catalogues import compile_all
from grants.project.look.components import PackagesMissing
from grants.project.look.files import make_ready


class Command(BaseCommand):
    help = "Maakt klaar wat een browser krijgt: het stijlblad van de componenten, alle bestanden ingepakt onder hun vaste naam, en de vertalingen."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            compile_all()
            make_ready()
        except PackagesMissing as missing:
            self.stderr.write(f"Dit bestand is er niet: {missing}. Draai eerst 'make setup'.")
            sys.exit(2)
