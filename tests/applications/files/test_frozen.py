"""What was sent in stays as it is: the database refuses the rest, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from grants.applications.models import Document
from grants.kernel.models import User
from tests.papers import document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_world")]


@pytest.fixture(scope="module")
def life(module_world):
    from tests.living import lived

    return lived("received", scheme="LB-INW")


def kept(life, state: str, *, is_sent: bool = True) -> Document:
    submission = life.case.submissions.first() if is_sent else None
    return document(life.case, life.asker.user, state=state, submission=submission, finding="x" if state == "infected" else "")


def changed(made: Document, **values) -> None:
    with transaction.atomic():
        Document.objects.filter(pk=made.pk).update(**values)


OTHERS = {
    "filename": "anders.pdf", "question_key": "anders", "received_digest": "0" * 64, "received_size": 5, "submission": None, "uploaded_at": timezone.now(),
}


@pytest.mark.parametrize("column", OTHERS)
@pytest.mark.parametrize("state", ["received", "clean"])
def test_a_document_that_was_sent_in_never_changes(life, column, state):
    made = kept(life, state)
    with pytest.raises(DatabaseError, match="sent in never changes"):
        changed(made, **{column: OTHERS[column]})


def test_nor_to_whom_it_belongs(life):
    made = kept(life, "received")
    with pytest.raises(DatabaseError, match="sent in never changes"):
        changed(made, uploaded_by=User.objects.get(username="ambtenaar"))


def test_and_is_never_deleted(life):
    made = kept(life, "infected")
    with pytest.raises(DatabaseError, match="is kept"), transaction.atomic():
        made.delete()


@pytest.mark.parametrize(("before", "after"), [("received", "waiting"), ("received", "clean"), ("waiting", "clean"), ("waiting", "unreadable"), ("received", "unchecked")])
def test_its_check_moves_forward(life, before, after):
    changed(kept(life, before), state=after)


def test_the_verdict_brings_its_content_along(life):
    changed(kept(life, "waiting"), state="clean", digest="1" * 64, size=3, file="documents/checked/x")
    changed(kept(life, "received"), state="infected", file="", finding="Virus")


VERDICTS = ("clean", "unchecked", "infected", "unreadable")


@pytest.mark.parametrize(
    ("before", "after"), [(before, after) for before in VERDICTS for after in ("received", "waiting", "clean", "infected") if before != after]
)
def test_a_verdict_stands(life, before, after):
    made = kept(life, before, is_sent=False)
    with pytest.raises(DatabaseError, match="verdict"):
        changed(made, state=after, file="")


@pytest.mark.parametrize(("column", "value"), [("file", "ander/pad"), ("digest", "2" * 64), ("content_type", "text/html")])
@pytest.mark.parametrize("state", ["received", "waiting", "clean"])
def test_content_changes_only_with_the_verdict(life, state, column, value):
    made = kept(life, state)
    with pytest.raises(DatabaseError, match="verdict"):
        changed(made, **{column: value})


def test_waiting_does_not_go_back(life):
    with pytest.raises(DatabaseError, match="verdict"):
        changed(kept(life, "waiting"), state="received")


def test_a_file_of_a_draft_may_go(life):
    kept(life, "clean", is_sent=False).delete()
