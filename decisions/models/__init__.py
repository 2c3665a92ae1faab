"""The tables of this floor: deciding, and what runs beside the spine."""

from decisions.models.claiming import Claim
from decisions.models.costing import CostReview
from decisions.models.deciding import Assessment, Beschikking, MandateRule, View
from decisions.models.defaulting import DefaultNotice
from decisions.models.objecting import Objection, ObjectionPause
from decisions.models.paying import PaymentOrder
from decisions.models.people import InterestDeclaration, Substitution
from decisions.models.signalling import DueSignal
from decisions.models.working import BulkOutcome, BulkRun, SavedView

__all__ = [
    "Assessment", "Beschikking", "BulkOutcome", "BulkRun", "Claim", "CostReview", "DefaultNotice", "DueSignal", "InterestDeclaration", "MandateRule", "Objection",
    "ObjectionPause", "PaymentOrder", "SavedView", "Substitution", "View",
]
