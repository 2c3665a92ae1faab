"""Letters that go on paper: which wait, put together in a pile for the printer, posted on a day that a person confirms.

A letter says on which day it is posted, so one with another day is made again before the file is: a decision with that
date, another letter with that day behind "Verzonden" alone. Each
letter is posted in a transaction of its own: what cannot go leaves the others alone, and says why. Lock order: the
case (with its decision and letter), then the pile, then its lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from grants.kernel import clock, outbox
from grants.kernel.models import User
from grants.kernel.outbox import Later
from grants.law.formats import long_date
from letters import services
from letters.models import Dispatch, Letter, LetterSeal, PaperBatch, PaperLine, SecondSending
from letters.pdf import NotALetterFile, content_digest
from letters.post.paper_models import new_reference
from letters.post.sheets import Entry, LetterUnreadable, Pile, make_pile
from letters.seal import services as sealing

MOST = 1000
"""So many letters go into one pile: more would make one file too large to print."""
AHEAD = timedelta(days=7)
SOON = timedelta(seconds=10)
REDATE, MAKE, POST = "letters.redate", "letters.pile", "letters.post"
POSTED_ALL_THE_SAME = "Het besluit kwam terug bij de behandelaar toen de stapel al op de post was, en ging niet in. Is de brief weg? Bel de ontvanger."
State = PaperBatch.State

_on_redate: list[Callable[[Letter, date], None]] = []
_on_again: list[Callable[[SecondSending, date], Dispatch | str]] = []


class PaperRefused(Exception):
    """What a person wants with a pile cannot be; `str()` says why and what to do."""


def redate_with(function: Callable[[Letter, date], None]) -> None:
    """Let a higher floor make a decision again that bears another day."""
    if function not in _on_redate:
        _on_redate.append(function)


def post_again_with(function: Callable[[SecondSending, date], Dispatch | str]) -> None:
    """Let a higher floor send a letter a second time: it gives the dispatch, or why that cannot be."""
    if function not in _on_again:
        _on_again.append(function)


def _in_an_open_pile() -> QuerySet[PaperLine]:
    return PaperLine.objects.filter(live=True, settled_at__isnull=True)


def pile_of(letter: Letter) -> str:
    """The pile in which this letter lies and waits for the post; '' for none."""
    return _in_an_open_pile().filter(letter=letter).values_list("batch__reference", flat=True).first() or ""


def is_sealed() -> Q:
    """Letters that have their seal, where there is one; without a seal here, all."""
    return Q(Exists(LetterSeal.objects.filter(letter=OuterRef("pk"), content_digest=OuterRef("file_digest")))) if sealing.is_on() else Q()


def to_print(user: User) -> QuerySet[Letter]:
    """Letters that are made, wait for paper, and lie in no pile yet; the oldest first."""
    waiting = Letter.objects.visible_to(user).to_post(user)
    found: QuerySet[Letter] = waiting.filter(is_sealed()).exclude(id__in=_in_an_open_pile().values("letter")).order_by("created_at", "id")
    return found


def to_print_again(user: User) -> QuerySet[SecondSending]:
    """Second sendings that somebody asked for and that lie in no pile yet."""
    waiting = SecondSending.objects.visible_to(user).to_post(user).waiting()
    found: QuerySet[SecondSending] = waiting.exclude(letter__in=_in_an_open_pile().values("letter")).order_by("asked_at", "id")
    return found


def not_ready(user: User) -> int:
    """How many letters for paper are still being made or sealed."""
    visible = Letter.objects.visible_to(user).filter(portal_allowed=False)
    return visible.filter(Q(state=Letter.State.ORDERED) | Q(state=Letter.State.RENDERED) & ~is_sealed()).count() if sealing.is_on() else (
        visible.filter(state=Letter.State.ORDERED).count()
    )


def make(*, letters: Collection[Letter], again: Collection[SecondSending], day: date, duplex: bool, user: User) -> PaperBatch:
    """Put these letters in a pile that is posted on `day`. Raises PaperRefused; then nothing has changed."""
    today = clock.today()
    if not letters and not again:
        raise PaperRefused("Er is geen brief gekozen. Kies ten minste een brief.")
    if len(letters) + len(again) > MOST:
        raise PaperRefused(f"In een stapel gaan ten hoogste {MOST} brieven. Maak eerst deze stapel kleiner, en daarna nog een.")
    if not today <= day <= today + AHEAD:
        raise PaperRefused("De dag van de post is vandaag, of een van de komende zeven dagen. Kies een andere dag.")
    with transaction.atomic():
        batch = PaperBatch.objects.create(reference=new_reference(day), day=day, duplex=duplex, made_by=user, made_at=clock.now())
        first = {letter.pk: letter for letter in Letter.objects.select_for_update(of=("self",)).filter(id__in=[x.pk for x in letters]).select_related("chain")}
        second = {one.pk: one for one in SecondSending.objects.select_for_update(of=("self",)).filter(id__in=[x.pk for x in again]).select_related("letter__chain")}
        _may_go_along(first, second)
        rows: list[tuple[Letter, SecondSending | None, tuple[str, ...]]] = [(letter, None, letter.as_content().addressee) for letter in first.values()]
        rows += [(one.letter, one, tuple(one.addressee)) for one in second.values()]
        rows.sort(key=lambda row: (row[0].chain.label, row[0].created_at, str(row[0].pk)))
        lines = PaperLine.objects.bulk_create(
            PaperLine(batch=batch, number=number, letter=letter, again=one, addressee=list(lines))
            for number, (letter, one, lines) in enumerate(rows, 1)
        )
        for line in lines:
            if line.again is None and line.letter.sent_line != day:
                outbox.enqueue(REDATE, key=str(line.pk), payload={"line": line.pk}, event_id=line.letter.event_id)
        _ask_for_the_file(batch.pk)
    return batch


def _may_go_along(letters: dict[UUID, Letter], again: dict[UUID, SecondSending]) -> None:
    taken = dict(_in_an_open_pile().filter(letter__in=[*letters, *(one.letter_id for one in again.values())]).values_list("letter_id", "batch__reference"))
    for letter in letters.values():
        if letter.state != Letter.State.RENDERED or letter.portal_allowed:
            raise PaperRefused(f"De brief van zaak {letter.chain.label} wacht niet meer op papier. Kies de brieven opnieuw.")
    for one in again.values():
        if one.dispatch_id is not None or one.dropped_at is not None:
            raise PaperRefused(f"De tweede verzending van zaak {one.letter.chain.label} is al gedaan of vervallen. Kies de brieven opnieuw.")
    for letter in [*letters.values(), *(one.letter for one in again.values())]:
        if letter.pk in taken:
            raise PaperRefused(f"De brief van zaak {letter.chain.label} ligt al in stapel {taken[letter.pk]}. Kies de brieven opnieuw.")


# -- making the file ---------------------------------------------------------------------------------------------------
def redate(payload: dict[str, Any]) -> None:
    """A letter in a pile says that it was sent on another day than that of the post: it is made again."""
    line = PaperLine.objects.select_related("batch", "letter").get(pk=payload["line"])
    if not line.live or line.batch.state != State.MAKING or line.letter.sent_line == line.batch.day:
        return
    if not line.letter.waits_for_dispatch:
        services.stamp(line.letter_id, line.batch.day)
    else:
        for function in _on_redate:
            function(line.letter, line.batch.day)


def _waiting_lines(batch: PaperBatch) -> QuerySet[PaperLine]:
    """Letters of a pile that are not made yet, or not with its day."""
    dated = Q(letter__posting_day=batch.day) | Q(letter__posting_day__isnull=True, letter__day=batch.day)
    made = Q(letter__in=Letter.objects.filter(is_sealed(), state=Letter.State.RENDERED)) & dated
    return batch.lines.filter(live=True).exclude(made | Q(again__isnull=False))


def _ask_for_the_file(batch_id: UUID) -> None:
    """When the last letter is made, the file can be. The lock on the pile lets one of two last letters see the other."""
    batch = PaperBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state == State.MAKING and not _waiting_lines(batch).exists():
        outbox.enqueue(MAKE, key=str(batch.pk), payload={"batch": str(batch.pk)})


def letter_made(letter: Letter) -> None:
    """A letter on paper was made, and sealed where there is a seal."""
    for batch_id in _in_an_open_pile().filter(letter=letter, batch__state=State.MAKING).values_list("batch_id", flat=True):
        _ask_for_the_file(batch_id)


def letter_cancelled(letter: Letter) -> None:
    """A decision came back to its preparer: it does not go along, and may have to come out of the printed pile."""
    batch_id = _in_an_open_pile().filter(letter=letter).values_list("batch_id", flat=True).first()
    if batch_id is None:
        return
    PaperBatch.objects.select_for_update().get(pk=batch_id)
    _in_an_open_pile().filter(letter=letter, batch=batch_id).update(
        live=False, problem="Het besluit is terug bij de behandelaar en gaat niet mee. Is de stapel al geprint? Haal deze brief eruit."
    )
    _ask_for_the_file(batch_id)


def letter_not_made(payload: dict[str, Any], reason: str) -> None:
    """A letter of a pile could not be made, also not after many attempts: the others go without it."""
    chosen = Q(pk=payload["line"]) if "line" in payload else Q(letter=payload["letter"])
    line = _in_an_open_pile().filter(chosen, batch__state=State.MAKING).first()
    if line is None:
        return
    PaperBatch.objects.select_for_update().get(pk=line.batch_id)
    _in_an_open_pile().filter(pk=line.pk).update(live=False, problem=f"Deze brief kon niet worden gemaakt. {reason}"[:500])
    _ask_for_the_file(line.batch_id)


def left_out() -> QuerySet[PaperLine]:
    """Letters that could not be read, made or printed with their pile, and that still wait for a repair and another pile."""
    waits = Q(again__isnull=True, letter__state__in=[Letter.State.ORDERED, Letter.State.RENDERED]) | Q(
        again__isnull=False, again__dispatch__isnull=True, again__dropped_at__isnull=True
    )
    lines = PaperLine.objects.filter(waits, live=False, pages__isnull=True, settled_at__isnull=True).exclude(
        Q(batch__state=State.WITHDRAWN, batch__withdrawn_by__isnull=False) | Q(letter__in=_in_an_open_pile().values("letter"))
    )
    return lines.select_related("letter__chain", "batch").order_by("batch__made_at", "number")


def make_file(payload: dict[str, Any]) -> outbox.Finish:
    """Put the file together without a transaction, for that takes a while; keep it if its letters are still the same."""
    batch = PaperBatch.objects.get(pk=payload["batch"])
    lines = list(batch.lines.filter(live=True).select_related("letter__chain").order_by("number"))
    if batch.state != State.MAKING or not lines or _waiting_lines(batch).exists():
        return lambda: _nothing_to_make(batch.pk)
    pile = make_pile(batch.reference, batch.day, [_entry(line) for line in lines], duplex=batch.duplex, sender=settings.LETTER_SENDER["name"])
    seen = [(line.pk, line.letter.file_digest) for line in lines]
    return lambda: _keep(batch.pk, pile, seen)


def _entry(line: PaperLine) -> Entry:
    letter = line.letter
    return Entry(
        number=line.number, case=letter.chain.label, kind=letter.kind, name=letter.name, addressee=line.to,
        again=line.again_id is not None, read=lambda: _file_of_letter(letter),
    )


def _file_of_letter(letter: Letter) -> bytes:
    """The letter as it was made. Raises LetterUnreadable when its file is lost or changed; a storage that does not answer is no fault of the letter."""
    try:
        with letter.file.open("rb") as file:
            data: bytes = file.read()
        if content_digest(data) == letter.file_digest:
            return data
    except FileNotFoundError as error:
        raise LetterUnreadable("Het bestand van deze brief is er niet meer. Meld dit bij de beheerder.") from error
    except NotALetterFile:
        pass
    raise LetterUnreadable("Het bestand van deze brief is veranderd sinds het is gemaakt. Meld dit bij de beheerder.")


def _nothing_to_make(batch_id: UUID) -> Later | None:
    batch = PaperBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != State.MAKING:
        return None
    if not batch.lines.filter(live=True).exists():
        batch.state, batch.withdrawn_at, batch.reason = State.WITHDRAWN, clock.now(), "Alle brieven van deze stapel zijn vervallen."
        batch.save(update_fields=["state", "withdrawn_at", "reason"])
        return None
    return Later("Nog niet alle brieven van deze stapel zijn gemaakt.", SOON, waits=True)


def _keep(batch_id: UUID, pile: Pile, seen: list[tuple[int, str]]) -> Later | None:
    batch = PaperBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != State.MAKING:
        return None
    lines = list(batch.lines.filter(live=True).select_related("letter").order_by("number"))
    if [(line.pk, line.letter.file_digest) for line in lines] != seen:
        return Later("Een brief veranderde terwijl de stapel werd gemaakt. Wij maken de stapel opnieuw.", SOON, waits=True)
    pages = {one.entry.number: one.pages for one in pile.placed}
    for line in lines:
        if line.number in pile.left_out:
            line.live, line.problem = False, pile.left_out[line.number]
        else:
            line.pages = pages[line.number]
    PaperLine.objects.bulk_update(lines, ["pages", "live", "problem"], batch_size=200)
    if not pages:
        batch.state, batch.withdrawn_at, batch.reason = State.WITHDRAWN, clock.now(), "Geen enkele brief van deze stapel kon worden gelezen of geprint."
        batch.save(update_fields=["state", "withdrawn_at", "reason"])
        return None
    batch.file.save(f"{batch.reference}.pdf", File(pile.file), save=False)
    batch.file_sha256, batch.manifest, batch.pages, batch.state = pile.sha256, pile.manifest, pile.total_pages, State.READY
    batch.save()
    return None


def file_of(batch: PaperBatch) -> bytes:
    """The file for the printer: the same bytes each time. Raises PaperRefused when it is not there, or was changed."""
    if not batch.file_sha256:
        raise PaperRefused("Het bestand is er nog niet. Wacht tot alle brieven zijn gemaakt, en laad de bladzijde opnieuw.")
    with batch.file.open("rb") as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != batch.file_sha256:
        raise PaperRefused("Het bestand is veranderd sinds het is gemaakt. Print het niet, en meld dit bij de beheerder.")
    return data


# -- posting it --------------------------------------------------------------------------------------------------------
def confirm(*, batch_id: UUID, posted_on: date, other_day: bool, user: User) -> PaperBatch:
    """A person put the pile in the post: that day counts. Each letter is dispatched on its own. Raises PaperRefused.

    With another day than the letters bear, `other_day` says that the person knows; the letters stay as they were printed.
    """
    with transaction.atomic():
        batch = PaperBatch.objects.select_for_update().get(pk=batch_id)
        if batch.state != State.READY:
            raise PaperRefused(f"Stapel {batch.reference} is {batch.get_state_display()}. Alleen een stapel die klaar is, kan op de post.")
        if not clock.legal_day(batch.made_at) <= posted_on <= clock.today():
            raise PaperRefused("De dag kan niet. Kies de dag waarop de brieven echt op de post gingen: niet in de toekomst, en niet voordat de stapel er was.")
        if posted_on < batch.day:
            raise PaperRefused(
                f"Op de brieven staat {long_date(batch.day)}. Een brief kan niet op de post op een dag die voor die dag ligt. Zijn de brieven nog hier? "
                f"Trek de stapel in en maak een nieuwe. Zijn zij al weg? Leg dit dan vast op {long_date(batch.day)}, met die dag."
            )
        if posted_on != batch.day and not other_day:
            raise PaperRefused(
                f"Op de brieven staat {long_date(batch.day)}. Gingen zij echt op {long_date(posted_on)} op de post? Zet dan het vinkje. Zijn zij nog "
                "hier? Trek de stapel in en maak een nieuwe, met de goede datum."
            )
        batch.state, batch.posted_on, batch.confirmed_by, batch.confirmed_at = State.CONFIRMED, posted_on, user, clock.now()
        batch.save(update_fields=["state", "posted_on", "confirmed_by", "confirmed_at"])
        for line in batch.lines.filter(live=True).select_related("letter"):
            outbox.enqueue(POST, key=str(line.pk), payload={"line": line.pk}, event_id=line.letter.event_id)
    return batch


def post(payload: dict[str, Any]) -> None:
    """Dispatch one letter of a pile that is in the post; what cannot be is noted with the reason."""
    line = PaperLine.objects.select_related("batch", "letter", "again").get(pk=payload["line"])
    if line.settled_at is not None or line.batch.posted_on is None:
        return
    if not line.live:  # it came back after the pile was posted, and before this
        line.settled_at, line.problem = clock.now(), POSTED_ALL_THE_SAME
        line.save(update_fields=["settled_at", "problem"])
        return
    answer = _post_again(line.again, line.batch.posted_on) if line.again else _post_first(line.letter, line.batch.posted_on)
    line.settled_at = clock.now()
    if isinstance(answer, Dispatch):
        line.live, line.problem, line.dispatch = True, "", answer
    else:
        line.problem = answer[:500]
    line.save(update_fields=["settled_at", "problem", "dispatch", "live"])


def _post_first(letter: Letter, day: date) -> Dispatch | str:
    problem = services.post_confirmed(letter, day=day)
    if problem:
        return problem
    sent: Dispatch = letter.dispatches.order_by("-id")[:1].get()
    return sent


def _post_again(one: SecondSending, day: date) -> Dispatch | str:
    answer = next((function(one, day) for function in _on_again), "Niemand kan deze brief opnieuw verzenden.")
    if isinstance(answer, Dispatch):
        one.dispatch = answer
        one.save(update_fields=["dispatch"])
    return answer


def withdraw(*, batch_id: UUID, reason: str, user: User) -> PaperBatch:
    """Take back a pile that is not in the post; its letters wait for another. Raises PaperRefused."""
    if not reason.strip():
        raise PaperRefused("Schrijf op waarom u de stapel intrekt.")
    with transaction.atomic():
        batch = PaperBatch.objects.select_for_update().get(pk=batch_id)
        if batch.state not in (State.MAKING, State.READY):
            raise PaperRefused(f"Stapel {batch.reference} is al {batch.get_state_display()} en kan niet meer worden ingetrokken.")
        batch.state, batch.withdrawn_by, batch.withdrawn_at, batch.reason = State.WITHDRAWN, user, clock.now(), reason.strip()[:300]
        batch.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "reason"])
        batch.lines.filter(live=True).update(live=False, problem="De stapel is ingetrokken.")
    return batch


def drop(*, second_id: UUID, reason: str, user: User) -> SecondSending:
    """A letter does not have to go out a second time after all. Raises PaperRefused when it lies in a pile, or was sent."""
    if not reason.strip():
        raise PaperRefused("Schrijf op waarom de brief niet nog een keer gaat.")
    with transaction.atomic():
        one: SecondSending = SecondSending.objects.select_for_update().get(pk=second_id)
        if one.dispatch_id is not None or one.dropped_at is not None:
            raise PaperRefused("Deze brief is al opnieuw op de post gedaan, of hoefde al niet meer.")
        pile = _in_an_open_pile().filter(again=one).select_related("batch").first()
        if pile is not None:
            raise PaperRefused(f"Deze brief ligt in stapel {pile.batch.reference}. Trek eerst die stapel in.")
        one.dropped_by, one.dropped_at, one.dropped_reason = user, clock.now(), reason.strip()[:300]
        one.save(update_fields=["dropped_by", "dropped_at", "dropped_reason"])
    return one


def made_count(batch: PaperBatch) -> int:
    """How many letters of a pile are made, with its day on them."""
    return batch.lines.filter(live=True).count() - _waiting_lines(batch).count()
