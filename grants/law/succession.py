"""What happens to a subsidy when its applicant dies, fails, is dissolved or merges: who follows, who is written to, on which ground we may act.

An event is no decision. It may give a ground, and whether that is used is weighed by a person, case by case.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class PartyEvent(StrEnum):
    """What can befall an applicant."""

    DEATH = "death"
    DEATH_OF_CONTACT = "death_of_contact"
    INSOLVENCY_REQUESTED = "insolvency_requested"
    BANKRUPTCY = "bankruptcy"
    SUSPENSION_OF_PAYMENT = "suspension_of_payment"
    DEBT_RESTRUCTURING = "debt_restructuring"
    DISSOLUTION = "dissolution"
    MERGER = "merger"


class Stage(StrEnum):
    """How far the case is. Each stage has its own grounds in title 4.2 of the Awb."""

    BEFORE = "before"
    """No decision yet: refusing (4:35)."""
    RUNNING = "running"
    """Granted and not settled: withdrawing or changing (4:48), settling lower (4:46)."""
    SETTLED = "settled"
    """Settled: only 4:49, and none of these events is a ground there by itself."""


class Recipient(StrEnum):
    """Who gets the letters from now on."""

    APPLICANT = "applicant"
    HEIRS = "heirs"
    CONTACT = "contact"
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"
    LIQUIDATOR = "liquidator"
    SUCCESSOR = "successor"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground that the event may give; `text` says in Dutch what must be so for it to hold."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What one event does to a case in one stage.

    `recipient_basis` is why letters go elsewhere. `ground` is None when the event gives none. `holds_payment`: nothing is
    paid until a person said how to go on; the term to pay runs on (4:87). `passes_by_law`: somebody else has the rights and
    duties already, without our consent. `succession` tells that in a sentence. `pays_estate`: a payment to the applicant itself does not free us (Faillissementswet 23, 52, 296).
    """

    recipient: Recipient
    recipient_basis: str
    ground: Ground | None
    holds_payment: bool
    passes_by_law: bool
    succession: str
    pays_estate: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    recipient: Recipient
    recipient_basis: str
    succession: str
    refusal: Ground | None
    withdrawal: Ground | None
    passes_by_law: bool = False
    holds_payment: bool = True
    pays_estate: bool = False


_WILL_NOT_HAPPEN: Final = Ground(
    "artikel 4:35, eerste lid, onder a, Awb", "alleen als de activiteiten hierdoor waarschijnlijk niet of niet helemaal doorgaan"
)
_INSOLVENT: Final = Ground(
    "artikel 4:35, tweede lid, onder b, Awb",
    "u mag weigeren omdat de aanvrager failliet is, surseance of schuldsanering heeft, of omdat dat is aangevraagd",
)
_DID_NOT_HAPPEN: Final = Ground(
    "artikel 4:48, eerste lid, onder a, Awb", "alleen als de activiteiten hierdoor niet of niet helemaal zijn of worden gedaan"
)
_INSOLVENCY_ALONE: Final = Ground(
    "artikel 4:48, eerste lid, onder a of b, Awb",
    "de insolventie zelf is geen grond; wel dat de activiteiten niet (helemaal) doorgaan of dat verplichtingen niet worden nagekomen",
)

_RULES: Final = MappingProxyType(
    {
        PartyEvent.DEATH: _Rule(
            Recipient.HEIRS, "artikel 4:182 Burgerlijk Wetboek",
            "De erfgenamen volgen op in de rechten en plichten, tenzij de subsidie aan de persoon vastzit.",
            _WILL_NOT_HAPPEN, _DID_NOT_HAPPEN, passes_by_law=True,
        ),
        PartyEvent.DEATH_OF_CONTACT: _Rule(
            Recipient.CONTACT, "artikel 2:1 Awb", "Het initiatief blijft de aanvrager. Het wijst een nieuwe contactpersoon aan.", None, None,
        ),
        PartyEvent.INSOLVENCY_REQUESTED: _Rule(
            Recipient.APPLICANT, "", "Er is nog niets uitgesproken. De aanvrager beheert zijn geld nog zelf.", _INSOLVENT, _INSOLVENCY_ALONE,
        ),
        PartyEvent.BANKRUPTCY: _Rule(
            Recipient.CURATOR, "artikel 68 en 99 Faillissementswet",
            "De curator beheert het geld. Betalen mag alleen aan de boedel (artikel 23 en 52 Faillissementswet).", _INSOLVENT, _INSOLVENCY_ALONE,
            pays_estate=True,
        ),
        PartyEvent.SUSPENSION_OF_PAYMENT: _Rule(
            Recipient.ADMINISTRATOR, "artikel 228 Faillissementswet",
            "De aanvrager kan alleen samen met de bewindvoerder handelen.", _INSOLVENT, _INSOLVENCY_ALONE,
        ),
        PartyEvent.DEBT_RESTRUCTURING: _Rule(
            Recipient.ADMINISTRATOR, "artikel 287 en 296 Faillissementswet",
            "De bewindvoerder beheert de boedel. Betalen mag alleen aan de boedel.", _INSOLVENT, _INSOLVENCY_ALONE, pays_estate=True,
        ),
        PartyEvent.DISSOLUTION: _Rule(
            Recipient.LIQUIDATOR, "artikel 2:23a Burgerlijk Wetboek",
            "De rechtspersoon bestaat nog zolang dat nodig is voor de vereffening (artikel 2:19 Burgerlijk Wetboek).",
            _WILL_NOT_HAPPEN, _DID_NOT_HAPPEN,
        ),
        PartyEvent.MERGER: _Rule(
            Recipient.SUCCESSOR, "artikel 2:309 Burgerlijk Wetboek, of artikel 44 Wet algemene regels herindeling",
            "De verkrijger volgt op in alle rechten en plichten. Draag de zaak aan de verkrijger over.", None, None, passes_by_law=True,
        ),
    }
)

DIRECT_PATH: Final = "artikel 4:43 Awb noemt dit lid niet: de verordening of de regeling moet deze grond geven"
"""On direct settlement 4:35(1) does not hold; 4:35(2) does (Awb 4:43(2))."""

_LEGAL_PERSON: Final = (
    PartyEvent.INSOLVENCY_REQUESTED, PartyEvent.BANKRUPTCY, PartyEvent.SUSPENSION_OF_PAYMENT, PartyEvent.DISSOLUTION, PartyEvent.MERGER,
)
_KINDS: Final = MappingProxyType(
    {
        "natuurlijk_persoon": (
            PartyEvent.DEATH, PartyEvent.INSOLVENCY_REQUESTED, PartyEvent.BANKRUPTCY, PartyEvent.DEBT_RESTRUCTURING,
        ),
        "bewonersinitiatief": (PartyEvent.DEATH_OF_CONTACT, PartyEvent.DISSOLUTION),
        "gemeente": (PartyEvent.MERGER,),
    }
)


def kinds_for(applicant_type: str) -> tuple[PartyEvent, ...]:
    """What can befall this kind of applicant. Suspension of payment is not for a private person (Faillissementswet 214(4))."""
    return _KINDS.get(applicant_type, _LEGAL_PERSON)


def effect_of(kind: PartyEvent, stage: Stage, *, direct: bool = False) -> Effect:
    """What the event does to a case in this stage. `direct`: the case is to be settled without an earlier grant (4:43)."""
    rule = _RULES[kind]
    ground = {Stage.BEFORE: rule.refusal, Stage.RUNNING: rule.withdrawal, Stage.SETTLED: None}[stage]
    if ground is _WILL_NOT_HAPPEN and direct:
        ground = Ground(DIRECT_PATH, ground.text)
    return Effect(rule.recipient, rule.recipient_basis, ground, rule.holds_payment, rule.passes_by_law, rule.succession, rule.pays_estate)
