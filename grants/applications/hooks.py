"""What the applications floor tells the cellar: its triggers, its audit check, and who may see a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.signals import post_save

from grants.kernel import access, audit, clock, triggers
from grants.kernel.audit import Finding
from grants.kernel.models import Event, User
from grants.kernel.recording import when_recorded

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from applicants.models import Applicant
    from letters.models import Letter

_NAME = "verleend_status_is_last_event"

STATUS_IS_LAST_EVENT = triggers.Trigger(
    name=_NAME,
    table="grants_application",
    # SQLite has no deferred triggers: there `verify_audit` holds the rule.
    sqlite=f'CREATE TRIGGER "{_NAME}" AFTER UPDATE OF status ON "grants_application" WHEN 0 BEGIN SELECT 1; END',
    postgres=(
        f'CREATE FUNCTION "{_NAME}"() RETURNS trigger LANGUAGE plpgsql AS $body$ '
        "DECLARE last_target text; current_status text; BEGIN "
        'SELECT status INTO current_status FROM "grants_application" WHERE id = NEW.id; '
        'SELECT to_status INTO last_target FROM "kernel_event" WHERE chain_id = NEW.chain_id ORDER BY position DESC LIMIT 1; '
        "IF current_status IS NOT NULL AND last_target IS DISTINCT FROM current_status THEN "
        "RAISE EXCEPTION 'status of a case must equal the target of its last event' USING ERRCODE = 'check_violation'; "
        "END IF; RETURN NULL; END $body$;"
        f'CREATE CONSTRAINT TRIGGER "{_NAME}" AFTER INSERT OR UPDATE ON "grants_application" '
        f'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "{_NAME}"()'
    ),
)


def register() -> None:
    from applicants import choices, papers
    from applicants.acts.registering import in_use_when
    from applicants.models import Applicant
    from grants.applications import collaborating, reminder_mail  # noqa: F401  (their models and outbox handlers register themselves)
    from grants.applications.beside import states_are_last_events
    from grants.applications.files import hooks as files
    from grants.applications.finding import words_are_whole
    from grants.applications.former_parties import earlier_events
    from grants.applications.messages import mails  # noqa: F401  (the outbox handler registers itself)
    from grants.applications.services.correcting import posted_again
    from grants.applications.worklist import applicant_renamed, columns_are_what_rows_say, handlers_were_assigned, keep_up
    from letters import services
    from letters.post import notices, paper
    from letters.texts.schemes import paragraphs_from, schemes_from

    notices.address_from(address_of_applicant)
    services.inbox_allowed_by(applicant_still_reads_the_inbox)
    choices.municipalities_from(municipalities)
    choices.cases_from(cases_of)
    papers.inspected_by(paper_inspected)
    in_use_when(something_was_sent_in)
    paper.post_again_with(posted_again)
    when_recorded(keep_up)
    post_save.connect(applicant_renamed, sender=Applicant, dispatch_uid="applicant_renamed")
    triggers.register(
        triggers.refuse("grants_submission", "UPDATE", "a submission never changes"),
        triggers.refuse("grants_collaborator", "UPDATE", "who filled in together is kept", when="OLD.ended_at IS NOT NULL OR OLD.user_id <> NEW.user_id"),
        triggers.refuse("grants_collaborator", "DELETE", "who filled in together is kept"),
        STATUS_IS_LAST_EVENT,
        *triggers.append_only("grants_reminderchoice"),
        *triggers.append_only("grants_casemessage"),
        *triggers.append_only("grants_messagemark"),
    )
    files.register()
    schemes_from(schemes_with_letters)
    paragraphs_from(paragraphs_of_scheme)
    access.register(chains_visible_to)
    access.register_own(own_chains)
    access.register_acting(acting_chains)
    access.register_events(earlier_events)
    audit.register(status_is_last_event)
    audit.register(states_are_last_events)
    audit.register(columns_are_what_rows_say)
    audit.register(words_are_whole)
    audit.register(handlers_were_assigned)


def schemes_with_letters() -> dict[str, str]:
    """Schemes under which letters go out: a historical one only gives imported cases a home."""
    from grants.schemes.models import Scheme

    return dict(Scheme.objects.filter(is_historical=False).values_list("code", "title"))


def paragraphs_of_scheme(code: str, kind: str) -> dict[str, str]:
    """What the newest published version of a scheme puts in this kind of letter itself."""
    from grants.schemes.models import SchemeVersion

    newest = SchemeVersion.objects.filter(scheme=code).order_by("-number").first()
    return newest.definition.letter_texts(kind) if newest is not None else {}


def address_of_applicant(letter: Letter) -> str:
    """Where the notice goes that a message stands in the inbox: the address of who was the applicant when the letter was asked for."""
    from grants.applications.former_parties import FormerParty
    from grants.applications.models import Application

    email, name = Application.objects.filter(chain=letter.chain_id).values_list("applicant__email", "applicant__name").first() or ("", "")
    then = FormerParty.objects.filter(application__chain=letter.chain_id, event__sequence__gt=letter.event.sequence).order_by("event__sequence")
    former = then.values_list("applicant__email", flat=True).first()
    if former is not None and letter.as_content().addressee[0] != name:  # who takes a case over gets that decision too
        return former
    return email or ""


def applicant_still_reads_the_inbox(letter: Letter) -> bool:
    """Who chose paper, or died, after the letter was asked for gets it on paper (Awb 2:8). About a letter to another this floor does not judge."""
    from grants.applications.letterhead import to_portal
    from grants.applications.models import Application
    from grants.applications.services.correcting import is_for_another

    application = Application.objects.select_related("applicant").filter(chain=letter.chain_id).first()
    return application is None or is_for_another(letter) or to_portal(application)


def municipalities() -> list[tuple[str, str]]:
    """The municipalities of today."""
    from grants.schemes.models import Municipality

    day = clock.today()
    now = Municipality.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    return list(now.order_by("name").values_list("code", "name"))


def cases_of(applicant: Applicant) -> list[tuple[str, str]]:
    """The cases of an applicant that are not over, for a mandate for one of them."""
    from grants.applications.models import Application
    from grants.applications.statuses import Status

    cases = Application.objects.filter(applicant=applicant).exclude(status__in=[Status.CLOSED, Status.WITHDRAWN]).select_related("scheme")
    return [(str(case.chain_id), str(case)) for case in cases.order_by("-created_at")[:100]]


def paper_inspected(upload: UploadedFile[Any] | None) -> Any:
    """Papers about an applicant are looked into as the files of a case are."""
    from applicants.papers import PaperRefused
    from grants.applications.files import UploadRefused, inspect

    try:
        return inspect(upload)
    except UploadRefused as error:
        raise PaperRefused(str(error)) from error


def something_was_sent_in(applicant: Applicant) -> bool:
    from grants.applications.models import Application
    from grants.applications.statuses import Status

    return Application.objects.filter(applicant=applicant).exclude(status=Status.DRAFT).exists()


def chains_visible_to(user: User) -> QuerySet:
    from grants.applications.models import Application

    return Application.objects.visible_to(user).values("chain_id")


def own_chains(user: User) -> QuerySet:
    from grants.applications.models import Application

    return Application.objects.on_the_side_of(user).values("chain_id")


def acting_chains(user: User) -> QuerySet:
    from grants.applications.models import Application

    return Application.objects.acted_for_by(user).values("chain_id")


def status_is_last_event() -> Iterator[Finding]:
    """Every case stands where its last event put it."""
    from grants.applications.models import Application

    last = Event.objects.filter(chain=OuterRef("chain")).order_by("-position").values("to_status")[:1]
    cases = Application.objects.annotate(last_target=Subquery(last))
    wrong = cases.exclude(last_target=F("status")) | cases.filter(last_target__isnull=True)
    for case in wrong.select_related("scheme").iterator():
        yield Finding(str(case.case_number or case.id), f"staat op '{case.status}', maar de laatste gebeurtenis op '{case.last_target}'")
