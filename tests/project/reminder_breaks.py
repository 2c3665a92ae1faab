"""How each constraint on reminders is tried to be broken."""

from __future__ import annotations

from grants.applications.reminder_models import Reminder, ReminderChoice


def reminder_of(life, **values):
    given = {"occasion": "report", "about": "2026-01-31", "days_before": 7, "found_on": "2026-01-24"}
    return Reminder.objects.create(application=life.case, **{**given, **values})


REMINDER_BREAKS = {
    "reminder_once_per_occasion": lambda life: [reminder_of(life) for _ in "ab"],
    "reminder_known_occasion": lambda life: reminder_of(life, occasion="zomaar"),
    "reminder_ended_has_its_moment": lambda life: reminder_of(life, state="sent"),
    "reminder_choice_known_how": lambda life: ReminderChoice.objects.create(
        applicant=life.case.applicant, wants=False, how="page", at="2026-01-01T10:00:00Z"
    ),
}
