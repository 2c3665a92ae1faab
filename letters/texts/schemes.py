"""Which schemes there are, and what they say in letters themselves: a higher floor says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grants.kernel.models import User
from grants.kernel.roles import Role

_sources: list[Callable[[], dict[str, str]]] = []
_paragraphs: list[Callable[[str, str], Mapping[str, str]]] = []


def schemes_from(function: Callable[[], dict[str, str]]) -> None:
    """Let a higher floor give the codes of the schemes with their titles."""
    if function not in _sources:
        _sources.append(function)


def paragraphs_from(function: Callable[[str, str], Mapping[str, str]]) -> None:
    """Let a higher floor give the paragraphs that the definition of a scheme puts in a kind of letter, by element."""
    if function not in _paragraphs:
        _paragraphs.append(function)


def paragraphs_of(scheme: str, kind: str) -> dict[str, str]:
    """The paragraphs that the scheme itself puts in letters of this kind; of the house ('') none."""
    return {element: text for function in _paragraphs for element, text in function(scheme, kind).items()} if scheme else {}


def managed_by(user: User) -> dict[str, str]:
    """Code and title of each scheme whose letters the user manages; '' is the house, for who manages them all."""
    codes = user.scheme_codes_for(frozenset({Role.SCHEME_MANAGER}))
    found = {code: title for source in _sources for code, title in source().items()}
    if codes is None:
        return {"": "Alle regelingen", **found}
    return {code: title for code, title in found.items() if code in codes}
