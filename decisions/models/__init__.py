"""The tables of this floor: deciding, and what runs beside the spine."""

from decisions.models.deciding import Assessment, Beschikking, MandateRule, View
from decisions.models.defaulting import DefaultNotice
from decisions.models.objecting import Objection, ObjectionPause

__all__ = ["Assessment", "Beschikking", "DefaultNotice", "MandateRule", "Objection", "ObjectionPause", "View"]
