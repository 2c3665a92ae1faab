"""The policy officer's work: hints, publishing, taking back, and every version kept."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from applicants.models import InitiativeMember, Representation
from decisions.models import LiabilityAgreement, LiablePerson
from grants.applications.collaborating import Collaborator
from grants.applications.models import Application
from grants.control.learning import recognising
from grants.control.learning.errors import NotNow, Recognisable
from grants.control.learning.models import Lesson, LessonProposal
from grants.control.learning.services import proposing, reviewing
from grants.kernel import clock
from grants.kernel.models import AccessLog, RoleAssignment, User
from tests.control.stories import lesson, officer, reported, user, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_world")]
FORM = {"kind": "good_practice", "title": "Samen eten", "text": "Wij koken samen.", "themes": ["wonen"], "goals": ["S3"], "area": "", "municipality": "", "bottleneck_state": ""}


@pytest.fixture(scope="module")
def story(module_world):
    return reported()


@pytest.fixture
def told(story):
    """The life of a case whose account was shared, and its proposal."""
    return story[0], LessonProposal.objects.get(pk=story[1].pk)


@pytest.fixture
def desk():
    client = Client()
    client.force_login(officer())
    return client


def save(lesson_id=None, **values):
    return reviewing.save_lesson(written=written(**values), by=officer(), lesson_id=lesson_id, publish=True)


def test_every_save_leaves_a_version_with_who_and_when():
    made = lesson(publish=False)
    save(made.pk, title="Beter")
    reviewing.take_back(lesson_id=made.pk, by=officer(), reason="Klopt niet meer.")
    kept = list(made.revisions.values_list("number", "act", "by__username", "reason"))
    assert kept == [(1, "saved", "beleid", ""), (2, "published", "beleid", ""), (3, "taken_back", "beleid", "Klopt niet meer.")]
    assert [revision.content["title"] for revision in made.revisions.all()] == ["Samen eten", "Beter", "Beter"]


def test_what_points_to_a_person_is_refused_until_somebody_checked_it():
    with pytest.raises(Recognisable) as refused:
        save(text="Mail naar bo@example.org")
    assert refused.value.words == ["bo@example.org (e-mailadres)"]
    assert not Lesson.objects.exists()
    made = reviewing.save_lesson(written=written(text="Mail naar bo@example.org"), by=officer(), publish=True, checked=True)
    assert made.state == "published"


def test_the_names_behind_the_case_are_looked_for(told):
    life, proposal = told
    with pytest.raises(Recognisable) as refused:
        reviewing.save_lesson(written=written(text="Bij ons regelde penning dit."), by=officer(), proposal_id=proposal.pk, publish=True)
    assert refused.value.words == ["penning (naam)"]
    assert save(text="Bij ons regelde penning dit.")


@pytest.mark.parametrize("name", ["Quirine", "Wouter", "Xandra"])
def test_so_are_those_of_who_take_part(told, name):
    """A member of the initiative, who answers for its money, and who filled in the application with them."""
    life, proposal = told
    user = life.asker.user
    InitiativeMember.objects.create(applicant=life.case.applicant, name="Quirine Kwast", address="x", added_by=user, added_at=clock.now(), left_at=clock.now())
    agreement = LiabilityAgreement.objects.create(application=life.case, kind="equal", accepted_by=user, accepted_at=clock.now())
    LiablePerson.objects.create(agreement=agreement, position=1, name="Wouter Winkelhaak", address="x")
    helper = User.objects.create_user("xandra", first_name="Xandra", last_name="Xylofoon")
    Collaborator.objects.create(application=life.case, user=helper, invited_by=user, since=clock.now(), ended_at=clock.now())
    with pytest.raises(Recognisable) as refused:
        reviewing.save_lesson(written=written(text=f"Bij ons regelde {name} dit."), by=officer(), proposal_id=proposal.pk, publish=True)
    assert refused.value.words == [f"{name} (naam)"]


def test_a_concept_may_still_hold_a_name(told):
    _life, proposal = told
    made = reviewing.save_lesson(written=written(text="Pip Penning deed dit"), by=officer(), proposal_id=proposal.pk)
    assert made.state == "draft" and LessonProposal.objects.get(pk=proposal.pk).state == "waiting"


def test_publishing_deals_with_the_proposal_and_one_story_gives_more_lessons(told):
    _life, proposal = told
    for kind in ("good_practice", "bottleneck"):
        reviewing.save_lesson(written=written(kind=kind), by=officer(), proposal_id=proposal.pk, publish=True)
    proposal.refresh_from_db()
    assert proposal.state == "done" and proposal.decided_by == officer() and proposal.lessons.public().count() == 2
    assert [step.act for step in proposal.steps.all()] == ["received", "done"]


def test_two_people_do_not_overwrite_each_other():
    made = lesson()
    save(made.pk, title="Eerste")
    with pytest.raises(NotNow):
        reviewing.save_lesson(written=written(title="Tweede"), by=officer(), lesson_id=made.pk, seen=1)


def test_the_area_decides_the_municipality():
    assert lesson(area="donderberg", municipality="GM0928").municipality_id == "GM0957"


@pytest.mark.parametrize("values", [{"themes": ("dans",)}, {"goals": ("S9",)}, {"area": "nergens"}])
def test_an_unknown_label_is_refused(values):
    with pytest.raises(NotNow):
        lesson(**values)


def test_a_bottleneck_is_open_unless_told_and_nothing_else_has_such_a_state():
    assert lesson(kind="bottleneck").bottleneck_state == "open"
    assert lesson(kind="bottleneck", bottleneck_state="at_eu").bottleneck_state == "at_eu"
    assert lesson(kind="question", bottleneck_state="solved").bottleneck_state == ""


def test_a_text_loses_signs_that_no_feed_can_carry():
    assert lesson(text="een\x0btwee\r\ndrie\x1b").text == "eentwee\ndrie"


def test_rejecting_says_why_and_can_be_undone(told):
    _life, proposal = told
    reviewing.reject(proposal_id=proposal.pk, by=officer(), reason="Te kort.")
    with pytest.raises(NotNow):
        reviewing.reject(proposal_id=proposal.pk, by=officer(), reason="Nog eens.")
    assert reviewing.reopen(proposal_id=proposal.pk, by=officer()).state == "waiting"
    assert [(step.act, step.reason) for step in proposal.steps.all()] == [("received", ""), ("rejected", "Te kort."), ("reopened", "")]


def test_a_withdrawn_proposal_is_neither_rejected_nor_opened_again(told):
    life, proposal = told
    proposing.withdraw_consent(proposal_id=proposal.pk, by=life.asker.user)
    for act in (lambda: reviewing.reject(proposal_id=proposal.pk, by=officer(), reason="x"), lambda: reviewing.reopen(proposal_id=proposal.pk, by=officer())):
        with pytest.raises(NotNow):
            act()


def test_only_what_is_on_the_site_is_taken_back():
    with pytest.raises(NotNow):
        reviewing.take_back(lesson_id=lesson(publish=False).pk, by=officer(), reason="x")


def test_old_versions_are_emptied_and_the_last_one_stays():
    made = lesson(text="Pip Penning deed dit.")
    save(made.pk, text="Iemand deed dit.")
    assert reviewing.empty_versions(lesson_id=made.pk, by=officer(), reason="Er stond een naam in.") == 2
    kept = list(made.revisions.values_list("act", "content__text"))
    assert kept == [("published", None), ("published", None), ("emptied", "Iemand deed dit.")]


@pytest.mark.parametrize(("grants", "is_few"), [(0, True), (4, True), (5, False)])
def test_few_grants_in_a_place_are_told(live, grants, is_few):
    for _ in range(grants):
        live("received")
    cases = Application.objects.filter(status="received")
    cases.update(granted_amount=Decimal(1), area="donderberg")
    Application.objects.exclude(pk__in=cases.values("pk")).update(area=None)
    goal = cases.first().goal_links.get(is_main=True).goal_id if grants else "S3"
    assert bool(recognising.few_grants(area="donderberg", municipality="", goals=[goal])) is is_few
    assert bool(recognising.few_grants(area="donderberg", municipality="", goals=[])) is is_few
    assert recognising.few_grants(area="", municipality="", goals=[goal]) == []


def test_a_story_of_ones_own_applicant_is_not_ones_to_review(told, desk):
    life, proposal = told
    assert desk.get(proposal.get_absolute_url()).status_code == 200
    Representation.objects.create(applicant=life.applicant, user=officer(), valid_from="2024-01-01")
    assert desk.get(proposal.get_absolute_url()).status_code == 404
    assert not LessonProposal.objects.visible_to(officer()).filter(pk=proposal.pk).exists()


def test_an_officer_of_another_scheme_sees_nothing_of_it(told, desk):
    _life, proposal = told
    RoleAssignment.objects.filter(user=officer()).update(scheme_code="LB-INW")
    assert desk.get(proposal.get_absolute_url()).status_code == 404


def test_the_page_shows_the_story_and_never_the_case(desk):
    life, proposal = reported(wat_werkte="Pip hielp ons, mail naar ons@example.org.")
    page = desk.get(proposal.get_absolute_url()).content.decode()
    case = life.case
    assert "hielp ons" in page and "e-mailadres" in page and "minder dan 5" in page
    for secret in (case.applicant.name, case.case_number, case.title, str(case.pk), "Penning"):
        assert secret not in page, secret
    assert AccessLog.objects.filter(user=officer(), what="lesson", chain=case.chain).count() == 1


def test_a_policy_officer_still_does_not_read_the_case(told, desk):
    life, _proposal = told
    assert desk.get(f"/behandelen/{life.id}/").status_code in (403, 404)
    assert desk.get(f"/aanvragen/{life.id}/").status_code == 404


def test_publishing_by_the_form_with_a_hint_first_asks(told, desk):
    _life, proposal = told
    typed = {**FORM, "text": "Bel 045 123 45 67 als u wilt.", "publish": "1", "seen": "0"}
    page = desk.post(proposal.get_absolute_url(), typed)
    assert page.status_code == 400 and "045 123 45 67" in page.content.decode() and not Lesson.objects.filter(proposal=proposal).exists()
    done = desk.post(proposal.get_absolute_url(), {**typed, "checked": "on"})
    assert done.status_code == 302 and Lesson.objects.get(proposal=proposal).state == "published"


def test_nothing_typed_is_lost_on_an_error(desk):
    page = desk.post("/beheer/lerend-netwerk/lessen/nieuw/", {**FORM, "title": "", "text": "Een lang verhaal.", "themes": []})
    assert page.status_code == 400 and "Een lang verhaal." in page.content.decode() and "Kies minstens een thema" in page.content.decode()


def test_rejecting_by_the_form_needs_a_reason(told, desk):
    _life, proposal = told
    desk.post(f"{proposal.get_absolute_url()}afwijzen/", {"why-reason": " "})
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    desk.post(f"{proposal.get_absolute_url()}afwijzen/", {"why-reason": "Te kort."})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("rejected", "Te kort.")


def test_the_lists_open_with_a_strange_cursor(desk):
    lesson()
    for address in ("/beheer/lerend-netwerk/?na=xx", "/beheer/lerend-netwerk/lessen/?na=WyJhIl0", "/lerend-netwerk/?na=%00"):
        assert desk.get(address).status_code == 200


@pytest.mark.parametrize("username", ["behandelaar", "controller", "bewoner", "regelingbeheer"])
def test_nobody_else_reviews(username):
    client = Client()
    client.force_login(user(username))
    assert client.get("/beheer/lerend-netwerk/").status_code == 403
