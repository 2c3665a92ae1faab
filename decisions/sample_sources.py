"""From what a sample can be drawn: the arrangements for which a scheme names a percentage."""

from __future__ import annotations

from collections.abc import Iterable

from grants.schemes.definition_fields import Arrangement
from grants.schemes.models import Scheme


def drawable(schemes: Iterable[Scheme]) -> list[tuple[Scheme, Arrangement]]:
    """Each published scheme with each such arrangement of its newest version."""
    published = (scheme for scheme in schemes if scheme.versions.exists())
    return [(scheme, a) for scheme in published for a in scheme.current_version().definition.arrangements if a.sample_percentage]
