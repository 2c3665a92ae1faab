"""The records around a case whose pages have an address of their own."""

from __future__ import annotations

import uuid

from tests.project.life_breaks import report_of


def life_ids(life):
    """Prefix of an address -> the id that stands in it."""
    return {"behandelen/gebeurtenis/<uuid": report_of(life).pk, "behandelen/bibob/<uuid": uuid.uuid4(), "behandelen/overdracht/<uuid": uuid.uuid4()}
