from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from letters.content import ContentError
from letters.kinds import KINDS, missing_elements
from letters.pdf import DoesNotFit, FontsMissing, MissingGlyph, render_pdf
from letters.texts.samples import sample_letter


class Command(BaseCommand):
    help = "Schrijft van elke soort brief een voorbeeld als PDF in DIR (L08.pdf), met verzonnen gegevens en zonder database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", metavar="DIR", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["directory"]
        found = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for kind in KINDS:
                try:
                    letter = sample_letter(kind)
                    pdf = render_pdf(letter)
                except (ContentError, MissingGlyph, DoesNotFit) as error:
                    self.stderr.write(f"{kind}: {error.sentence}")
                    found += 1
                    continue
                missing = missing_elements(letter)
                if missing:
                    self.stderr.write(f"{kind}: in deze brief ontbreekt {', '.join(missing)}.")
                    found += 1
                (folder / f"{kind}.pdf").write_bytes(pdf)
        except (OSError, FontsMissing) as error:
            self.stderr.write(f"De voorbeelden kunnen niet worden geschreven: {error}")
            sys.exit(2)
        self.stderr.write(f"{len(KINDS)} soorten brieven in {folder}, {found} met een fout.")
        if found:
            sys.exit(1)
