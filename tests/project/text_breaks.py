"""How each constraint of the letter texts is tried to be broken."""

from __future__ import annotations

from grants.kernel import clock
from grants.kernel.models import User
from letters.models import Letter, LetterTemplate, LetterValues


def text(**values):
    """A text that is in force, or one with something changed."""
    author, other = (User.objects.get(username=name) for name in ("regelingbeheer", "teksten"))
    given = {
        "kind": "L01", "number": 1, "based_on": "1", "content": {}, "digest": "a", "state": "published", "author": author, "published_by": other,
        "changed_at": clock.now(), "published_at": clock.now(),
    }
    return LetterTemplate.objects.create(**{**given, **values})


def draft(number):
    return text(number=number, state="draft", published_by=None, published_at=None)


def values_twice(life):
    letter = Letter.objects.filter(chain=life.case.chain).first()
    for _ in "ab":
        LetterValues.objects.create(letter=letter, letter_digest="b" * 64, template_version="1", values={})


TEXT_BREAKS = {
    "letter_text_number_once": lambda life: [text(state="published"), draft(1)],
    "one_published_letter_text": lambda life: [text(number=number) for number in (1, 2)],
    "one_draft_letter_text": lambda life: [draft(number) for number in (1, 2)],
    "letter_text_known_state": lambda life: text(state="kwijt"),
    "letter_text_from_one": lambda life: text(number=0),
    "letter_text_published_by_somebody": lambda life: text(published_by=None),
    "letter_text_withdrawn_by_somebody": lambda life: text(state="withdrawn"),
    "letter_text_four_eyes": lambda life: text(published_by=User.objects.get(username="regelingbeheer")),
    "letter_values_once_per_content": values_twice,
}
