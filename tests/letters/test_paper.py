"""Letters on paper: one pile for the printer, the same each time, and posted letter by letter on the day that counts."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from applicants.models import Applicant
from decisions.models import Beschikking
from grants.applications.services import correcting
from grants.kernel import audit, clock, outbox
from grants.kernel.models import AccessLog, OutboxMessage, User
from grants.kernel.roles import Role
from grants.law.formats import long_date
from grants.project.demo.lives import person
from letters import services
from letters.content import DATE, SENT
from letters.models import Dispatch, Letter, PaperBatch, PaperLine, SecondSending
from letters.pdf import DoesNotFit
from letters.post import paper, sheets
from letters.post.archive import zipped
from letters.post.paper import PaperRefused
from letters.post.sheets import Entry, make_pile
from letters.verifying import check
from tests.letters.posting import pile, posted, postman

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(live):
    """`signed(n)`: n cases of somebody who wants post on paper, each with a receipt and a signed decision that wait for the post."""

    def make(number=1):
        Applicant.objects.update(channel_consent=False)
        lives = []
        for _ in range(number):
            life = live("assessed", scheme="LB-INW")
            life.day = life.today - timedelta(days=5)
            life.decide("settle_directly", life.plan.amount, send=False)
            lives.append(life)
        outbox.run_open()
        return lives

    return make


def decision_of(life):
    return Beschikking.objects.get(application=life.id, act="settle_directly")


def client_of(username="intake"):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


# -- the file ----------------------------------------------------------------------------------------------------------
def test_every_letter_follows_its_sheet_in_order_and_the_list_says_where(signed):
    signed(2)
    batch = pile()
    assert batch.state == "ready"
    lines = list(batch.lines.order_by("number"))
    found = pikepdf.open(io.BytesIO(paper.file_of(batch)))
    rows = list(csv.reader(io.StringIO(batch.manifest), delimiter=";"))
    assert len(rows) == 1 + len(lines) == 5 and [row[0] for row in rows[1:]] == ["1", "2", "3", "4"]
    for line, row in zip(lines, rows[1:], strict=True):
        with line.letter.file.open("rb") as file:
            alone = pikepdf.open(file)
            start = int(row[7]) - 1
            assert start % 2 == 0, "on both sides of the paper every sheet begins on a leaf of its own"
            for place, page in enumerate(alone.pages):
                assert found.pages[start + 2 + place].Contents.read_bytes() == page.Contents.read_bytes(), "the pages of this letter"
            assert (row[1], row[2], int(row[6])) == (line.letter.chain.label, line.letter.kind, len(alone.pages))
    assert len(found.pages) == batch.pages and [row[1] for row in rows[1:]] == sorted(row[1] for row in rows[1:])


def entries(make_letter, names):
    from letters.pdf import render_pdf

    data = render_pdf(make_letter())
    return [Entry(n, f"Z-{n}", "L08", "Verlening", (name, "Straat 1", "6211 AA  Maastricht"), False, lambda: data) for n, name in enumerate(names, 1)]


def test_the_same_pile_gives_the_same_bytes(make_letter):
    given = entries(make_letter, ["Een", "Twee"])
    day = clock.today()
    one, two = (make_pile("POST-1", day, given, duplex=True, sender="P") for _ in "ab")
    assert (one.sha256, one.manifest) == (two.sha256, two.manifest) and one.file.read() == two.file.read()
    assert make_pile("POST-1", day, list(reversed(given)), duplex=True, sender="P").sha256 != one.sha256


def test_on_one_side_no_blank_pages_are_added(make_letter):
    given = entries(make_letter, ["Een"])
    single, both = (make_pile("POST-1", clock.today(), given, duplex=duplex, sender="P") for duplex in (False, True))
    assert single.total_pages == 1 + single.placed[0].pages < both.total_pages and both.total_pages % 2 == 0


def test_a_name_that_looks_like_a_formula_does_nothing_in_a_spreadsheet(make_letter):
    made = make_pile("POST-1", clock.today(), entries(make_letter, ["=HYPERLINK(1)"]), duplex=True, sender="P")
    assert "'=HYPERLINK(1)" in made.manifest


# -- posting -----------------------------------------------------------------------------------------------------------
def test_a_decision_is_made_again_for_the_day_of_the_post_and_takes_effect_then(signed):
    (life,) = signed()
    letter = decision_of(life).letter
    assert letter.day == life.day != clock.today()
    batch = pile()
    letter.refresh_from_db()
    assert letter.day == clock.today() and not letter.dispatches.exists() and life.case.status == "assessed", "printed is not sent"
    posted(batch)
    sent = letter.dispatches.get()
    assert (sent.channel, sent.sent_on, life.case.status) == ("post", clock.today(), "vastgesteld")
    assert life.case.deadlines.get(rule="OBJECTION_6W", ended_by=None).starts_on == clock.today()
    line = batch.lines.get(letter=letter)
    assert line.dispatch == sent and line.settled_at and not line.problem
    assert Dispatch.objects.filter(letter__chain=life.case.chain).count() == 2, "the receipt and the decision"
    letter.refresh_from_db()
    assert not list(check(letter)) and not list(audit.verify())


def test_confirming_twice_and_messages_that_come_twice_send_once(signed):
    (life,) = signed()
    batch = posted(pile())
    with pytest.raises(PaperRefused, match="Alleen een stapel die klaar is"):
        paper.confirm(batch_id=batch.pk, posted_on=batch.day, other_day=False, user=postman())
    for message in OutboxMessage.objects.filter(topic=paper.POST):
        outbox.run(message.id)
        paper.post(message.payload)
    assert decision_of(life).letter.dispatches.count() == 1


def test_another_day_than_the_letters_bear_asks_to_be_said_and_then_counts(signed):
    (life,) = signed()
    batch = pile(clock.today())
    with time_machine.travel(clock.now() + timedelta(days=2)):
        with pytest.raises(PaperRefused, match="Zet dan het vinkje"):
            posted(batch, clock.today())
        posted(batch, clock.today(), other_day=True)
        letter = decision_of(life).letter
        assert letter.dispatches.get().sent_on == clock.today() == letter.day + timedelta(days=2), "the letter stays as it was printed"
        assert life.case.deadlines.get(rule="OBJECTION_6W", ended_by=None).starts_on == clock.today()
        assert not list(check(letter)) and not list(audit.verify())


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_that_cannot_be_is_refused(signed, days):
    signed()
    batch = pile()
    with pytest.raises(PaperRefused, match="De dag kan niet"):
        paper.confirm(batch_id=batch.pk, posted_on=clock.today() + timedelta(days=days), other_day=True, user=postman())


def test_a_decision_that_came_back_goes_not_along_and_the_others_do(signed):
    from decisions.services import deciding

    one, other = signed(2)
    batch = pile()
    deciding.give_back(decision_id=decision_of(one).id, reason="fout bedrag", actor=one.signer)
    page = client_of().get(f"/behandelen/post/stapels/{batch.pk}/").content.decode()
    assert "Haal deze brieven uit de stapel" in page and one.case.case_number in page
    posted(batch)
    assert other.case.status == "vastgesteld" and one.case.status == "assessed"
    assert not decision_of(one).letter.dispatches.exists()


def test_a_guard_that_fails_at_the_post_is_told_for_that_letter_alone(signed):
    one, other = signed(2)
    batch = pile()
    type(one.case).objects.filter(pk=one.id).update(requested_amount=1)
    posted(batch)
    line = batch.lines.get(letter=decision_of(one).letter_id)
    assert line.dispatch is None and line.settled_at and "ging niet in" in line.problem and "gevraagd" in line.problem
    assert (one.case.status, decision_of(one).state, other.case.status) == ("assessed", "returned", "vastgesteld")
    page = client_of().get(f"/behandelen/post/stapels/{batch.pk}/").content.decode()
    assert "Dit ging niet goed" in page and "4 van 4 brieven verwerkt" in page


def test_a_decision_that_came_back_when_the_pile_was_in_the_post_is_told(signed):
    from decisions.services import deciding

    one, other = signed(2)
    batch = pile()
    paper.confirm(batch_id=batch.pk, posted_on=batch.day, other_day=False, user=postman())
    deciding.give_back(decision_id=decision_of(one).id, reason="fout bedrag", actor=one.signer)
    outbox.run_open()
    assert not decision_of(one).letter.dispatches.exists() and other.case.status == "vastgesteld"
    page = client_of().get(f"/behandelen/post/stapels/{batch.pk}/").content.decode()
    assert "Dit ging niet goed" in page and "Bel de ontvanger" in page


def test_the_sheet_bears_the_address_of_the_letter_behind_it(signed):
    (life,) = signed()
    user = postman()
    batch = paper.make(letters=list(paper.to_print(user)), again=[], day=clock.today(), duplex=False, user=user)
    Applicant.objects.filter(pk=life.applicant.pk).update(street="Nieuweweg 99 (verzonnen)")
    outbox.run_open()  # the decision is made again for today, with the address of now
    batch.refresh_from_db()
    letter = Letter.objects.get(pk=decision_of(life).letter_id)
    rows = {row[2]: row for row in csv.reader(io.StringIO(batch.manifest), delimiter=";")}
    assert "Nieuweweg 99 (verzonnen)" in letter.as_content().addressee
    assert "Nieuweweg 99 (verzonnen)" in rows[letter.kind][5]
    assert "Nieuweweg 99 (verzonnen)" in client_of().get(f"/behandelen/post/stapels/{batch.pk}/").content.decode()


def test_a_withdrawn_pile_gives_its_letters_back(signed):
    (life,) = signed()
    batch = pile(clock.today() + timedelta(days=1))
    with pytest.raises(PaperRefused, match="waarom"):
        paper.withdraw(batch_id=batch.pk, reason=" ", user=postman())
    paper.withdraw(batch_id=batch.pk, reason="verkeerde dag", user=postman())
    again = pile()
    assert again.lines.count() == batch.lines.count() == 2 and decision_of(life).letter.day == clock.today()
    with pytest.raises(PaperRefused, match="kan niet meer worden ingetrokken"):
        paper.withdraw(batch_id=posted(again).pk, reason="x", user=postman())


def test_a_letter_lies_in_one_pile_and_only_while_it_waits(signed):
    signed()
    letters = list(paper.to_print(postman()))
    pile()
    assert not paper.to_print(postman()).exists()
    with pytest.raises(PaperRefused, match="ligt al in stapel"):
        paper.make(letters=letters, again=[], day=clock.today(), duplex=True, user=postman())
    for given, day, words in (([], 0, "geen brief gekozen"), (letters, -1, "dag van de post"), (letters, 8, "dag van de post")):
        with pytest.raises(PaperRefused, match=words):
            paper.make(letters=given, again=[], day=clock.today() + timedelta(days=day), duplex=True, user=postman())


def test_the_file_and_the_place_in_it_never_change(signed):
    signed()
    batch = pile()
    rows, line = PaperBatch.objects.filter(pk=batch.pk), PaperLine.objects.filter(batch=batch)
    for change in ({"day": clock.today() + timedelta(days=1)}, {"manifest": "x"}, {"file_sha256": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    for change in ({"number": 99}, {"addressee": ["Een ander"]}, {"pages": 99}):
        with pytest.raises(IntegrityError), transaction.atomic():
            line.filter(number=1).update(**change)
    with open(batch.file.path, "ab") as file:
        file.write(b"x")
    with pytest.raises(PaperRefused, match="Print het niet"):
        paper.file_of(batch)


def test_a_letter_that_changes_while_the_file_is_made_is_not_printed_old(signed):
    (life,) = signed()
    user = postman()
    batch = paper.make(letters=list(paper.to_print(user)), again=[], day=clock.today(), duplex=True, user=user)
    while Letter.objects.filter(state="ordered").exists() or not OutboxMessage.objects.filter(topic=paper.MAKE).exists():
        for message in outbox.open_messages().exclude(topic=paper.MAKE):
            outbox.run(message.id)
    finish = paper.make_file({"batch": str(batch.pk)})
    Letter.objects.filter(id=decision_of(life).letter_id).update(file_digest="0" * 64)
    later = finish()
    batch.refresh_from_db()
    assert later is not None and "opnieuw" in later.reason and batch.state == "making" and not batch.file


# -- the day that a plain letter bears ---------------------------------------------------------------------------------
def receipt_of(life):
    return Letter.objects.get(chain=life.case.chain, kind="L01")


def lines_of(letter):
    found = letter.as_content()
    return found.reference_value(DATE), found.reference_value(SENT)


def test_a_plain_letter_says_the_day_of_the_post_as_the_day_of_sending_and_keeps_its_own_date(signed):
    (life,) = signed()
    ordered = receipt_of(life)
    written = long_date(ordered.day)
    assert ordered.day < clock.today() and lines_of(ordered) == (written, written)
    batch = pile()
    letter = receipt_of(life)
    assert lines_of(letter) == (written, long_date(clock.today())) and long_date(clock.today()) in letter.text
    assert letter.as_content().body == ordered.as_content().body and letter.day == ordered.day
    posted(batch)
    letter.refresh_from_db()
    assert letter.dispatches.get().sent_on == clock.today() and not list(check(letter)) and not list(audit.verify())
    assert letter.made_with.filter(letter_digest=letter.digest).exists(), "its values are kept with what was sent"


def test_a_plain_letter_whose_text_was_changed_under_its_stamp_is_found(signed):
    (life,) = signed()
    posted(pile())
    letter = receipt_of(life)
    letter.posting_day = None  # as if nobody had stamped it: then no event names this content
    assert any("geen gebeurtenis" in problem for problem in check(letter))


def test_a_letter_that_gets_back_a_day_that_it_bore_before_is_made_again(signed):
    (life,) = signed()
    for days in (0, 1):
        paper.withdraw(batch_id=pile(clock.today() + timedelta(days=days)).pk, reason="andere dag", user=postman())
    assert pile(clock.today()).state == "ready"
    assert lines_of(receipt_of(life))[1] == long_date(clock.today()) and decision_of(life).letter.day == clock.today()


def test_who_chose_paper_after_the_letter_was_asked_for_gets_it_on_paper(live):
    life = live("received", scheme="LB-INW", days_ago=2)
    letter = receipt_of(life)
    assert letter.portal_allowed and letter.state == "ordered"
    Applicant.objects.update(channel_consent=False)
    outbox.run_open()
    letter.refresh_from_db()
    assert (letter.state, letter.portal_allowed, letter.dispatches.count()) == ("rendered", False, 0)
    posted(pile())
    assert letter.dispatches.get().channel == "post"


# -- a letter that spoils nothing but itself -----------------------------------------------------------------------------
def lost(letter):
    letter.file.storage.delete(letter.file.name)


def changed(letter):
    with letter.file.storage.open(letter.file.name, "wb") as file:
        file.write(b"%PDF-1.7 geen brief")


@pytest.mark.parametrize(("harm", "words"), [(lost, "er niet meer"), (changed, "is veranderd")])
def test_a_letter_that_cannot_be_read_is_left_out_and_named_and_the_others_go(signed, harm, words):
    one, other = signed(2)
    user, letter = postman(), receipt_of(one)
    paper.withdraw(batch_id=pile().pk, reason="proef", user=user)  # all letters bear the day of today now
    harm(receipt_of(one))
    batch = pile()
    line = batch.lines.get(letter=letter)
    assert batch.state == "ready" and not line.live and words in line.problem and batch.lines.filter(live=True).count() == 3
    numbers = [int(row[0]) for row in list(csv.reader(io.StringIO(batch.manifest), delimiter=";"))[1:]]
    assert numbers == [n for n in range(1, 5) if n != line.number]
    page = client_of().get(f"/behandelen/post/stapels/{batch.pk}/").content.decode()
    assert "Deze brieven zitten niet in de stapel" in page and "Haal deze brieven uit de stapel" not in page and words in page
    leidingen = client_of("beheer").get("/beheer/leidingen/").content.decode()
    assert one.case.case_number in leidingen and words in leidingen
    posted(batch)
    assert other.case.status == one.case.status == "vastgesteld" and receipt_of(one).state == "rendered"
    assert list(paper.to_print(user)) == [letter], "it waits for a repair, and for another pile"
    assert paper.left_out().count() == 1
    Letter.objects.filter(pk=letter.pk).update(state="cancelled")
    assert not paper.left_out().exists(), "what does not go any more asks for nothing"


def test_an_address_that_cannot_be_printed_leaves_the_others_alone(make_letter):
    given = entries(make_letter, ["Een", "Twee \U0001F9FF\uE123", "Drie"])
    made = make_pile("POST-1", clock.today(), given, duplex=True, sender="P")
    assert [one.entry.number for one in made.placed] == [1, 3] and "in het adres" in made.left_out[2]


def test_a_pile_of_which_nothing_can_be_read_is_no_pile(signed):
    signed()
    user = postman()
    paper.withdraw(batch_id=pile().pk, reason="proef", user=user)
    for letter in Letter.objects.filter(state="rendered"):
        lost(letter)
    batch = pile()
    assert batch.state == "withdrawn" and "Geen enkele brief" in batch.reason and paper.left_out().count() == 2


def test_a_letter_that_cannot_be_made_keeps_the_pile_waiting_no_longer_than_it_is_tried(signed, monkeypatch):
    one, other = signed(2)
    user, broken = postman(), receipt_of(one)
    real = services.render_pdf

    def render(letter):
        if letter == Letter.objects.get(pk=broken.pk).as_content():
            raise DoesNotFit("de brief")
        return real(letter)

    batch = paper.make(letters=list(paper.to_print(user)), again=[], day=clock.today(), duplex=True, user=user)
    monkeypatch.setattr(services, "render_pdf", render)
    for _ in range(outbox.MOST_ATTEMPTS + 1):
        OutboxMessage.objects.filter(done_at__isnull=True, dead_at__isnull=True).update(not_before=None)
        outbox.run_open()
    batch.refresh_from_db()
    line = batch.lines.get(letter=broken)
    assert batch.state == "ready" and not line.live and "past niet op de bladzijde" in line.problem and line in paper.left_out()
    posted(batch)
    assert other.case.status == one.case.status == "vastgesteld"


def test_a_pile_is_put_together_in_parts(make_letter, monkeypatch):
    given = entries(make_letter, list("abcde"))
    whole = make_pile("POST-1", clock.today(), given, duplex=True, sender="P")
    monkeypatch.setattr(sheets, "PART", 2)
    parts = make_pile("POST-1", clock.today(), given, duplex=True, sender="P")
    assert whole.manifest == parts.manifest and whole.total_pages == parts.total_pages
    one, other = pikepdf.open(whole.file), pikepdf.open(parts.file)
    assert len(one.pages) == len(other.pages) == whole.total_pages
    for number in (1, 2, 3, 4, 5):
        start = whole.placed[number - 1].start + 1  # behind the sheet and its blank side
        assert one.pages[start].Contents.read_bytes() == other.pages[start].Contents.read_bytes()
    with other.open_outline() as outline:
        assert [item.title for item in outline.root] == [f"{n} Z-{n} L08" for n in range(1, 6)]


def test_a_pile_is_not_in_the_post_before_the_day_that_it_bears(signed):
    (life,) = signed()
    tomorrow = clock.today() + timedelta(days=1)
    batch = pile(tomorrow)
    for other_day in (False, True):
        with pytest.raises(PaperRefused, match=f"Op de brieven staat {long_date(tomorrow)}. Een brief kan niet op de post"):
            paper.confirm(batch_id=batch.pk, posted_on=clock.today(), other_day=other_day, user=postman())
    with time_machine.travel(clock.now() + timedelta(days=1)):
        posted(batch)
    assert life.case.status == "vastgesteld"


# -- a second time -----------------------------------------------------------------------------------------------------
def test_a_message_from_the_inbox_goes_again_on_paper_and_the_day_of_the_post_counts(live):
    life = live("rejected", days_ago=60)
    outbox.run_open()
    letter = Letter.objects.get(chain=life.case.chain, kind="L10")
    before = letter.content
    with time_machine.travel(clock.now(), tick=True) as traveller:
        correcting.ask_on_paper(application_id=life.id, letter_id=letter.id, reason="kan niet inloggen", actor=person("intake", Role.INTAKE_OFFICER))
        assert letter.dispatches.count() == 1, "asked is not sent"
        traveller.shift(timedelta(days=3))
        posted(pile())
        assert [d.channel for d in letter.dispatches.order_by("id")] == ["portal", "post"]
        assert letter.dispatches.latest("id").sent_on == clock.today()
        assert life.case.deadlines.get(rule="OBJECTION_6W", ended_by=None).starts_on == clock.today()
        letter.refresh_from_db()
        assert letter.content == before and SecondSending.objects.get().dispatch == letter.dispatches.latest("id")
        assert not list(check(letter)) and not list(audit.verify())


def test_a_second_sending_is_asked_once_by_the_right_person_with_a_reason_and_may_be_dropped(live):
    from grants.applications.lifecycle.door import NotPermitted, Refused
    from grants.applications.services.correcting import ResendRefused

    life = live("rejected", days_ago=60)
    letter = Letter.objects.get(chain=life.case.chain, kind="L10")
    intake = person("intake", Role.INTAKE_OFFICER)

    def ask(actor=intake, reason="kwam niet aan"):
        return correcting.ask_on_paper(application_id=life.id, letter_id=letter.id, reason=reason, actor=actor)

    with pytest.raises(NotPermitted):
        ask(life.asker)
    with pytest.raises(Refused):
        ask(reason=" ")
    one = ask()
    with pytest.raises(ResendRefused, match="ligt al klaar"):
        ask()
    page = client_of().post(f"/behandelen/post/opnieuw/{one.pk}/vervalt/", {"reason": ""}).content.decode()
    assert "Schrijf op waarom" in page
    client_of().post(f"/behandelen/post/opnieuw/{one.pk}/vervalt/", {"reason": "is er al"})
    assert not SecondSending.objects.waiting().exists() and not paper.to_print_again(postman()).exists()
    ask()
    pile()
    with pytest.raises(PaperRefused, match="Trek eerst die stapel in"):
        paper.drop(second_id=SecondSending.objects.waiting().get().pk, reason="x", user=postman())


# -- the pages ---------------------------------------------------------------------------------------------------------
def test_the_pages_make_print_and_post_a_pile(signed):
    (life,) = signed()
    client = client_of()
    page = client.get("/behandelen/post/").content.decode()
    assert "Er wachten 2 brieven" in page and page.count('type="checkbox"') == 2 and page.count("<h1>") == 1
    nothing = client.post("/behandelen/post/", {"day": clock.today().isoformat(), "sides": "2"}).content.decode()
    assert "geen brief gekozen" in nothing
    letter = decision_of(life).letter
    answer = client.post("/behandelen/post/", {"day": clock.today().isoformat(), "sides": "1", "brief": [f"b-{letter.pk}", "b-onzin"]})
    batch = PaperBatch.objects.get()
    assert answer["Location"] == f"/behandelen/post/stapels/{batch.pk}/" and batch.lines.count() == 1 and not batch.duplex
    assert "0 van 1 brieven zijn gemaakt" in client.get(answer["Location"]).content.decode()
    assert "er nog niet" in client.get(f"{answer['Location']}pdf/", follow=True).content.decode()
    outbox.run_open()
    first, second = (client.get(f"{answer['Location']}pdf/").content for _ in "ab")
    assert first == second and first.startswith(b"%PDF")
    assert client.get(f"{answer['Location']}lijst/").content.decode("utf-8-sig").startswith("Nummer;Zaaknummer")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get(f"{answer['Location']}zip/").streaming_content)))
    letter.refresh_from_db()
    with letter.file.open("rb") as file:
        assert archive.read(f"0001-{life.case.case_number}-{letter.kind}.pdf") == file.read()
    assert AccessLog.objects.filter(user__username="intake", chain=life.case.chain, what="letters on paper").count() == 3
    wrong = client.post(f"{answer['Location']}gepost/", {"posted_on": "2020-01-01"}).content.decode()
    assert "De dag kan niet" in wrong and "2020-01-01" in wrong
    done = client.post(f"{answer['Location']}gepost/", {"posted_on": clock.today().isoformat()}, follow=True).content.decode()
    assert "0 van 1 brieven verwerkt" in done
    outbox.run_open()
    assert "1 van 1 brieven verwerkt" in client.get(answer["Location"]).content.decode()
    assert life.case.status == "vastgesteld"


def test_a_pile_with_a_letter_of_another_scheme_is_not_seen(signed):
    signed()
    batch = pile()
    user = User.objects.get(username="intake")
    user.role_assignments.update(scheme_code="LB-SVC")
    assert client_of().get(f"/behandelen/post/stapels/{batch.pk}/").status_code == 404
    user.role_assignments.update(scheme_code="LB-INW")
    assert client_of().get(f"/behandelen/post/stapels/{batch.pk}/").status_code == 200


def test_a_zip_names_what_it_misses(signed):
    (life,) = signed()
    batch = pile()
    letter = decision_of(life).letter
    letter.file.storage.delete(letter.file.name)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client_of().get(f"/behandelen/post/stapels/{batch.pk}/zip/").streaming_content)))
    assert life.case.case_number in archive.read("ontbreekt.txt").decode() and len(archive.namelist()) == 2


def test_a_zip_is_given_file_by_file():
    parts = zipped((f"{n}.pdf", clock.today(), bytes(1000)) for n in range(3))
    assert len(next(parts)) >= 1000 and len(next(parts)) >= 1000
