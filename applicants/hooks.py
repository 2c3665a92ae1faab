"""What the cellar must know of this wing: what is never changed, and who judges how people signed in."""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_in

from applicants.signin import guard, session
from grants.kernel import checked, triggers


def register() -> None:
    from applicants import kvk, mails  # noqa: F401  (the outbox handlers and the check of the settings register themselves)
    from applicants.models import PartyPaper

    triggers.register(
        *triggers.append_only("applicants_channelconsent"),
        *triggers.append_only("applicants_registercheck"),
        *triggers.append_only("applicants_mandatestep"),
        triggers.refuse("applicants_partypaper", "DELETE", "a paper about an applicant is kept"),
        checked.verdict_stands("applicants_partypaper", kept=("applicant_id", "kind", "uploaded_by_id", "uploaded_at")),
        triggers.refuse("applicants_representation", "UPDATE", "a mandate that ended stays ended", when="OLD.ended_on IS NOT NULL"),
        triggers.refuse("applicants_colleagueinvitation", "UPDATE", "an invitation that was used or withdrawn stays so",
                        when="OLD.accepted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL"),
    )
    checked.register(PartyPaper)
    guard.register()
    user_logged_in.connect(session.start_clock, dispatch_uid="applicants.signin.clock")
