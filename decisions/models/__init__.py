"""The tables of this floor: deciding, and what runs beside the spine."""

from decisions.models.deciding import Assessment, Beschikking, MandateRule, View

__all__ = ["Assessment", "Beschikking", "MandateRule", "View"]
