"""Two people at one draft: who did not see a change never overwrites it, and nobody loses a word."""

from __future__ import annotations

import pytest

from grants.applications.merging import Outcome, Posted, fingerprint, outcome, read_token, token
from grants.applications.models import Application
from grants.applications.services.saving import save_answers, save_draft
from grants.kernel.models import User


def base(version, answer):
    return read_token(token(version, answer))


@pytest.mark.parametrize(
    ("typed", "saw", "version", "stored", "expected"),
    [
        ("nieuw", base(1, "oud"), 1, "oud", Outcome.SAVE),
        ("oud", base(1, "oud"), 1, "oud", Outcome.UNTOUCHED),
        ("oud", base(1, "oud"), 2, "van een ander", Outcome.UNTOUCHED),
        ("nieuw", base(1, "oud"), 2, "van een ander", Outcome.CONFLICT),
        ("hetzelfde", base(1, "oud"), 2, "hetzelfde", Outcome.SAME),
        ("", base(1, "oud"), 2, "van een ander", Outcome.CONFLICT),
        ("nieuw", base(0, None), 0, None, Outcome.SAVE),
        ("nieuw", None, 0, None, Outcome.SAVE),
        ("nieuw", None, 1, "oud", Outcome.CONFLICT),
        ("nieuw", base(7, "oud"), 1, "oud", Outcome.CONFLICT),
        (["a"], base(1, ["a", "b"]), 1, ["a", "b"], Outcome.SAVE),
    ],
)
def test_what_happens_to_an_answer(typed, saw, version, stored, expected):
    assert outcome(Posted("vraag", typed, saw), version, stored) == expected


def test_ends_of_lines_and_empty_rows_are_no_change():
    assert fingerprint("een\r\ntwee ") == fingerprint("een\ntwee")
    assert fingerprint([{"description": "hout", "amount": "5"}, {"description": "", "amount": ""}]) == fingerprint([{"description": "hout", "amount": "5"}])
    assert fingerprint("") == fingerprint([]) == fingerprint(None)


@pytest.mark.parametrize("text", ["", "1", "1-", "x-0123456789abcdef", "1-0123456789ABCDEF", "-1-0123456789abcdef", "1-0123456789abcdef0", "²-0123456789abcdef"])
def test_a_token_that_is_none_is_no_base(text):
    assert read_token(text) is None


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW").case


@pytest.fixture
def ann(draft):
    return User.objects.get(username="bewoner")


@pytest.fixture
def bob(draft):
    return User.objects.get(username="penningmeester")


def stored(draft, key):
    return Application.objects.get(pk=draft.pk).draft_answers[key]


def seen(draft, key):
    """The base of somebody who opens the page now."""
    fresh = Application.objects.get(pk=draft.pk)
    row = fresh.answer_versions.filter(key=key).first()
    return base(row.version if row else 0, fresh.draft_answers.get(key))


@pytest.mark.django_db
def test_naive_saving_loses_a_text(draft):
    """What the versions are for: each reads the page, and the last one writes over the other unseen."""
    ann, bob = Application.objects.get(pk=draft.pk), Application.objects.get(pk=draft.pk)
    ann.draft_answers["titel"] = "Van Ann"
    ann.save()
    bob.draft_answers["samenvatting"] = "Van Bob"
    bob.save()
    assert stored(draft, "titel") != "Van Ann", "another question, and yet her text is gone"


@pytest.mark.django_db
def test_the_second_save_of_one_answer_is_told_of_the_first(draft, ann, bob):
    opened = seen(draft, "titel")
    first = save_answers(application_id=draft.pk, posted=[Posted("titel", "Van Ann", opened)], user=ann)
    second = save_answers(application_id=draft.pk, posted=[Posted("titel", "Van Bob", opened)], user=bob)
    assert not first.conflicts and stored(draft, "titel") == "Van Ann"
    conflict = second.conflicts["titel"]
    assert (conflict.mine, conflict.theirs, conflict.by) == ("Van Bob", "Van Ann", ann)
    knowing = save_answers(application_id=draft.pk, posted=[Posted("titel", "Van Bob", read_token(conflict.token))], user=bob)
    assert not knowing.conflicts and stored(draft, "titel") == "Van Bob"


@pytest.mark.django_db
def test_two_people_on_different_questions_both_win(draft, ann, bob):
    title, summary = seen(draft, "titel"), seen(draft, "samenvatting")
    before = stored(draft, "samenvatting"), stored(draft, "titel")
    save_answers(application_id=draft.pk, posted=[Posted("titel", "Van Ann", title), Posted("samenvatting", before[0], summary)], user=ann)
    found = save_answers(application_id=draft.pk, posted=[Posted("titel", before[1], title), Posted("samenvatting", "Van Bob", summary)], user=bob)
    assert not found.conflicts
    assert (stored(draft, "titel"), stored(draft, "samenvatting")) == ("Van Ann", "Van Bob")
    assert Application.objects.get(pk=draft.pk).title == "Van Ann"


@pytest.mark.django_db
def test_each_change_counts_one_version_with_who_and_when(draft, ann):
    row = draft.answer_versions.get(key="titel")
    assert (row.version, row.saved_by) == (1, None)
    save_answers(application_id=draft.pk, posted=[Posted("titel", "Nieuw", seen(draft, "titel"))], user=ann)
    save_answers(application_id=draft.pk, posted=[Posted("titel", "Nieuw", seen(draft, "titel"))], user=ann)
    row.refresh_from_db()
    assert (row.version, row.saved_by) == (2, ann) and row.saved_at is not None


@pytest.mark.django_db
def test_nothing_is_saved_once_it_is_sent_in(live, ann):
    case = live("received", scheme="LB-INW").case
    with pytest.raises(Application.DoesNotExist):
        save_answers(application_id=case.pk, posted=[Posted("titel", "Te laat", None)], user=ann)
    with pytest.raises(Application.DoesNotExist):
        save_draft(application_id=case.pk, answers={"titel": "Te laat"})
