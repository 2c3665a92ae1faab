"""Has this official an interest in this case: what was declared, and what the data show (Awb 2:4)."""

from __future__ import annotations

from applicants.models import Applicant, Representation
from decisions.interest_rules import Hint, Party, hints
from decisions.models import InterestDeclaration
from grants.applications.models import Application
from grants.kernel.models import User


def hints_for(application: Application, user: User) -> tuple[Hint, ...]:
    """Signs that connect the person to the applicant; at most two queries."""
    if application.applicant is None:
        return ()
    own = [_party(applicant) for applicant in Applicant.objects.represented_by(user)]
    names = Representation.objects.filter(applicant=application.applicant).exclude(user=user).values_list("user__last_name", flat=True)
    return hints(user.last_name, own, _party(application.applicant, tuple(names)))


def declared(application: Application, user: User) -> bool | None:
    """What the person declared last; None when nothing."""
    last = InterestDeclaration.objects.filter(application=application, user=user).order_by("-id").first()
    return last.has_interest if last else None


def refusal(application: Application, user: User) -> str | None:
    """Why this person keeps away from the case, in Dutch; None when nothing is in the way."""
    said = declared(application, user)
    if said:
        return "U hebt verklaard dat u een persoonlijk belang hebt bij deze zaak. Draag de zaak over aan een collega."
    found = hints_for(application, user)
    strong = next((hint for hint in found if hint.strong), None)
    if strong is not None:
        return f"{strong.text} Draag de zaak over aan een collega."
    if found and said is None:
        return f"{found[0].text} Verklaar eerst op de pagina van de zaak of u een persoonlijk belang hebt."
    return None


def _party(applicant: Applicant, surnames: tuple[str, ...] = ()) -> Party:
    return Party(
        id=applicant.pk, name=applicant.name, iban=applicant.iban, postcode=applicant.postcode, street=applicant.street, surnames=surnames
    )
