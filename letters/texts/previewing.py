"""The letter that a text makes, before anybody gets it: of examples, or of a letter that was made before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.safestring import SafeString, mark_safe

from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.models import AccessLog, User
from letters.content import Block, ContentError, Letter, Paragraph
from letters.models import Letter as StoredLetter
from letters.pdf import DoesNotFit, MissingGlyph
from letters.rendering.html import render_html
from letters.texts.filling import fill, with_paragraphs
from letters.texts.samples import letter_of, sample_values
from letters.texts.schemes import paragraphs_of
from letters.texts.shipped import shipped
from letters.texts.template import Form, Template
from letters.texts.values import Values

BELOW = 2
"""The letter stands below a heading of level 2 of its page."""
ONE_READING = timedelta(minutes=30)
"""The example follows what is typed: within this time that is one reading, with one trace."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter, or the sentence that says why it cannot be shown."""

    letter: Letter | None
    problem: str = ""

    @property
    def html(self) -> SafeString:
        return mark_safe(render_html(self.letter, deeper=BELOW)) if self.letter else SafeString("")  # noqa: S308 - render_html escapes every text


def of_samples(template: Template, chosen: Iterable[str] | None, scheme: str = "") -> Preview:
    """With the examples, in the situation in which the `chosen` conditions hold (None: that of the example).

    The paragraphs that the definition of the `scheme` puts in this letter stand in it too.
    """
    vocabulary = shipped(template.kind).vocabulary
    true = None if chosen is None else frozenset(chosen) & vocabulary.conditions.keys()
    if true is not None and not all(rule.allows(true) for rule in vocabulary.rules):
        return Preview(None, "Deze voorwaarden kunnen niet samen voorkomen. Kies andere, of zet alles terug.")
    try:
        letter = letter_of(template, _whole(template, sample_values(vocabulary, true)))
        return Preview(replace(letter, body=with_paragraphs(letter.body, paragraphs_of(scheme, template.kind))))
    except (ContentError, MissingGlyph, DoesNotFit) as error:
        return Preview(None, error.sentence)


def _whole(template: Template, values: Values) -> Values:
    """With a mark in the place of what is not there, so that one slip does not take the whole example away."""
    facts = {name: f"[{name}: dit gegeven is er niet]" for part in template.parts for name in part.facts}
    blocks: dict[str, tuple[Block, ...]] = {part.block: (Paragraph(f"[{part.block}: dit blok is er niet]"),) for part in template.parts if part.form == Form.BLOCK}
    return Values(facts | dict(values.facts), values.conditions, blocks | dict(values.blocks))


def of_case(template: Template, case_number: str, user: User) -> Preview:
    """With the values of the last letter of this kind in a case that the user may read. Reading it leaves a trace."""
    stored = (
        StoredLetter.objects.visible_to(user)
        .filter(kind=template.kind, chain__label=case_number.strip(), made_with__isnull=False)
        .select_related("chain", "event")
        .order_by("-created_at")
        .first()
    )
    if stored is None or not user.reads_cases:
        return Preview(None, f"Er is geen brief {template.kind} in zaak {case_number.strip()} die u mag lezen. Laat het zaaknummer leeg voor verzonnen gegevens.")
    what = f"letter {stored.kind} as example"
    if not AccessLog.objects.filter(user=user, chain=stored.chain, what=what, at__gte=clock.now() - ONE_READING).exists():
        log_read(user, what, stored.chain)
    made_with = stored.made_with.order_by("-id")[0]
    try:
        subject, body = fill(template, _whole(template, Values.from_dict(made_with.values)))
        whole = with_paragraphs(body, paragraphs_of(stored.event.scheme_code, template.kind))
        return Preview(replace(stored.as_content(), subject=subject, body=whole))
    except ContentError as error:
        return Preview(None, error.sentence)
