"""The tables of the controllers' wing, one subject a package."""

from grants.control.fixing.models import FixedFigure

__all__ = ["FixedFigure"]
