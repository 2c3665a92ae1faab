from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grants.figures import indicator
from grants.figures.definition import BREAKDOWNS
from grants.figures.library import UnknownIndicator, find, indicators
from grants.figures.parameters import WrongParameter, read
from grants.figures.wording import in_words


class Command(BaseCommand):
    help = "Berekent een indicator voor een peildatum, zoals bekend op een moment. Zonder code: welke indicatoren er zijn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="?", default="")
        parser.add_argument("--definition-version", type=int, default=None)
        parser.add_argument("--from", dest="start", default="")
        parser.add_argument("--reference-date", default="")
        parser.add_argument("--known-at", default="")
        parser.add_argument("--gross", action="store_true")
        parser.add_argument("--by", choices=tuple(BREAKDOWNS), default=None, help="uitgesplitst naar")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["code"]:
            for definition in indicators():
                self.stdout.write(f"{definition.code} (versie {definition.version}): {definition.title}")
            return
        try:
            definition = find(options["code"], options["definition_version"])
            parameters = read(
                start=options["start"], reference_date=options["reference_date"], known_at=options["known_at"], gross=options["gross"]
            )
        except (UnknownIndicator, WrongParameter) as error:
            self.stderr.write(str(error))
            sys.exit(2)
        result = indicator.figure(definition, parameters)
        data = result.as_data()
        if options["by"] and definition.measure not in ("ceiling_use", "forecast"):
            parts = indicator.breakdown(definition, parameters, options["by"])
            data["by"] = {"breakdown": options["by"], "parts": {key: _brief(part) for key, part in parts.items()}}
        if options["format"] == "json":
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        self.stdout.write(f"{in_words(result)}\n" + "\n".join(f"{name}: {value}" for name, value in data.items()))


def _brief(part: indicator.Figure) -> dict[str, Any]:
    data = part.as_data()
    return {name: data[name] for name in ("value", "numerator", "denominator", "share", "numerator_amount", "denominator_amount", "within_term")}
