"""Stories, lessons and meetings for tests."""

from __future__ import annotations

from datetime import timedelta

from grants.applications.services import accounting
from grants.control.learning.models import LessonProposal, Meeting
from grants.control.learning.services.reviewing import Written, save_lesson
from grants.kernel import clock, outbox
from grants.kernel.models import User
from tests.living import lived

STORY = {"wat_werkte": "Samen koken werkte.", "wat_werkte_niet": "Brieven werkten niet.", "tip_andere_buurt": "Bel aan.", "delen_toegestaan": "ja"}


def user(username):
    return User.objects.get(username=username)


def officer():
    return user("beleid")


def reported(**changed):
    """A granted case whose account came in; gives the life and its proposal, None when there is none."""
    life = lived("verleend")
    life.later(40)
    accounting.submit_report(application_id=life.id, answers={**STORY, **changed}, actor=life.asker, day=life.day)
    outbox.run_open()
    return life, LessonProposal.objects.filter(application=life.id).first()


def written(**changed):
    values = {"kind": "good_practice", "title": "Samen eten", "text": "Wij koken samen.", "themes": ("wonen",), "goals": ("S3",), **changed}
    return Written(**values)


def lesson(publish=True, **changed):
    return save_lesson(written=written(**changed), by=officer(), publish=publish, checked=True)


def meeting(**changed):
    start = clock.now() + timedelta(days=7)
    values = {
        "title": "Avond", "starts_at": start, "ends_at": start + timedelta(hours=2), "place": "Huis", "programme": "Praten", "audience": "Iedereen", "capacity": 2,
        "is_published": True, "entered_by": officer(), **changed,
    }
    return Meeting.objects.create(**values)
