from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grants.kernel import audit


class Command(BaseCommand):
    help = "Bewijst dat de vastgelegde gebeurtenissen heel zijn, en noemt de eerste breuk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(audit.verify())
        if options["format"] == "json":
            rows = [{"where": f.where, "problem": f.problem} for f in findings]
            self.stdout.write(json.dumps({"whole": not findings, "findings": rows}, ensure_ascii=False))
        elif findings:
            self.stderr.write(f"Eerste breuk: {findings[0].where}: {findings[0].problem}.")
            for finding in findings[1:]:
                self.stderr.write(f"Ook: {finding.where}: {finding.problem}.")
        else:
            self.stderr.write("Alle gebeurtenissen zijn heel.")
        if findings:
            sys.exit(1)
