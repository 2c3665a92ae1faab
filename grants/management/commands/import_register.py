from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grants.applications.register.importing import import_register
from grants.applications.register.reading import RegisterErrors, read_register


class Command(BaseCommand):
    help = "Leest een register van gebeurtenissen in: alles of niets, en nog eens inlezen kan geen kwaad."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            self.stderr.write(f"Het bestand kan niet worden gelezen: {error.strerror}.")
            sys.exit(2)
        try:
            done = import_register(read_register(data))
        except RegisterErrors as errors:
            for error in errors.errors:
                self.stderr.write(str(error))
            self.stderr.write("Er is niets ingelezen.")
            sys.exit(1)
        if options["format"] == "json":
            self.stdout.write(json.dumps({"created": done.created, "known": done.known, "cases": done.cases, "warnings": done.warnings}))
        else:
            self.stderr.write(f"{done.created} gebeurtenissen ingelezen van {done.cases} zaken; {done.known} waren al bekend.")
            for warning in done.warnings:
                self.stderr.write(warning)
