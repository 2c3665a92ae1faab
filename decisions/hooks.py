"""What the decisions floor tells the floors below: a rendered decision letter may be dispatched."""

from __future__ import annotations

from django.db.models.signals import post_save

from grants.applications.lifecycle.door import register_machine, stand_in_from
from grants.kernel import audit, checked, triggers


def register() -> None:
    from decisions import (  # noqa: F401  (the outbox handlers of tasks register themselves)
        advice,
        advice_tasks,
        aid_panels,
        asking_panels,
        bank_proof,
        change_mails,
        desk_panels,
        division_panels,
        life_panels,
        name_check,
        objection_panels,
        panels,
        people,
        related_panels,
        tasks,
        who_asks,
        work_panels,
    )
    from decisions.beschikking.recipients import address_of_copy, still_reads_the_inbox
    from decisions.draw_outcome import divisions_can_be_run_again
    from decisions.models import (
        AdviceRequest,
        ApplicantRequest,
        BibobFile,
        BibobNote,
        Claim,
        DeMinimisEntry,
        Objection,
        PartyEffect,
        PartyReport,
        PaymentOrder,
        PostReturn,
        SampleCheck,
        Transfer,
        distributing,
        scoring,
    )
    from decisions.services import claiming, objecting
    from decisions.tasks import ask_dispatch, dispatch_posted, redate_for_post
    from grants.applications import sharing
    from grants.applications.models import Submission
    from grants.applications.services.correcting import addressee_from, when_sent_again
    from grants.applications.services.freedays import recount_with
    from letters.post.paper import redate_with
    from letters.services import inbox_allowed_by, when_posted, when_rendered

    audit.register(divisions_can_be_run_again)
    for evidence in (BibobNote, PartyReport, Transfer):
        checked.register(evidence)
    distributing.register_triggers()
    scoring.register_triggers()
    work_panels.register()
    panels.register()
    asking_panels.register()
    register_machine(ApplicantRequest)
    aid_panels.register()
    related_panels.register()
    post_save.connect(related_panels.submission_stored, sender=Submission, dispatch_uid="decisions.related")
    bank_proof.register()
    stand_in_from(people.stands_in_for)
    register_machine(PaymentOrder)
    register_machine(Claim)
    register_machine(SampleCheck)
    register_machine(DeMinimisEntry)
    objection_panels.register()
    division_panels.register()
    register_machine(Objection)
    desk_panels.register()
    register_machine(AdviceRequest)
    sharing.register(advice.documents_shared_with)
    life_panels.register()
    who_asks.register()
    register_machine(PartyEffect)
    register_machine(Transfer)
    register_machine(BibobFile)
    register_machine(PostReturn)
    when_sent_again(objecting.letter_sent_again)
    when_sent_again(claiming.letter_sent_again)
    addressee_from(address_of_copy)
    inbox_allowed_by(still_reads_the_inbox)
    recount_with(objecting.CLOCK, objecting.recount_term)
    when_rendered(ask_dispatch)
    when_posted(dispatch_posted)
    redate_with(redate_for_post)
    triggers.register(
        triggers.refuse("decisions_beschikking", "UPDATE", "a sent decision never changes", when="OLD.state = 'sent'"),
        *triggers.append_only("decisions_interestdeclaration"),
        *triggers.append_only("decisions_memberaddress"),
        triggers.refuse("decisions_beschikking", "DELETE", "a decision is kept", when="OLD.state <> 'draft'"),
        triggers.refuse("decisions_sampledraw", "UPDATE", "a draw that was made never changes", when="OLD.seed <> ''"),
        triggers.refuse("decisions_sampledraw", "DELETE", "a draw is kept", when="OLD.seed <> ''"),
        triggers.refuse("decisions_sampleentry", "UPDATE", "a drawn list never changes", when="OLD.key <> ''"),
        *triggers.append_only("decisions_aidtest"),
        *triggers.append_only("decisions_undertakinglink"),
        triggers.refuse(
            "decisions_deminimisentry", "UPDATE", "de-minimis aid is corrected by an entry of its own",
            when="OLD.amount <> NEW.amount OR OLD.granted_on <> NEW.granted_on OR OLD.member_id <> NEW.member_id OR OLD.kind <> NEW.kind",
        ),
        triggers.refuse("decisions_deminimisentry", "DELETE", "de-minimis aid is kept"),
        triggers.refuse("decisions_paymentbatch", "UPDATE", "a released payment file never changes", when="OLD.state <> 'prepared'"),
        triggers.refuse("decisions_paymentbatch", "DELETE", "a payment file is kept"),
        *triggers.append_only("decisions_batchdownload"),
        triggers.refuse("decisions_bankstatement", "DELETE", "a bank statement is kept"),
        triggers.refuse("decisions_bankentry", "DELETE", "a bank statement is kept"),
        triggers.refuse("decisions_bibobnote", "DELETE", "a note in the compartment is kept"),
        checked.verdict_stands("decisions_bibobnote", kept=("bibob_id", "text", "written_by_id", "written_at")),
        checked.verdict_stands("decisions_partyreport"),
        checked.verdict_stands("decisions_transfer"),
        triggers.refuse("decisions_applicantrequest", "DELETE", "a request is kept"),
        triggers.refuse("decisions_applicantrequest", "UPDATE", "an answered request never changes", when="OLD.state <> 'asked'"),
        triggers.refuse("decisions_objection", "DELETE", "an objection is kept"),
        *triggers.append_only("decisions_casenote"),
        triggers.refuse("decisions_advicerequest", "DELETE", "a request for advice is kept"),
        triggers.refuse(
            "decisions_advicerequest", "UPDATE", "an advice that was given never changes",
            when="OLD.state <> 'asked' AND (NEW.state <> OLD.state OR NEW.answer <> OLD.answer OR NEW.question <> OLD.question)",
        ),
    )
