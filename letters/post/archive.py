"""Many letters in one ZIP, written while it is sent: nothing is kept in memory but one letter."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import StreamingHttpResponse

from letters.models import Letter, LetterSeal

MISSING = "ontbreekt.txt"


class _Sink:
    """Takes what zipfile writes, to hand it on; zipfile finds that it cannot go back, and does without."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None: ...

    def take(self) -> bytes:
        data, self.parts = b"".join(self.parts), []
        return data


def zipped(files: Iterable[tuple[str, date, bytes]]) -> Iterator[bytes]:
    """The parts of a ZIP with these files, each with its day. The letters are compressed themselves, so they are stored as they are."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[arg-type]  # it asks only for write and flush
        for name, day, data in files:
            archive.writestr(zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0)), data)
            yield sink.take()
    yield sink.take()


def letter_files(letters: QuerySet[Letter]) -> Iterator[tuple[str, date, bytes]]:
    """Each letter as it went out: sealed, where there is a seal. What is not made, or is lost, is named in a file of its own."""
    missing = []
    found = letters.select_related("chain").prefetch_related(Prefetch("seals", LetterSeal.objects.order_by("id")))
    for number, letter in enumerate(found.iterator(chunk_size=100), 1):
        name = f"{number:04d}-{letter.chain.label}-{letter.kind}.pdf"
        seals = {seal.content_digest: seal for seal in letter.seals.all()}
        try:
            with (seals.get(letter.file_digest) or letter).file.open("rb") as file:
                yield name, letter.day, file.read()
        except (ValueError, FileNotFoundError):
            missing.append(f"{name}: {'het bestand is er niet meer' if letter.file else letter.get_state_display()}")
    if missing:
        yield MISSING, date(1980, 1, 1), ("Deze brieven zitten er niet bij:\r\n" + "\r\n".join(missing) + "\r\n").encode()


def zip_response(letters: QuerySet[Letter], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(zipped(letter_files(letters)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
