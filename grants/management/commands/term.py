from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from grants.law.term_command import run


class Command(BaseCommand):
    help = "Rekent een termijn uit en legt elke stap uit, met het artikel."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand the words to the pure part as they are: it reads and explains them itself."""
        code, out, err = run(argv[2:])
        sys.stdout.write(out)
        sys.stderr.write(err)
        sys.exit(code)

    def handle(self, *args: Any, **options: Any) -> None:
        """Also by `call_command("term", "RULE", "START", ...)`."""
        code, out, err = run([str(word) for word in args])
        self.stdout.write(out)
        self.stderr.write(err)
        if code:
            sys.exit(code)
