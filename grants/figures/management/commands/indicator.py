from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grants.figures import indicator
from grants.figures.parameters import WrongParameter, read


class Command(BaseCommand):
    help = "Berekent een indicator voor een peildatum, zoals bekend op een moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--from", dest="start", default="")
        parser.add_argument("--reference-date", default="")
        parser.add_argument("--known-at", default="")
        parser.add_argument("--gross", action="store_true")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["code"] != indicator.CODE:
            self.stderr.write(f"De indicator «{options['code']}» bestaat niet. Er is: {indicator.CODE}.")
            sys.exit(2)
        try:
            parameters = read(
                start=options["start"], reference_date=options["reference_date"], known_at=options["known_at"], gross=options["gross"]
            )
        except WrongParameter as error:
            self.stderr.write(str(error))
            sys.exit(2)
        result = indicator.figure(parameters)
        if options["format"] == "json":
            self.stdout.write(json.dumps(result.as_data(), ensure_ascii=False))
            return
        data = result.as_data()
        self.stdout.write(f"{indicator.in_words(result)}\n" + "\n".join(f"{name}: {value}" for name, value in data.items()))
