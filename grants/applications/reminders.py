"""Find who has to be reminded today, and note each reminder once. The e-mail itself goes by the outbox (`reminder_mail`).

About a draft we write to whoever is writing it. About a case that was sent in we write by e-mail only to who chose digital post
(Awb 2:8); the others have our letter. To whoever is written to in the place of an applicant (heirs, a curator) no reminder goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from applicants.models import Applicant, Correspondent
from grants.applications import reminder_days as days
from grants.applications.models import Application, Deadline, Origin
from grants.applications.reminder_models import Reminder, ReminderChoice
from grants.applications.statuses import Status
from grants.kernel import clock, outbox
from grants.schemes.reading import arrangement_for

TOPIC = "applications.reminder"
Occasion = Reminder.Occasion
COMPLETIONS = {"RECOVERY_TERM": Status.AWAITING_COMPLETION, "RECOVERY_TERM_REPORT": Status.REPORT_INCOMPLETE}
"""A term in which something must be completed, and the state in which the case waits for it."""


def run(day: date | None = None) -> int:
    """Note the reminders of `day` (default today) and ask for their e-mails. Returns how many; a second run finds nothing."""
    day = day or clock.today()
    with transaction.atomic():
        found = [*_drafts(day), *_completions(day), *_reports(day)]
        keys = {_key(one) for one in Reminder.objects.filter(application__in={one.application_id for one in found})}
        new = [one for one in found if _key(one) not in keys]
        Reminder.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)  # a run beside this one may be first: its rows hold
        made = list(Reminder.objects.filter(pk__in=[one.pk for one in new]).values_list("pk", flat=True))
        for pk in made:
            outbox.enqueue(TOPIC, key=str(pk), payload={"reminder": str(pk)})
    return len(made)


def _key(one: Reminder) -> tuple[object, ...]:
    return one.application_id, one.occasion, one.about, one.days_before


def reachable(day: date) -> QuerySet[Applicant]:
    """Who has an e-mail address, wants reminders, and is written to themselves."""
    instead = Correspondent.objects.on(day).filter(applicant=OuterRef("pk"))
    return ReminderChoice.objects.wanted().exclude(email="").filter(~Exists(instead))


def drafts(day: date) -> QuerySet[Application]:
    """Applications that somebody began on the website, under a scheme that is still open."""
    return Application.objects.filter(
        status=Status.DRAFT, origin=Origin.PORTAL, applicant__in=reachable(day), scheme__is_historical=False, scheme__opens_on__lte=day, scheme__closes_on__gte=day
    )


def _drafts(day: date) -> Iterator[Reminder]:
    rows = drafts(day).values_list("id", "created_at", "draft_saved_at", "scheme__closes_on")
    for pk, created_at, saved_at, closes_on in rows.iterator(chunk_size=2000):
        touched = clock.legal_day(saved_at or created_at)
        before = days.reached(closes_on, day, days.DRAFT_CLOSING)
        if before is not None and touched < day:
            yield Reminder(application_id=pk, occasion=Occasion.DRAFT_CLOSING, about=closes_on, days_before=before, found_on=day)
        elif before is None and day - touched >= timedelta(days=days.DRAFT_IDLE):
            yield Reminder(application_id=pk, occasion=Occasion.DRAFT_IDLE, about=clock.legal_day(created_at), found_on=day)


def waiting_terms(day: date) -> QuerySet[Deadline]:
    """Running terms of cases whose applicant reads what we send digitally."""
    known = reachable(day).filter(channel_consent=True)
    return Deadline.objects.filter(ended_by__isnull=True, application__applicant__in=known)


def _completions(day: date) -> Iterator[Reminder]:
    horizon = day + timedelta(days=max(days.COMPLETION))
    for rule, status in COMPLETIONS.items():
        rows = waiting_terms(day).filter(rule=rule, application__status=status, last_day__range=(day, horizon))
        for pk, starts_on, last_day in rows.values_list("application_id", "starts_on", "last_day").iterator(chunk_size=2000):
            before = days.reached(last_day, day, days.COMPLETION)
            if before is not None and (day - starts_on).days >= days.NOT_BEFORE:
                yield Reminder(application_id=pk, occasion=Occasion.COMPLETION, about=last_day, days_before=before, found_on=day)


def _reports(day: date) -> Iterator[Reminder]:
    span = (day - timedelta(days=days.REPORT_LATE), day + timedelta(days=max(days.REPORT)))
    terms = waiting_terms(day).filter(rule="REPORT_DUE", application__status=Status.VERLEEND, last_day__range=span)
    for term in terms.select_related("application__version").iterator(chunk_size=500):
        if not asks_a_report(term.application) or (day - term.starts_on).days < days.NOT_BEFORE:
            continue
        before = days.reached(term.last_day, day, days.REPORT)
        if before is not None:
            yield Reminder(application_id=term.application_id, occasion=Occasion.REPORT, about=term.last_day, days_before=before, found_on=day)
        elif days.is_just_late(term.last_day, day, days.REPORT_LATE):
            yield Reminder(application_id=term.application_id, occasion=Occasion.REPORT_LATE, about=term.last_day, found_on=day)


def asks_a_report(application: Application) -> bool:
    """Must the recipient send in an account? With some arrangements we settle of our own accord."""
    if application.version is None or application.granted_amount is None:
        return False
    arrangement = arrangement_for(application.version.definition, application.granted_amount)
    return bool(arrangement and arrangement.report_required)


def still_needed(reminder: Reminder, day: date) -> bool:
    """Does what we remind of still wait? Between noting and sending somebody may have done it, or said to want no reminders."""
    mine = {"application": reminder.application_id}
    if reminder.occasion in (Occasion.DRAFT_IDLE, Occasion.DRAFT_CLOSING):
        return drafts(day).filter(pk=reminder.application_id).exists()
    if reminder.occasion == Occasion.COMPLETION:
        return any(
            waiting_terms(day).filter(**mine, rule=rule, application__status=status, last_day=reminder.about, last_day__gte=day).exists() for rule, status in COMPLETIONS.items()
        )
    terms = waiting_terms(day).filter(**mine, rule="REPORT_DUE", application__status=Status.VERLEEND, last_day=reminder.about)
    if reminder.occasion == Occasion.REPORT:
        terms = terms.filter(last_day__gte=day)
    return terms.exists()


def choose(applicant: Applicant, wants: bool, *, how: str, by: object = None) -> ReminderChoice | None:
    """Keep what somebody wants about reminders; None when that was so already."""
    with transaction.atomic():
        Applicant.objects.select_for_update(no_key=True).get(pk=applicant.pk)
        if ReminderChoice.objects.wanted().filter(pk=applicant.pk).exists() == wants:
            return None
        return ReminderChoice.objects.create(applicant=applicant, wants=wants, how=how, at=clock.now(), by=by)
