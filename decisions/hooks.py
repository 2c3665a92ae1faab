"""What the decisions floor tells the floors below: a rendered decision letter may be dispatched."""

from __future__ import annotations

from grants.applications.lifecycle.door import register_machine, stand_in_from
from grants.kernel import triggers


def register() -> None:
    from decisions import change_mails, life_panels, objection_panels, panels, people, tasks  # noqa: F401  (the outbox handlers of tasks register themselves)
    from decisions.models import BibobFile, Claim, Objection, PartyEffect, PaymentOrder, PostReturn, Transfer
    from decisions.services import objecting
    from decisions.tasks import ask_dispatch, dispatch_posted
    from grants.applications.services.correcting import when_sent_again
    from letters.services import when_posted, when_rendered

    panels.register()
    stand_in_from(people.stands_in_for)
    register_machine(PaymentOrder)
    register_machine(Claim)
    objection_panels.register()
    register_machine(Objection)
    life_panels.register()
    register_machine(PartyEffect)
    register_machine(Transfer)
    register_machine(BibobFile)
    register_machine(PostReturn)
    when_sent_again(objecting.letter_sent_again)
    when_rendered(ask_dispatch)
    when_posted(dispatch_posted)
    triggers.register(
        triggers.refuse("decisions_beschikking", "UPDATE", "a sent decision never changes", when="OLD.state = 'sent'"),
        *triggers.append_only("decisions_interestdeclaration"),
        triggers.refuse("decisions_beschikking", "DELETE", "a decision is kept", when="OLD.state <> 'draft'"),
        *triggers.append_only("decisions_bibobnote"),
        triggers.refuse("decisions_objection", "DELETE", "an objection is kept"),
    )
