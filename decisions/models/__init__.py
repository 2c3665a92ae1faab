"""The tables of this floor: deciding, and what runs beside the spine."""

from decisions.models.absence import Absence
from decisions.models.bibob import BibobFile, BibobLine, BibobMember, BibobNote
from decisions.models.claiming import Claim
from decisions.models.costing import CostReview
from decisions.models.deciding import Assessment, Beschikking, MandateRule, View
from decisions.models.defaulting import DefaultNotice
from decisions.models.liability import LiabilityAgreement, LiablePerson
from decisions.models.objecting import Objection, ObjectionPause
from decisions.models.party import PartyEffect, PartyReport
from decisions.models.paying import PaymentOrder
from decisions.models.people import InterestDeclaration, Substitution
from decisions.models.returned import DataBreach, PostReturn
from decisions.models.signalling import DueSignal
from decisions.models.transferring import Transfer

__all__ = [
    "Absence", "Assessment", "Beschikking", "BibobFile", "BibobLine", "BibobMember", "BibobNote", "Claim", "CostReview", "DataBreach", "DefaultNotice", "DueSignal", "InterestDeclaration", "LiabilityAgreement", "LiablePerson", "MandateRule", "Objection",
    "ObjectionPause", "PartyEffect", "PartyReport", "PaymentOrder", "PostReturn", "Substitution", "Transfer", "View",
]
