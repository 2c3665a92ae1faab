from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from grants.budget.services import store_ceilings
from grants.schemes.decoding import DefinitionErrors
from grants.schemes.definition_reader import read_definition
from grants.schemes.services import publish


class Command(BaseCommand):
    help = "Leest een regeling uit een TOML-bestand en publiceert een nieuwe versie als de inhoud anders is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.stderr.write(f"Het bestand {path.name} kan niet worden gelezen: {error}.")
            sys.exit(2)
        try:
            definition = read_definition(text)
        except DefinitionErrors as errors:
            for error in errors.errors:
                self.stderr.write(str(error))
            sys.exit(1)
        with transaction.atomic():
            loaded = publish(definition)
            store_ceilings(definition)
        if options["format"] == "json":
            self.stdout.write(
                json.dumps({"code": definition.code, "version": loaded.version.number, "created": loaded.created, "digest": loaded.version.digest})
            )
        else:
            what = "gepubliceerd" if loaded.created else "was al geladen"
            self.stderr.write(f"{definition.code} versie {loaded.version.number} {what}.")
