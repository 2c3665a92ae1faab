"""A letter of each kind from the examples of its vocabulary alone: no case, no database."""

from __future__ import annotations

from grants.law.formats import long_date
from letters.content import CASE_NUMBER, DATE, OUR_REFERENCE, SENT, Closing, Letter, Reference, Sender
from letters.kinds import KINDS
from letters.texts.filling import fill
from letters.texts.shipped import shipped
from letters.texts.template import Template, holds
from letters.texts.values import Values
from letters.texts.vocabulary import Vocabulary

_NUMBER = "SUB-2026-000123"
_SENDER = Sender(
    name="Provincie Limburg", visiting_address="Limburglaan 10, 6229 GA Maastricht", postal_address="Postbus 5700, 6202 MA Maastricht",
    contact_name="Team Subsidies (voorbeeld)", contact_phone="043 000 00 00 (voorbeeld)", contact_email="subsidies@example.org",
)
_ON_BEHALF = "Namens Gedeputeerde Staten van Limburg,"
_TEAM = Closing(on_behalf=_ON_BEHALF, name="Team Subsidies (voorbeeld)", function="Team Subsidies")
_SIGNER = Closing(
    on_behalf=_ON_BEHALF, name="mr. A. Voorbeeld (verzonnen)", function="clustermanager Subsidies",
    mandate="Dit besluit is genomen op grond van het Mandaatbesluit (voorbeeld), onderdeel 4.2.",
)


def sample_values(vocabulary: Vocabulary, true: frozenset[str] | None = None) -> Values:
    """The examples, in the situation in which exactly the conditions `true` hold (without it: those of the example)."""
    if true is None:
        true = frozenset(name for name, condition in vocabulary.conditions.items() if condition.sample)

    def there(only_if: str) -> bool:
        return not only_if or holds(only_if, true)

    return Values(
        {name: fact.sample for name, fact in vocabulary.facts.items() if there(fact.only_if)},
        true,
        {name: slot.sample if there(slot.only_if) else () for name, slot in vocabulary.blocks.items()},
    )


def letter_of(template: Template, values: Values) -> Letter:
    """The letter that this text makes of these values, to somebody who does not exist."""
    subject, body = fill(template, values)
    kind, day = KINDS[template.kind], shipped(template.kind).sample_day
    return Letter(
        kind=kind.id,
        subject=subject,
        date=day,
        sender=_SENDER,
        addressee=("Stichting Buurttuin Voorbeeld (verzonnen)", "Voorbeeldstraat 1", "6411 AA Heerlen"),
        reference=(
            Reference(DATE, long_date(day)), Reference(SENT, long_date(day)), Reference(OUR_REFERENCE, f"{_NUMBER}-{kind.id}"), Reference(CASE_NUMBER, _NUMBER),
        ),
        salutation="Geachte Stichting Buurttuin Voorbeeld (verzonnen),",
        body=body,
        closing=_SIGNER if kind.is_decision else _TEAM,
        attachments=("Overzicht van kosten en bedragen (opgenomen in deze brief)",) if "attachments" in kind.must else (),
    )


def sample_letter(kind: str) -> Letter:
    """The text of the release for this kind, filled with its examples. Raises `KeyError` for a kind that does not exist."""
    text = shipped(kind)
    return letter_of(text.template, sample_values(text.vocabulary))
