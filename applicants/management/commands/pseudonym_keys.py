from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from applicants.models import Pseudonym
from applicants.signin import pseudonyms


class Command(BaseCommand):
    help = "Zegt hoeveel mensen nog aan elke sleutel van PSEUDONYM_KEYS hangen. 1 als er iemand aan een oude sleutel hangt."

    def handle(self, *args: Any, **options: Any) -> None:
        counted = dict(Pseudonym.objects.order_by().values_list("key_id").annotate(people=Count("user", distinct=True)))
        for number, people in sorted(counted.items()):
            self.stdout.write(f"{number}\t{people}")
        keys = pseudonyms.keys()
        unknown = set(counted) - {key.id for key in keys}
        if unknown:
            self.stderr.write(f"Deze sleutels staan niet in PSEUDONYM_KEYS: {', '.join(sorted(unknown))}. Wie daaraan hangt, is bij het inloggen een vreemde.")
        if set(counted) - {key.id for key in keys[:1]}:
            sys.exit(1)
