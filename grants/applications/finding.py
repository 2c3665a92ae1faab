"""Finding a case by words: a table of normalised words, kept with the case in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q

from grants.applications.models import Application
from grants.applications.words import LONGEST, asked, beginning, number_words, words
from grants.kernel.audit import Finding

if TYPE_CHECKING:
    from grants.applications.models import ApplicationQuerySet

__all__ = ["CaseWord"]


class CaseWord(models.Model):
    """One word by which one case is found."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=LONGEST)

    class Meta:
        app_label = "grants"
        # One for all cases with a word, one for the words of a case: a question of two words asks both ways.
        indexes = [models.Index(fields=["application", "word"], name="case_word_of_case")]
        constraints = [models.UniqueConstraint(fields=["word", "application"], name="case_word_once")]

    def __str__(self) -> str:
        return self.word


def found_by(cases: ApplicationQuerySet, question: str) -> ApplicationQuerySet:
    """The cases that have, for every word asked, a word that begins with it. Nothing asked finds nothing."""
    wanted = asked(question)
    if not wanted:
        return cases.none()
    for word in wanted:
        first, end = beginning(word)
        inside = Q(word__gte=first) & (Q(word__lt=end) if end else Q())
        cases = cases.filter(id__in=CaseWord.objects.filter(inside).values("application_id"))
    return cases


def words_of(case: Application) -> set[str]:
    """The words by which this case is to be found; none for a draft, which only its applicant sees."""
    if not case.case_number:
        return set()
    applicant = case.applicant
    return words(case.title, applicant.name if applicant else "", applicant.kvk_number if applicant else "") | number_words(case.case_number)


@transaction.atomic
def index_cases(cases: Iterable[Application]) -> None:
    """Make the stored words of these cases what they should be."""
    for case in cases:
        wanted = words_of(case)
        stored = set(CaseWord.objects.filter(application=case).values_list("word", flat=True))
        if stored - wanted:
            CaseWord.objects.filter(application=case, word__in=stored - wanted).delete()
        CaseWord.objects.bulk_create(CaseWord(application=case, word=word) for word in sorted(wanted - stored))


def words_are_whole() -> Iterator[Finding]:
    """Every case is found by its number, title and applicant, and by nothing else."""
    cases = Application.objects.select_related("applicant").only("case_number", "title", "applicant__name", "applicant__kvk_number")
    for case in cases.prefetch_related("words").order_by("id").iterator(chunk_size=1000):
        if {row.word for row in case.words.all()} != words_of(case):
            yield Finding(str(case.case_number or case.id), "wordt niet gevonden op de woorden die in de zaak staan")
