"""What the decisions floor tells the floors below: a rendered decision letter may be dispatched."""

from __future__ import annotations

from grants.applications.lifecycle.door import register_machine
from grants.kernel import audit, triggers


def register() -> None:
    from decisions import division_panels, objection_panels, panels, tasks  # noqa: F401  (the outbox handlers of tasks register themselves)
    from decisions.draw_outcome import divisions_can_be_run_again
    from decisions.models import Claim, Objection, PaymentOrder, SampleCheck, distributing, scoring
    from decisions.services import objecting
    from decisions.tasks import ask_dispatch, dispatch_posted
    from grants.applications.services.correcting import when_sent_again
    from grants.applications.services.freedays import recount_with
    from letters.services import when_posted, when_rendered

    audit.register(divisions_can_be_run_again)
    distributing.register_triggers()
    scoring.register_triggers()
    panels.register()
    register_machine(PaymentOrder)
    register_machine(Claim)
    register_machine(SampleCheck)
    objection_panels.register()
    division_panels.register()
    register_machine(Objection)
    when_sent_again(objecting.letter_sent_again)
    recount_with(objecting.CLOCK, objecting.recount_term)
    when_rendered(ask_dispatch)
    when_posted(dispatch_posted)
    triggers.register(
        triggers.refuse("decisions_beschikking", "UPDATE", "a sent decision never changes", when="OLD.state = 'sent'"),
        *triggers.append_only("decisions_interestdeclaration"),
        triggers.refuse("decisions_beschikking", "DELETE", "a decision is kept", when="OLD.state <> 'draft'"),
        triggers.refuse("decisions_sampledraw", "UPDATE", "a draw that was made never changes", when="OLD.seed <> ''"),
        triggers.refuse("decisions_sampledraw", "DELETE", "a draw is kept", when="OLD.seed <> ''"),
        triggers.refuse("decisions_sampleentry", "UPDATE", "a drawn list never changes", when="OLD.key <> ''"),
        triggers.refuse("decisions_objection", "DELETE", "an objection is kept"),
    )
