"""A stored letter is held against its content, its file and its event; each kind of damage is found."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import connection

from grants.kernel import outbox, triggers
from letters.models import Letter
from letters.verifying import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(live):
    live("verleend")
    outbox.run_open()
    found = list(Letter.objects.filter(state="sent"))
    assert {letter.kind for letter in found} >= {"L01", "L08"}
    return found


def damage(letter, **values):
    """Change a stored letter past the guards of the database, as an intruder would."""
    triggers.remove(connection)
    Letter.objects.filter(id=letter.id).update(**values)
    triggers.install(connection)
    return Letter.objects.get(id=letter.id)


def test_letters_of_a_case_are_whole(letters):
    assert [problem for letter in letters for problem in check(letter)] == []


def test_another_amount_in_the_stored_content_is_found(letters):
    letter = next(letter for letter in letters if letter.kind == "L08")
    assert "30.000" in letter.content
    problems = list(check(damage(letter, content=letter.content.replace("30.000", "90.000"))))
    assert "de bewaarde inhoud past niet bij zijn controlegetal" in problems
    assert "opnieuw gemaakt geeft deze inhoud een ander bestand" in problems


def test_content_changed_together_with_its_digest_is_found_by_the_event(letters):
    letter = next(letter for letter in letters if letter.kind == "L08")
    forged = letter.content.replace("30.000", "90.000")
    changed = damage(letter, content=forged)
    changed = damage(changed, digest=changed.as_content().digest())
    assert "geen gebeurtenis in het dossier noemt deze inhoud" in list(check(changed))


def test_another_text_is_found(letters):
    assert list(check(damage(letters[0], text="iets anders"))) == ["de bewaarde tekst is niet de tekst van de inhoud"]


def test_a_changed_file_is_found(letters):
    letter, other = letters[0], letters[1]
    with other.file.open("rb") as file:
        strange = file.read()
    with open(letter.file.path, "wb") as file:
        file.write(strange)
    assert list(check(letter)) == ["het bestand is veranderd nadat het is gemaakt"]


@pytest.mark.parametrize(("content", "problem"), [(None, "het bestand is er niet meer"), (b"geen pdf", "het bestand is geen brief van Verleend meer")])
def test_a_lost_or_strange_file_is_found(letters, content, problem):
    letter = letters[0]
    letter.file.storage.delete(letter.file.name)
    if content is not None:
        with open(letter.file.path, "wb") as file:
            file.write(content)
    assert list(check(letter)) == [problem]


def test_the_command_counts_what_is_whole_and_ends_well(letters, capsys):
    call_command("verify_letters", "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"whole": True, "letters_whole": len(letters), "findings": []}


def test_the_command_names_the_case_and_the_letter_and_ends_with_one(letters, capsys):
    damage(letters[0], text="iets anders")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_letters")
    shown = capsys.readouterr().err
    assert ended.value.code == 1
    assert f"{letters[0].chain.label}, brief {letters[0].kind}" in shown and f"{len(letters) - 1} brieven zijn heel, 1 niet" in shown


def test_one_case_can_be_asked_for(letters, live, capsys):
    live("received", scheme="LB-INW")
    outbox.run_open()
    call_command("verify_letters", "--case", letters[0].chain.label, "--format", "json")
    assert json.loads(capsys.readouterr().out)["letters_whole"] == len(letters)


def test_a_recorded_event_takes_no_note(letters):
    from grants.kernel.recording import note, recording

    with recording():
        assert note(letters[0].event_id, "letters", "x", {}) is False
    assert connection.vendor and "x" not in Letter.objects.get(id=letters[0].id).event.data.get("letters", {})
