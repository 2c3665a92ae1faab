"""Is a stored letter still what was sent? Its text, its file and the event that ordered or sent it are held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grants.kernel.models import Event
from letters.models import Letter
from letters.pdf import NotALetterFile, content_digest, render_pdf
from letters.rendering.plain import render_text
from letters.services import with_sent_line

MADE = (Letter.State.RENDERED, Letter.State.SENT)


@dataclass(frozen=True, slots=True)
class LetterFinding:
    """One letter that is not as it was made. `problem` is a sentence for people."""

    letter: str
    case: str
    kind: str
    problem: str


def made_letters(case: str = "") -> Iterator[Letter]:
    """Every letter that was made, oldest first; of one case when its number is given."""
    found = Letter.objects.filter(state__in=MADE).select_related("chain", "event").prefetch_related("dispatches__event").order_by("created_at", "id")
    yield from (found.filter(chain__label=case) if case else found).iterator(chunk_size=200)


def check(letter: Letter) -> Iterator[str]:
    """What is wrong with this letter, in sentences; nothing when it is whole.

    Reads the file and makes it anew from the stored content: about 5 ms a letter.
    """
    stored = letter.as_content()
    if stored.digest() != letter.digest:
        yield "de bewaarde inhoud past niet bij zijn controlegetal"
    if letter.text != render_text(stored):
        yield "de bewaarde tekst is niet de tekst van de inhoud"
    if letter.state == Letter.State.SENT and not _stands_in_an_event(letter):
        yield "geen gebeurtenis in het dossier noemt deze inhoud"
    yield from _check_file(letter)


def _check_file(letter: Letter) -> Iterator[str]:
    try:
        with letter.file.open("rb") as file:
            kept = content_digest(file.read())
    except FileNotFoundError:
        yield "het bestand is er niet meer"
        return
    except NotALetterFile:
        yield "het bestand is geen brief van Verleend meer"
        return
    if kept != letter.file_digest:
        yield "het bestand is veranderd nadat het is gemaakt"
    if content_digest(render_pdf(letter.as_content())) != letter.file_digest:
        yield "opnieuw gemaakt geeft deze inhoud een ander bestand"


def _stands_in_an_event(letter: Letter) -> bool:
    events: list[Event] = [letter.event, *(dispatch.event for dispatch in letter.dispatches.all())]
    named = [event.data.get("letters", {}).get(str(letter.id), {}) for event in events]
    texts = {found["text"] for found in named if "text" in found}
    files = {found["file"] for found in named if "file" in found}
    return not texts.isdisjoint({letter.digest, _as_asked_for(letter)}) and (not files or letter.file_digest in files)


def _as_asked_for(letter: Letter) -> str:
    """The digest of a letter on paper before it was stamped with the day of the post: that is what its event names."""
    return with_sent_line(letter.as_content(), letter.day).digest() if letter.posting_day else letter.digest


def verify(case: str = "") -> Iterator[LetterFinding | None]:
    """One item a letter: None when it is whole, else each thing that is wrong with it."""
    for letter in made_letters(case):
        problems = list(check(letter))
        if not problems:
            yield None
        for problem in problems:
            yield LetterFinding(str(letter.id), letter.chain.label, letter.kind, problem)
