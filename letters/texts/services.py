"""Write, publish, take back and put back a letter text. Each act is one transaction; a published text never changes.

Whether a text may be in force depends on the texts of the house and of every scheme. So all that begins, publishes or takes back
a text goes one after the other: the lock on publishing comes first, then the rows.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from grants.kernel import clock
from grants.kernel.models import User
from letters.texts.checking import Problem, gaps, slips
from letters.texts.models import LetterTemplate
from letters.texts.selecting import in_force
from letters.texts.shipped import shipped
from letters.texts.template import Template, merged, overrides

State = LetterTemplate.State


PUBLISHING_LOCK = 0x54455854  # "TEXT": the advisory lock of everybody who publishes or takes back a text


class TextRefused(Exception):
    """A text that cannot be kept or published; `problems` say why, each for one part."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.text for problem in problems))


class NotNow(Exception):
    """The act does not fit the state of the text, or the person; `str()` is a sentence for people."""


@transaction.atomic
def start_draft(*, kind: str, scheme: str, author: User) -> LetterTemplate:
    """A draft that says what is in force now; the one that is there already, if somebody started it before."""
    _alone()
    rows = _locked(kind, scheme)
    for row in rows:
        if row.state == State.DRAFT:
            return row
    own = next((row for row in rows if row.state == State.PUBLISHED), None)
    house = in_force(kind)
    template = house.template if not scheme else own.template if own else Template(kind=kind, parts=())
    try:
        with transaction.atomic():
            return LetterTemplate.objects.create(
                kind=kind, scheme=scheme, number=_next(kind, scheme), based_on=shipped(kind).version, content=template.to_dict(),
                digest=template.digest(), author=author, changed_at=clock.now(),
            )
    except IntegrityError:  # somebody else began at the same moment: there is one draft
        return LetterTemplate.objects.get(kind=kind, scheme=scheme, state=State.DRAFT)


@transaction.atomic
def save_draft(*, text_id: int, whole: Template, note: str, author: User, seen: datetime) -> LetterTemplate:
    """Keep what was typed. `whole` is the whole text, also for a scheme: only what differs from the house is stored.

    `seen` is when the draft was last changed as the writer saw it. Raises `TextRefused` for what cannot be kept, and
    `NotNow` when it is no draft any more or somebody else changed it meanwhile.
    """
    draft = _draft(text_id)
    if draft.changed_at != seen:
        raise NotNow(
            f"{draft.author} heeft dit concept ondertussen veranderd. Wat u typte, staat er nog. Bekijk eerst het andere concept, en bewaar daarna opnieuw."
        )
    problems = slips(whole, shipped(draft.kind).vocabulary)
    if problems:
        raise TextRefused(problems)
    template = overrides(in_force(draft.kind).template, whole) if draft.scheme else whole
    draft.content, draft.digest, draft.note = template.to_dict(), template.digest(), note
    draft.author, draft.changed_at = author, clock.now()
    draft.save()
    return draft


@transaction.atomic
def discard(*, text_id: int) -> None:
    """Throw a draft away. Raises `NotNow` for a text that was published."""
    _draft(text_id).delete()


@transaction.atomic
def publish(*, text_id: int, by: User) -> LetterTemplate:
    """Put a draft in force from this moment, for letters that are made from now on.

    Raises `NotNow` for its own author (four eyes), and `TextRefused` when a letter would miss something in some situation; for a
    text of the house also in the letters of a scheme with parts of its own.
    """
    _alone()
    draft = _draft(text_id)
    if draft.author_id == by.pk:
        raise NotNow("U hebt deze tekst als laatste veranderd. Laat een collega de tekst lezen en publiceren.")
    _refuse_gaps(draft.kind, draft.scheme, draft.template)
    return _put_in_force(draft, by)


@transaction.atomic
def put_back(*, text_id: int, by: User, note: str) -> LetterTemplate:
    """Publish an older version anew, with its own number. Its words were published by two people before.

    Raises `NotNow` for a text that is in force or was never published, and `TextRefused` when it no longer fits.
    """
    _alone()
    old = LetterTemplate.objects.select_for_update().get(pk=text_id)
    if old.state != State.WITHDRAWN:
        raise NotNow("Alleen een tekst die eerder in gebruik was, kan worden teruggezet.")
    _locked(old.kind, old.scheme)
    _refuse_gaps(old.kind, old.scheme, old.template)
    again = LetterTemplate(
        kind=old.kind, scheme=old.scheme, number=_next(old.kind, old.scheme), based_on=shipped(old.kind).version, content=old.content,
        digest=old.digest, author=old.author, restores=old, note=note, changed_at=clock.now(),
    )
    return _put_in_force(again, by)


@transaction.atomic
def withdraw(*, text_id: int, by: User) -> LetterTemplate:
    """Take a text out of use: what lies under it counts again (for a scheme the house text, for the house that of the release).

    Raises `NotNow` when it is not in force, and `TextRefused` when the letters of a scheme would not fit any more.
    """
    _alone()
    text = LetterTemplate.objects.select_for_update().get(pk=text_id)
    if text.state != State.PUBLISHED:
        raise NotNow("Deze tekst is niet in gebruik.")
    if not text.scheme:
        _refuse_gaps(text.kind, "", shipped(text.kind).template)
    _out_of_force(text, by)
    return text


def whole_of(text: LetterTemplate, *, left_out: bool = False) -> Template:
    """The whole text that letters get with this version: for a scheme its parts in the house text that is in force now."""
    return merged(in_force(text.kind).template, text.template, left_out=left_out) if text.scheme else text.template


def _alone() -> None:
    """Nobody else publishes until this transaction ends. SQLite lets one transaction write at a time already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])


def _draft(text_id: int) -> LetterTemplate:
    draft = LetterTemplate.objects.select_for_update().get(pk=text_id)
    if draft.state != State.DRAFT:
        raise NotNow("Deze tekst is al gepubliceerd. Begin een nieuw concept om iets te veranderen.")
    return draft


def _locked(kind: str, scheme: str) -> list[LetterTemplate]:
    return list(LetterTemplate.objects.select_for_update().filter(kind=kind, scheme=scheme))


def _next(kind: str, scheme: str) -> int:
    return (LetterTemplate.objects.filter(kind=kind, scheme=scheme).aggregate(last=Max("number"))["last"] or 0) + 1


def _refuse_gaps(kind: str, scheme: str, template: Template) -> None:
    vocabulary = shipped(kind).vocabulary
    whole = merged(in_force(kind).template, template) if scheme else template
    problems = list(gaps(whole, vocabulary))
    if not scheme and not problems:
        for own in LetterTemplate.objects.published().filter(kind=kind).exclude(scheme=""):
            found = gaps(merged(template, own.template), vocabulary)
            problems += (Problem("", f"Met de eigen tekst van regeling {own.scheme} past dit niet: {problem.text}") for problem in found)
    if problems:
        raise TextRefused(tuple(problems))


def _put_in_force(text: LetterTemplate, by: User) -> LetterTemplate:
    for before in _locked(text.kind, text.scheme):
        if before.state == State.PUBLISHED:
            _out_of_force(before, by)
    text.state, text.published_by, text.published_at = State.PUBLISHED, by, clock.now()
    try:
        with transaction.atomic():
            text.save()
    except IntegrityError as error:  # two at the same moment: the database lets one text be in force
        raise NotNow("Een collega bracht net een andere tekst van deze brief in gebruik. Bekijk die eerst.") from error
    return text


def _out_of_force(text: LetterTemplate, by: User) -> None:
    text.state, text.withdrawn_by, text.withdrawn_at = State.WITHDRAWN, by, clock.now()
    text.save()
