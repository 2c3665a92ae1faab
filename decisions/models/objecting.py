"""An objection (bezwaar) to a sent decision: what came in, how it is handled, and what was decided (Awb chapters 6 and 7)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from decisions import objection_guards as o
from decisions.models.deciding import Beschikking
from grants.applications.beside import SideRecord, SideRecordQuerySet
from grants.applications.lifecycle import guards as g
from grants.applications.lifecycle.acts import described as act
from grants.applications.models import Deadline
from grants.kernel.clock import legal_day
from grants.kernel.models import Event
from grants.kernel.money import money_field
from grants.kernel.roles import Role as R

BY_OBJECTOR = (R.APPLICANT, R.REPRESENTATIVE)
NEW = ""


class State(models.TextChoices):
    REGISTERED = "obj_registered", _("ingeschreven")
    REPAIR = "obj_repair", _("wacht op aanvulling")
    HEARING_PLANNED = "obj_hearing_planned", _("hoorzitting gepland")
    HEARD = "obj_heard", _("gehoord")
    ADVISED = "obj_advised", _("geadviseerd")
    WITHDRAWN = "obj_withdrawn", _("ingetrokken")
    DECIDED = "obj_decided", _("beslist")
    APPEAL_PENDING = "appeal_pending", _("beroep loopt")
    APPEAL_DECIDED = "appeal_decided", _("rechter heeft beslist")


OPEN = (State.REGISTERED, State.REPAIR, State.HEARING_PLANNED, State.HEARD, State.ADVISED)
"""Not decided and not withdrawn: the clock of Awb 7:10 runs, or stands still."""
AFTER_DECISION = (State.DECIDED, State.APPEAL_PENDING, State.APPEAL_DECIDED)


class ObjectionQuerySet(SideRecordQuerySet):
    def open(self) -> ObjectionQuerySet:
        return self.filter(state__in=OPEN)


class Objection(SideRecord):
    """One objection to one sent decision. `received_on` is the day that counts, `decide_by` the last day of Awb 7:10."""

    words = "het bezwaar"

    class Channel(models.TextChoices):
        PORTAL = "portal", _("website")
        PAPER = "paper", _("papier")

    class Outcome(models.TextChoices):
        INADMISSIBLE = "inadmissible", _("niet-ontvankelijk")
        UNFOUNDED = "unfounded", _("ongegrond")
        WELL_FOUNDED = "well_founded", _("gegrond")
        PARTLY = "partly", _("gedeeltelijk gegrond")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    state = FSMField(max_length=30, choices=State.choices, default=NEW, protected=True)
    contested = models.ForeignKey(Beschikking, on_delete=models.PROTECT, related_name="objections")
    channel = models.CharField(_("manier"), max_length=10, choices=Channel)
    posted_on = models.DateField(_("gepost op"), null=True, blank=True)
    received_on = models.DateField(_("ontvangen op"))
    grounds = models.TextField(_("waarom niet eens"), blank=True)
    late_reason = models.TextField(_("waarom later"), blank=True)
    has_committee = models.BooleanField(_("een commissie adviseert"), default=False)
    committee_told_on = models.DateField(null=True, blank=True)

    repair_items = models.JSONField(default=list, blank=True)
    repair_asked_on = models.DateField(null=True, blank=True)
    repair_last_day = models.DateField(null=True, blank=True)
    repair_text = models.TextField(_("aanvulling"), blank=True)

    hearing_at = models.DateTimeField(_("hoorzitting"), null=True, blank=True)
    hearing_place = models.CharField(_("plaats"), max_length=200, blank=True)
    hearing_officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    waived_ground = models.CharField(_("niet gehoord wegens"), max_length=10, blank=True)
    waived_because = models.TextField(blank=True)
    report = models.TextField(_("verslag van de hoorzitting"), blank=True)
    advice = models.TextField(_("advies"), blank=True)
    advised_on = models.DateField(null=True, blank=True)
    advice_followed = models.BooleanField(null=True)
    deviation_reason = models.TextField(_("waarom anders dan het advies"), blank=True)

    direct_appeal_asked = models.BooleanField(_("vroeg om rechtstreeks beroep"), default=False)
    direct_appeal_answer = models.TextField(_("waarom geen rechtstreeks beroep"), blank=True)
    costs_asked_on = models.DateField(_("kosten gevraagd op"), null=True, blank=True)
    costs_amount = money_field(null=True, blank=True)
    costs_reason = models.TextField(_("waarom wel of geen vergoeding"), blank=True)
    is_our_mistake = models.BooleanField(_("onrechtmatig, en dat ligt aan ons"), null=True)

    decide_by = models.DateField(_("beslissen uiterlijk"))
    adjourned_on = models.DateField(null=True, blank=True)
    adjourned_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    decision = models.OneToOneField(Beschikking, on_delete=models.PROTECT, null=True, blank=True, related_name="objection")
    outcome = models.CharField(_("uitkomst"), max_length=20, choices=Outcome, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    appeal_notice_on = models.DateField(null=True, blank=True)
    court_reference = models.CharField(_("kenmerk van de rechtbank"), max_length=60, blank=True)
    judged_on = models.DateField(null=True, blank=True)
    judgment = models.TextField(_("uitspraak"), blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezwaar")
        verbose_name_plural = _("bezwaren")
        ordering = ["received_on", "id"]
        indexes = [models.Index(fields=["state", "decide_by"], name="objection_work_list")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="objection_known_state"),
            models.UniqueConstraint(fields=["contested"], condition=Q(state__in=OPEN), name="one_open_objection_per_decision"),
            models.CheckConstraint(condition=Q(posted_on__isnull=True) | Q(posted_on__lte=F("received_on")), name="objection_posted_before_received"),
            models.CheckConstraint(condition=Q(committee_told_on__isnull=True) | Q(has_committee=True), name="objection_told_of_a_committee"),
            models.CheckConstraint(
                condition=~Q(state=State.REPAIR) | Q(repair_asked_on__isnull=False, repair_last_day__gt=F("repair_asked_on")),
                name="objection_repair_has_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HEARING_PLANNED) | Q(hearing_at__isnull=False, hearing_officer__isnull=False) & ~Q(hearing_place=""),
                name="objection_hearing_has_a_moment",
            ),
            models.CheckConstraint(condition=~Q(state=State.HEARD) | ~Q(report=""), name="objection_heard_has_a_report"),
            models.CheckConstraint(condition=Q(waived_ground__in=["", *o.WAIVERS]), name="objection_lawful_waiver"),
            models.CheckConstraint(
                condition=~Q(state=State.ADVISED) | Q(has_committee=True, advised_on__isnull=False) & ~Q(advice=""), name="objection_advised_by_a_committee"
            ),
            models.CheckConstraint(condition=~Q(advice_followed=False) | ~Q(deviation_reason=""), name="objection_deviation_has_a_reason"),
            models.CheckConstraint(
                condition=Q(adjourned_weeks__isnull=True, adjourned_on__isnull=True)
                | Q(adjourned_weeks__gte=1, adjourned_weeks__lte=o.ADJOURN_WEEKS, adjourned_on__isnull=False),
                name="objection_adjourned_six_weeks_at_most",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "inadmissible", "unfounded", "well_founded", "partly", "withdrawn"]), name="objection_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN, outcome="withdrawn", withdrawn_on__isnull=False) | ~Q(state=State.WITHDRAWN) & ~Q(outcome="withdrawn"),
                name="objection_withdrawn_is_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_DECISION) | Q(decision__isnull=False) & ~Q(outcome=""), name="objection_decided_by_a_decision"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_DECISION) | ~Q(report="") | ~Q(waived_ground=""), name="objection_heard_or_waived_before_deciding"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPEAL_PENDING, State.APPEAL_DECIDED]) | Q(appeal_notice_on__isnull=False) & ~Q(court_reference=""),
                name="objection_appeal_has_a_reference",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPEAL_DECIDED) | Q(judged_on__isnull=False) & ~Q(judgment=""), name="objection_judgment_is_told"
            ),
            models.CheckConstraint(
                condition=Q(costs_amount__isnull=True) | Q(costs_amount=0) | Q(costs_amount__gt=0, costs_asked_on__isnull=False, is_our_mistake__isnull=False, is_our_mistake=True),
                name="objection_costs_only_when_asked_and_our_mistake",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Bezwaar')} {self.application.case_number}, {self.received_on}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:objection", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def hearing_on(self) -> date | None:
        return legal_day(self.hearing_at) if self.hearing_at else None

    @property
    def heard_or_waived(self) -> bool:
        """Heard, with a report of it, or rightly not heard (Awb 7:2, 7:3)."""
        return bool(self.report.strip() or self.waived_ground)

    # -- B01 to B03: it comes in, and what is missing is repaired ----------------------------------------------------
    @transition(state, NEW, State.REGISTERED, **act("B01", "Bezwaar inschrijven", *BY_OBJECTOR, R.INTAKE_OFFICER,
        article="6:4, 2:16 Awb", letter="L23", guards=(o.can_be_contested, o.dates_are_possible)))
    def register_objection(self) -> None:
        """It comes in by any channel, and never too late to be taken in: lateness is judged in the decision."""

    @transition(state, OPEN, None, **act("B01b", "Melden dat een commissie adviseert", R.OBJECTION_HANDLER, article="7:13, tweede lid, Awb",
        letter="L23", guards=(o.has_no_committee_yet,)))
    def tell_committee(self) -> None: ...

    @transition(state, State.REGISTERED, State.REPAIR, **act("B02", "Aanvulling van het bezwaar vragen", R.OBJECTION_HANDLER,
        article="6:6 Awb", letter="L24", guards=(o.items_and_term,)))
    def ask_repair(self) -> None: ...

    @transition(state, State.REPAIR, State.REGISTERED, **act("B03", "Bezwaar aanvullen", *BY_OBJECTOR, R.INTAKE_OFFICER,
        R.OBJECTION_HANDLER, article="6:6, 7:10 Awb", guards=(o.text_given,)))
    def repair_received(self) -> None: ...

    @transition(state, State.REPAIR, State.REGISTERED, **act("B03b", "Hersteltermijn van het bezwaar voorbij", R.SYSTEM, R.OBJECTION_HANDLER,
        article="6:6, 7:10 Awb", guards=(o.repair_term_is_over,)))
    def repair_lapsed(self) -> None: ...

    # -- B04 to B06: hearing and advice ------------------------------------------------------------------------------
    @transition(state, (State.REGISTERED, State.HEARING_PLANNED), State.HEARING_PLANNED, **act("B04", "Hoorzitting plannen", R.OBJECTION_HANDLER,
        article="7:2-7:5 Awb", letter="L25", guards=(o.hearing_officer_was_not_involved, o.hearing_has_a_moment)))
    def plan_hearing(self) -> None:
        """Also a new moment for a hearing that was planned before."""

    @transition(state, (State.REGISTERED, State.HEARING_PLANNED), State.REGISTERED, **act("B04b", "Afzien van horen", R.OBJECTION_HANDLER,
        article="7:3 Awb", guards=(o.waiver_has_a_ground, g.reason_given)))
    def waive_hearing(self) -> None: ...

    @transition(state, State.HEARING_PLANNED, State.HEARD, **act("B05", "Verslag van de hoorzitting vastleggen", R.OBJECTION_HANDLER,
        article="7:7 Awb", guards=(o.held_by_its_officer, o.hearing_officer_was_not_involved, o.hearing_was_held)))
    def hold_hearing(self) -> None: ...

    @transition(state, (State.HEARD, State.REGISTERED), State.ADVISED, **act("B06", "Advies van de commissie vastleggen", R.OBJECTION_HANDLER,
        article="7:13 Awb", guards=(o.committee_advises,)))
    def give_advice(self) -> None: ...

    # -- B07 and B08: more time, or no more objection ----------------------------------------------------------------
    @transition(state, OPEN, None, **act("B07", "Beslissing op bezwaar verdagen", R.OBJECTION_HANDLER, article="7:10, derde lid, Awb",
        letter="L26", guards=(g.reason_given, o.term_still_runs, o.adjourned_once)))
    def adjourn_objection(self) -> None: ...

    @transition(state, OPEN, None, **act("B07b", "Verder uitstel afspreken", R.OBJECTION_HANDLER, article="7:10, vierde lid, Awb",
        letter="L26", guards=(g.reason_given, o.term_still_runs, o.consent_is_given)))
    def agree_on_delay(self) -> None: ...

    @transition(state, OPEN, None, **act("B12", "Vergoeding van kosten vragen", *BY_OBJECTOR, R.INTAKE_OFFICER, R.OBJECTION_HANDLER,
        article="7:15, derde lid, Awb", guards=(o.costs_not_asked_yet,)))
    def ask_costs(self) -> None:
        """Asked before the decision on the objection, or not at all."""

    @transition(state, OPEN, State.WITHDRAWN, **act("B08", "Bezwaar intrekken", *BY_OBJECTOR, R.INTAKE_OFFICER, R.OBJECTION_HANDLER,
        article="6:21 Awb", letter="L27", guards=(o.withdrawn_as_the_law_asks,)))
    def withdraw_objection(self) -> None: ...

    # -- B09 and B11: the decision, and the court --------------------------------------------------------------------
    @transition(state, (State.REGISTERED, State.HEARD, State.ADVISED), State.DECIDED, **act("B09", "Beslissen op bezwaar", R.OBJECTION_DECIDER,
        article="7:11-7:13 Awb", letter="L28", guards=(g.objection_decider_is_another, g.objection_is_ready)))
    def decide_on_objection(self) -> None:
        """The decision on the objection went out. It is an act of the case (B10: T44 to T48, T56, T58, T59) that moves the spine."""

    @transition(state, State.DECIDED, State.APPEAL_PENDING, **act("B11", "Beroep inschrijven", R.OBJECTION_HANDLER, article="7:1, 8:1 Awb",
        guards=(o.court_is_named,)))
    def register_appeal(self) -> None: ...

    @transition(state, State.APPEAL_PENDING, State.APPEAL_DECIDED, **act("B11b", "Uitspraak vastleggen", R.OBJECTION_HANDLER, article="8:66 Awb",
        guards=(o.judgment_is_told,)))
    def register_judgment(self) -> None: ...


class ObjectionPause(models.Model):
    """Days that do not count for Awb 7:10, both ends included: a repair (second paragraph), or agreed (fourth)."""

    class Kind(models.TextChoices):
        COMPLETION = "completion", _("wachten op aanvulling")
        AGREED = "agreed", _("afgesproken uitstel")

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=12, choices=Kind)
    first_day = models.DateField()
    last_day = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("opschorting van het bezwaar")
        verbose_name_plural = _("opschortingen van bezwaren")
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["completion", "agreed"]), name="objection_pause_known_kind"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="objection_pause_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.first_day} - {self.last_day}"
