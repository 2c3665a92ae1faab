"""From a draft to a letter in other words, and back: four eyes, one text in force, and what was signed keeps its words."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from decisions.models import Beschikking
from grants.applications.correspondence import LetterNotMade, send_plain
from grants.kernel import outbox
from grants.kernel.models import User
from grants.project.demo.world import load_world
from letters import verifying
from letters.models import Letter, LetterTemplate, LetterValues
from letters.texts import services
from letters.texts.services import NotNow, TextRefused
from letters.texts.shipped import shipped
from letters.texts.template import Part, Template
from letters.texts.values import Values

pytestmark = pytest.mark.django_db


def person(name):
    return User.objects.get(username=name)


def edited(kind, scheme="", **texts):
    """A draft in which these parts say something else; a part that was not there comes at the end."""
    draft = services.start_draft(kind=kind, scheme=scheme, author=person("regelingbeheer"))
    parts = [replace(part, text=texts.pop(part.name, part.text)) for part in services.whole_of(draft).parts]
    parts += [Part(name=name, text=text) for name, text in texts.items()]
    whole = Template(kind=kind, parts=tuple(part for part in parts if part.text))
    return services.save_draft(text_id=draft.pk, whole=whole, note="Korter.", author=person("regelingbeheer"), seen=draft.changed_at)


def published(kind, scheme="", **texts):
    return services.publish(text_id=edited(kind, scheme, **texts).pk, by=person("teksten"))


def text_of(life, kind):
    outbox.run_open()
    letter = Letter.objects.filter(chain=life.case.chain, kind=kind).latest("created_at")
    return letter, " ".join(letter.text.split())


def test_a_published_text_stands_in_the_next_letter_with_its_version_and_values(live):
    published("L01", thanks="Fijn dat u een aanvraag doet.")
    letter, text = text_of(live("received"), "L01")
    assert "Fijn dat u een aanvraag doet." in text and "Dank u wel" not in text
    kept = letter.made_with.get()
    assert letter.template_version == kept.template_version == "1.1" and kept.letter_digest == letter.digest
    assert Values.from_dict(kept.values).facts["case_number"] == letter.chain.label


def test_a_draft_changes_no_letter(live):
    edited("L01", thanks="Nog niet.")
    letter, text = text_of(live("received"), "L01")
    assert "Nog niet." not in text and letter.template_version == "1"


def test_a_scheme_says_it_in_its_own_words_and_others_do_not(live):
    published("L01", "LB-INW", thanks="Dank voor uw idee voor de buurt.")
    own, text = text_of(live("received", scheme="LB-INW", amount="3000"), "L01")
    other, house = text_of(live("received"), "L01")
    assert "idee voor de buurt" in text and own.template_version == "1/1"
    assert "idee voor de buurt" not in house and other.template_version == "1"
    assert [part["name"] for part in LetterTemplate.objects.get().content["parts"]] == ["thanks"]


def test_what_the_house_changes_later_reaches_a_scheme_that_says_something_else(live):
    published("L01", "LB-INW", thanks="Dank voor uw idee.")
    published("L01", withdraw="Intrekken kan altijd.")
    letter, text = text_of(live("received", scheme="LB-INW", amount="3000"), "L01")
    assert "Dank voor uw idee." in text and "Intrekken kan altijd." in text and letter.template_version == "1.1/1"


def test_nobody_publishes_a_text_that_they_changed_last(world):
    draft = edited("L01", thanks="Dag.")
    with pytest.raises(NotNow, match="Laat een collega"):
        services.publish(text_id=draft.pk, by=person("regelingbeheer"))
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_text_that_misses_something_is_not_published_and_the_old_one_stays(world):
    before = published("L01", thanks="Eerste.")
    draft = edited("L01", withdraw="")
    with pytest.raises(TextRefused) as refused:
        services.publish(text_id=draft.pk, by=person("teksten"))
    assert "hoe de aanvraag kan worden ingetrokken" in str(refused.value)
    assert LetterTemplate.objects.published().get() == before


def test_a_house_text_that_breaks_the_letters_of_a_scheme_is_not_published(world):
    published("L01", "LB-INW", thanks="")
    draft = services.start_draft(kind="L01", scheme="", author=person("regelingbeheer"))
    parts = (replace(part, elements=("withdraw",)) if part.name == "thanks" else part for part in shipped("L01").template.parts if part.name != "withdraw")
    draft = services.save_draft(text_id=draft.pk, whole=Template(kind="L01", parts=tuple(parts)), note="", author=person("regelingbeheer"), seen=draft.changed_at)
    with pytest.raises(TextRefused, match="Met de eigen tekst van regeling LB-INW past dit niet: In deze brief ontbreekt: hoe de aanvraag"):
        services.publish(text_id=draft.pk, by=person("teksten"))
    services.withdraw(text_id=LetterTemplate.objects.get(scheme="LB-INW").pk, by=person("teksten"))
    assert services.publish(text_id=draft.pk, by=person("teksten")).state == "published"


def test_an_older_text_is_put_back_as_a_new_version_also_by_its_author(live):
    first, second = published("L01", thanks="Eerste."), published("L01", thanks="Tweede.")
    again = services.put_back(text_id=first.pk, by=person("regelingbeheer"), note="")
    assert (again.number, again.restores, again.digest) == (3, first, first.digest)
    assert [text.state for text in LetterTemplate.objects.order_by("number")] == ["withdrawn", "withdrawn", "published"]
    letter, text = text_of(live("received"), "L01")
    assert "Eerste." in text and letter.template_version == "1.3"
    with pytest.raises(NotNow, match="eerder in gebruik"):
        services.put_back(text_id=again.pk, by=person("teksten"), note="")
    assert LetterTemplate.objects.get(pk=second.pk).withdrawn_by == person("regelingbeheer")


def test_a_withdrawn_text_gives_way_to_that_of_the_release(live):
    text = published("L01", thanks="Anders.")
    services.withdraw(text_id=text.pk, by=person("teksten"))
    assert text_of(live("received"), "L01")[0].template_version == "1"
    with pytest.raises(NotNow, match="niet in gebruik"):
        services.withdraw(text_id=text.pk, by=person("teksten"))


def test_a_published_text_cannot_be_changed_or_thrown_away(world):
    text = published("L01", thanks="Vast.")
    with pytest.raises(NotNow, match="al gepubliceerd"):
        services.save_draft(text_id=text.pk, whole=shipped("L01").template, note="", author=person("teksten"), seen=text.changed_at)
    with pytest.raises(NotNow, match="al gepubliceerd"):
        services.discard(text_id=text.pk)
    for change in ({"content": {"kind": "L01", "parts": []}}, {"state": "draft", "published_by": None, "published_at": None}, {"author": person("beheer")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterTemplate.objects.filter(pk=text.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterTemplate.objects.filter(pk=text.pk).delete()


def test_the_values_of_a_letter_are_written_once(live):
    life = live("received")
    text_of(life, "L01")
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterValues.objects.update(values={})
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterValues.objects.all().delete()


def test_two_writers_at_once_lose_nothing(world):
    draft = services.start_draft(kind="L01", scheme="", author=person("regelingbeheer"))
    assert services.start_draft(kind="L01", scheme="", author=person("teksten")) == draft
    services.save_draft(text_id=draft.pk, whole=shipped("L01").template, note="een", author=person("teksten"), seen=draft.changed_at)
    with pytest.raises(NotNow, match="Toos.*ondertussen veranderd"):
        services.save_draft(text_id=draft.pk, whole=shipped("L01").template, note="twee", author=person("regelingbeheer"), seen=draft.changed_at)
    assert LetterTemplate.objects.get().note == "een"


def test_who_begins_or_publishes_at_the_same_moment_as_another_hears_so(world, monkeypatch):
    first = draft = edited("L01", thanks="Eerste.")
    monkeypatch.setattr(services, "_locked", lambda kind, scheme: [])  # what the other did is not seen yet
    monkeypatch.setattr(services, "_next", lambda kind, scheme: 7)
    assert services.start_draft(kind="L01", scheme="", author=person("teksten")) == first
    monkeypatch.undo()
    services.publish(text_id=draft.pk, by=person("teksten"))
    second = edited("L01", thanks="Tweede.")
    monkeypatch.setattr(services, "_locked", lambda kind, scheme: [])
    with pytest.raises(NotNow, match="Bekijk die eerst"):
        services.publish(text_id=second.pk, by=person("teksten"))
    assert LetterTemplate.objects.published().get() == first


def test_a_slip_is_refused_and_the_draft_stays_as_it_was(world):
    draft = edited("L01", thanks="Goed.")
    whole = Template(kind="L01", parts=(Part(name="a", text="U krijgt {case_nummer}."),))
    with pytest.raises(TextRefused, match="Bedoelt u case_number"):
        services.save_draft(text_id=draft.pk, whole=whole, note="", author=person("teksten"), seen=draft.changed_at)
    assert "Goed." in str(LetterTemplate.objects.get().content)


def test_a_signed_decision_that_is_made_again_for_another_day_keeps_its_words(live):
    life = live("assessed")
    published("L08", accounting_heading="Wat moet u ons laten zien?")
    decision = life.decide("grant", Decimal(30000), send=False)
    published("L08", accounting_heading="Hoe vertelt u hoe het ging?")
    outbox.run_open()
    assert Beschikking.objects.get(pk=decision.pk).state == "sent"
    letter = Letter.objects.get(decisions=decision)
    assert letter.template_version == "1.1" and "Wat moet u ons laten zien?" in letter.text and "hoe het ging" not in letter.text
    assert [row.template_version for row in letter.made_with.all()] == ["1.1", "1.1"]  # as signed, and again for the day of sending
    assert [finding for finding in verifying.verify(letter.chain.label) if finding is not None] == []


def test_a_letter_that_cannot_be_made_stops_its_act_with_a_sentence_and_keeps_nothing(live):
    life = live("received")
    before = Letter.objects.count()
    with pytest.raises(LetterNotMade, match="te lang.*Maak de tekst korter"), transaction.atomic():
        send_plain(life.case, life.case.chain.events.first(), "L12", life.day, reason="a" * 20_001)
    assert Letter.objects.count() == before


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
@pytest.mark.django_db(transaction=True)
def test_a_text_of_the_house_and_one_of_a_scheme_published_in_the_same_moment_leave_no_gap(monkeypatch):
    """Each alone is whole. The house leaves out its remedy clause where the scheme has its own; together nobody would say it."""
    load_world()
    house = edited("L10", own_remedy="Hier staat hoe u bezwaar maakt.")
    own = edited("L10", "LB-INW", thanks_again="Dank voor uw idee.")
    checked, go, found = threading.Event(), threading.Event(), []
    real = services._put_in_force

    def slowly(text, by):
        if not text.scheme:
            checked.set()
            assert go.wait(60)
        return real(text, by)

    def publish(text):
        try:
            found.append(services.publish(text_id=text.pk, by=person("teksten")).scheme)
        finally:
            connections.close_all()

    monkeypatch.setattr(services, "_put_in_force", slowly)
    first = threading.Thread(target=publish, args=(house,))
    first.start()
    assert checked.wait(60)
    second = threading.Thread(target=publish, args=(own,))
    second.start()
    blocked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with connection.cursor() as cursor:
        while second.is_alive():
            cursor.execute(blocked)
            if cursor.fetchone()[0]:
                break
    waited = second.is_alive()
    go.set()
    first.join(), second.join()
    assert waited and found == ["", "LB-INW"], "the second looked only when the first was in force"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
@pytest.mark.parametrize("act", [lambda t: services.publish(text_id=t, by=None), lambda t: services.put_back(text_id=t, by=None, note=""), lambda t: services.withdraw(text_id=t, by=None)])
def test_every_act_that_changes_what_is_in_force_takes_the_one_lock_first(world, act):
    with CaptureQueriesContext(connection) as queries, pytest.raises(LetterTemplate.DoesNotExist):
        act(0)
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert "pg_advisory_xact_lock" in asked[0] and "FOR UPDATE" in asked[1]
