"""The tables of this floor: deciding, and what runs beside the spine."""

from decisions.models.absence import Absence
from decisions.models.advising import AdviceRequest
from decisions.models.aid import AidTest, DeMinimisEntry, Undertaking, UndertakingLink, UndertakingMember
from decisions.models.bank import BankEntry, BankStatement
from decisions.models.batching import BatchDownload, PaymentBatch, PaymentLine
from decisions.models.bibob import BibobFile, BibobLine, BibobMember, BibobNote
from decisions.models.claiming import Claim
from decisions.models.copying import DecisionCopy
from decisions.models.costing import CostReview
from decisions.models.deciding import Assessment, Beschikking, MandateRule, View
from decisions.models.defaulting import DefaultNotice
from decisions.models.distributing import Draw, DrawEntry
from decisions.models.liability import LiabilityAgreement, LiablePerson, MemberAddress
from decisions.models.naming import AccountNameCheck
from decisions.models.noting import CaseNote
from decisions.models.objecting import Objection, ObjectionPause
from decisions.models.party import PartyEffect, PartyReport
from decisions.models.paying import PaymentOrder
from decisions.models.people import InterestDeclaration, OutsidePosition, Substitution
from decisions.models.relating import RelatedKey
from decisions.models.requesting import ApplicantRequest
from decisions.models.returned import DataBreach, PostReturn
from decisions.models.sampling import SampleCheck, SampleDraw, SampleEntry
from decisions.models.scoring import Score, ScoreSheet
from decisions.models.signalling import DueSignal
from decisions.models.transferring import Transfer
from decisions.models.working import BulkOutcome, BulkRun, SavedView

__all__ = [
    "Absence",
    "AccountNameCheck",
    "AdviceRequest",
    "AidTest",
    "ApplicantRequest",
    "Assessment",
    "BankEntry",
    "BankStatement",
    "BatchDownload",
    "Beschikking",
    "BibobFile",
    "BibobLine",
    "BibobMember",
    "BibobNote",
    "BulkOutcome",
    "BulkRun",
    "CaseNote",
    "Claim",
    "CostReview",
    "DataBreach",
    "DeMinimisEntry",
    "DecisionCopy",
    "DefaultNotice",
    "Draw",
    "DrawEntry",
    "DueSignal",
    "InterestDeclaration",
    "LiabilityAgreement",
    "LiablePerson",
    "MemberAddress",
    "MandateRule",
    "Objection",
    "ObjectionPause",
    "OutsidePosition",
    "PartyEffect",
    "PartyReport",
    "PaymentBatch",
    "PaymentLine",
    "PaymentOrder",
    "PostReturn",
    "RelatedKey",
    "SampleCheck",
    "SampleDraw",
    "SampleEntry",
    "SavedView",
    "Score",
    "ScoreSheet",
    "Substitution",
    "Transfer",
    "Undertaking",
    "UndertakingLink",
    "UndertakingMember",
    "View",
]
