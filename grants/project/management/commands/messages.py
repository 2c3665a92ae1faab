from __future__ import annotations

import os
import shutil
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from grants.project.catalogues import compile_all, keep_what_applicants_see, languages, update_schemes

NOT_OURS = ("node_modules/*", ".venv/*", ".boot/*", "var/*", "tests/*", "bench/*", "*/demo/*", "*/synthetic/*", "*/management/*")


class Command(BaseCommand):
    help = "Werkt de vertaalbestanden bij met de woorden in code, pagina's en regelingen. Vertalingen die er al zijn, blijven."

    def handle(self, *args: Any, **options: Any) -> None:
        count = update_schemes()
        self.stderr.write(f"schemes.po: {count} teksten van regelingen.")
        if shutil.which("xgettext") is None:
            self.stderr.write("Voor de woorden in code en pagina's is xgettext nodig (het pakket gettext van Debian). Installeer dat en draai dit opnieuw.")
            sys.exit(2)
        os.chdir(settings.BASE_DIR)
        for language in languages():
            folder = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES"
            folder.mkdir(parents=True, exist_ok=True)
        call_command(
            "makemessages", locale=languages(), ignore_patterns=list(NOT_OURS), add_location="file", no_wrap=False, no_obsolete=True,
            extensions=["html", "py", "txt"], verbosity=0,
        )
        self.stderr.write(f"django.po: {keep_what_applicants_see()} woorden en zinnen voor aanvragers en publiek.")
        compile_all()
