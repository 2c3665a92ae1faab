"""Codes of themes, goals and municipalities in one column, between vertical bars, as events keep their goals. Pure.

With a bar on both sides "holds this code" is one `contains`, without a join: a list costs the same with ten codes as with none.
"""

from __future__ import annotations

from collections.abc import Iterable

from grants.schemes import reference

BAR = "|"


def joined(codes: Iterable[str]) -> str:
    """`|a|b|`, each code once; '' for none. Raises ValueError for a code that could be read as two."""
    chosen = list(dict.fromkeys(codes))
    if any(not code or BAR in code for code in chosen):
        raise ValueError(chosen)
    return BAR + BAR.join(chosen) + BAR if chosen else ""


def split(text: str) -> list[str]:
    """The codes in a column, in the order in which they were given."""
    return [code for code in text.split(BAR) if code]


def holds(code: str) -> str:
    """What to look for (`contains`) to find rows with this code."""
    return f"{BAR}{code}{BAR}"


def theme_labels() -> dict[str, str]:
    """The five themes: code -> words."""
    return {theme.code: theme.label for theme in reference.themes()}


def goal_labels() -> dict[str, str]:
    """The goals that a subsidy can serve: code -> words."""
    return {goal.code: goal.label for goal in reference.goals()}


def municipality_names() -> dict[str, str]:
    """The municipalities: CBS code -> name, by name."""
    return {row.code: row.name for row in sorted(reference.municipalities(), key=lambda row: row.name)}


def area_names() -> dict[str, str]:
    """The area approaches: code -> name, by name."""
    return {row.code: row.name for row in sorted(reference.areas(), key=lambda row: row.name)}


def municipality_of(area: str) -> str:
    """The CBS code of the municipality in which an area lies; '' for an unknown area."""
    return next((row.municipality for row in reference.areas() if row.code == area), "")


class Topics:
    """For a model with the columns `themes` and `goals`: their words."""

    themes: str
    goals: str

    @property
    def theme_codes(self) -> list[str]:
        return split(self.themes)

    @property
    def goal_codes(self) -> list[str]:
        return split(self.goals)

    @property
    def theme_words(self) -> list[str]:
        return [theme_labels().get(code, code) for code in self.theme_codes]

    @property
    def goal_words(self) -> list[str]:
        return [goal_labels().get(code, code) for code in self.goal_codes]
