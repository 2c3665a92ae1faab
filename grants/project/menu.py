"""The main menu: what somebody finds there, and which entry the present page belongs to. A new entry is one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.budget.models import CEILING_READERS
from grants.kernel.roles import Role

FIGURE_READERS = (Role.CONTROLLER, Role.AUDITOR, Role.POLICY_OFFICER, Role.MANDATE_HOLDER)


@dataclass(frozen=True, slots=True)
class Entry:
    """`shown` says whether this user sees it. `under`: other addresses whose pages belong here too."""

    label: Promise
    name: str
    shown: Callable[[Any], bool] = lambda user: True
    under: tuple[str, ...] = ()


def _signed_in(user: Any) -> bool:
    return bool(user.is_authenticated)


def _holds(*roles: Role) -> Callable[[Any], bool]:
    return lambda user: _signed_in(user) and user.has_role(*roles)


ENTRIES = (
    Entry(_("Regelingen"), "home", under=("/regelingen/",)),
    Entry(_("Lerend netwerk"), "learning:lessons"),
    Entry(_("Mijn subsidies"), "mine", _signed_in, under=("/aanvragen/", "/brieven/")),
    Entry(_("Behandelen"), "decisions:work", lambda user: _signed_in(user) and user.reads_cases),
    Entry(_("Plafonds"), "decisions:ceilings", lambda user: _signed_in(user) and not user.reads_cases and user.has_role(*CEILING_READERS)),
    Entry(_("Adviezen"), "decisions:advices", lambda user: _signed_in(user) and user.is_official),
    Entry(_("Brieven"), "texts:kinds", _holds(Role.SCHEME_MANAGER)),
    Entry(_("Lessen"), "learning-review:proposals", _holds(Role.POLICY_OFFICER)),
    Entry(_("Leidingen"), "pipeline", _holds(Role.ADMIN)),
    Entry(_("Cijfers"), "figures:overview", _holds(*FIGURE_READERS)),
)


def menu(user: Any, path: str) -> list[dict[str, Any]]:
    """The entries that this user sees, each with its address, and whether the page at `path` belongs to it (one at most)."""
    shown = [(entry.label, reverse(entry.name), entry.under) for entry in ENTRIES if entry.shown(user)]
    nearest = max((len(start) for _, address, under in shown for start in (address, *under) if _belongs(path, start)), default=0)
    current = next((address for _, address, under in shown for start in (address, *under) if len(start) == nearest and _belongs(path, start)), "")
    return [{"label": label, "address": address, "is_current": address == current} for label, address, _ in shown]


def _belongs(path: str, start: str) -> bool:
    return path == start if start == "/" else path.startswith(start)
