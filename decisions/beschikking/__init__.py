"""From the facts of a decision to the letter that it stands in."""

from decisions.beschikking.compose import Composed, compose

__all__ = ["Composed", "compose"]
