"""Fill what the work list sorts by and is searched by, for the cases that were there before it."""

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from grants.applications.words import number_words, words

OURS = ("DECISION", "SETTLEMENT", "NOT_HANDLED_4W", "PENALTY_DECISION_2W", "OBJ_DECISION")


def fill(apps, schema_editor):
    Application = apps.get_model("grants", "Application")
    Deadline = apps.get_model("grants", "Deadline")
    CaseWord = apps.get_model("grants", "CaseWord")
    Event = apps.get_model("kernel", "Event")
    running = Deadline.objects.filter(application=OuterRef("pk"), ended_by__isnull=True, rule__in=OURS)
    last = Event.objects.filter(chain=OuterRef("chain")).order_by().values("chain").annotate(last=Max("recorded_at")).values("last")
    Application.objects.update(
        next_due_on=Subquery(running.order_by("last_day").values("last_day")[:1]), last_event_at=Coalesce(Subquery(last), "last_event_at")
    )
    rows = []
    for case in Application.objects.filter(case_number__isnull=False).select_related("applicant").order_by("id").iterator(chunk_size=1000):
        applicant = case.applicant
        found = words(case.title, *((applicant.name, applicant.kvk_number) if applicant else ())) | number_words(case.case_number)
        rows += [CaseWord(application_id=case.pk, word=word) for word in sorted(found)]
        if len(rows) > 5000:
            CaseWord.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    CaseWord.objects.bulk_create(rows, ignore_conflicts=True)


def empty(apps, schema_editor):
    """The columns and words go with the migration before this one."""


class Migration(migrations.Migration):
    dependencies = [("grants", "0006_work_list")]
    operations = [migrations.RunPython(fill, empty)]
