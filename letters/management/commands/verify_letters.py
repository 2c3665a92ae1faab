from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from letters import verifying


class Command(BaseCommand):
    help = "Maakt elke brief opnieuw uit zijn bewaarde inhoud en vergelijkt die met het bestand en de gebeurtenis. Noemt elke brief die niet klopt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", default="", help="alleen de brieven van deze zaak, bijvoorbeeld SUB-2025-000123")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        whole, findings = 0, []
        for result in verifying.verify(options["case"]):
            if result is None:
                whole += 1
            else:
                findings.append(result)
        if options["format"] == "json":
            rows = [asdict(finding) for finding in findings]
            self.stdout.write(json.dumps({"whole": not findings, "letters_whole": whole, "findings": rows}, ensure_ascii=False))
        else:
            for finding in findings:
                self.stderr.write(f"{finding.case}, brief {finding.kind} ({finding.letter}): {finding.problem}.")
            self.stderr.write(f"{whole} brieven zijn heel, {len({f.letter for f in findings})} niet.")
        if findings:
            sys.exit(1)
