from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grants.control.exporting.datasets import DATASETS, Cut
from grants.control.exporting.formats import FORMATS, export
from grants.figures.parameters import WrongParameter, read
from grants.kernel import clock
from grants.schemes.models import Scheme


class Command(BaseCommand):
    help = "Schrijft een dataset naar een bestand, zoals zij stond op een peildatum en bekend was op een moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset")
        parser.add_argument("--reference-date", default="", help="telt zelf niet mee; leeg is morgen")
        parser.add_argument("--known-at", default="")
        parser.add_argument("--scheme", action="append", default=[], help="alleen deze regeling; mag vaker")
        parser.add_argument("--format", default="csv", choices=tuple(FORMATS))
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        dataset = DATASETS.get(options["dataset"])
        if dataset is None:
            self._stop(f"De dataset «{options['dataset']}» bestaat niet. Er is: {', '.join(DATASETS)}.")
            return
        tomorrow = (clock.today() + timedelta(days=1)).isoformat()
        try:
            parameters = read(start="1900-01-01", reference_date=options["reference_date"] or tomorrow, known_at=options["known_at"], gross=False)
        except WrongParameter as error:
            self._stop(str(error))
            return
        unknown = set(options["scheme"]) - set(Scheme.objects.values_list("code", flat=True))
        if unknown:
            self._stop(f"Deze regeling bestaat niet: {', '.join(sorted(unknown))}.")
        cut = Cut(parameters.reference_date, parameters.known_at, tuple(options["scheme"]) or None)
        form = FORMATS[options["format"]]
        target: Path = options["output"]
        half = target.with_name(f"{target.name}.half")
        try:
            with half.open("wb") as out:
                about = export(dataset, cut, form, out)
            half.replace(target)
            if not form.explains_itself:
                beside = target.with_name(f"{target.name}.about.json")
                beside.write_text(json.dumps(about.as_data(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            half.unlink(missing_ok=True)
            self._stop(f"Het bestand {target} kan niet worden geschreven: {error.strerror}.")
            return
        self.stderr.write(f"{about.count} rijen geschreven naar {target}. Controlegetal: {about.digest}.")

    def _stop(self, why: str) -> None:
        self.stderr.write(why)
        sys.exit(2)
