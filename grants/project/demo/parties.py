"""Who asks, in every way: an initiative with residents who said yes or not yet, a foundation with a colleague and an adviser, a number
that nobody could check, and a draft that two people fill in.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from reportlab.pdfgen.canvas import Canvas

from applicants.acts import gathering, inviting, mandating, registering
from applicants.acts.registering import Contact
from applicants.kvk.others import RecordedKvk
from applicants.models import Applicant, Capacity
from grants.applications.collaborating import Collaborator
from grants.applications.services import applying
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.lives import answers_for
from grants.schemes.models import Scheme


def _paper(name: str) -> SimpleUploadedFile:
    """A made-up paper with a signature, as a PDF that opens: what a file is, is looked at."""
    content = BytesIO()
    page = Canvas(content, invariant=True)
    page.drawString(72, 720, "Een verzonnen papier met een handtekening.")
    page.save()
    return SimpleUploadedFile(name, content.getvalue())


def live_parties() -> None:
    resident, treasurer, clerk = (User.objects.get(username=name) for name in ("bewoner", "penningmeester", "ambtenaar"))
    group = registering.register_initiative(
        user=resident, name="Bewonersgroep Bloemstraat (verzonnen)", own_name="Bo Bewoner (verzonnen)",
        contact=Contact("Voorbeeldstraat 1", "6461 AA", "Kerkrade", "bewoner@example.org"),
    )
    gathering.add(applicant_id=group.pk, name="Mies Mail (verzonnen)", email="mies@example.org", address="", user=resident)
    on_paper = gathering.add(applicant_id=group.pk, name="Piet Papier (verzonnen)", email="", address="Voorbeeldstraat 3, 6461 AA Kerkrade", user=resident)
    gathering.accept_on_paper(member_id=on_paper.pk, upload=_paper("handtekening.pdf"), user=resident)

    foundation = _organisation(treasurer, "00000011", Contact("Proefstraat 12", "6411 AB", "Heerlen", "penningmeester@example.org"))
    mandating.admit(applicant=foundation, user=resident, kind=Capacity.COLLEAGUE, by=treasurer)
    adviser = mandating.admit(applicant=foundation, user=clerk, kind=Capacity.THIRD_PARTY, by=treasurer)
    mandating.send_paper(representation_id=adviser.pk, upload=_paper("machtiging.pdf"), user=clerk)
    inviting.invite(applicant_id=foundation.pk, email="secretaris@example.org", kind=Capacity.COLLEAGUE, user=treasurer)
    _organisation(treasurer, "00000014", Contact("Oudstraat 1", "6041 AA", "Roermond", "penningmeester@example.org"))
    registering.register_organisation(
        user=treasurer, kvk_number="00000019", record=None, type="vereniging", name="Vereniging Zelf Ingevuld (verzonnen)",
        contact=Contact("Demostraat 9", "6211 AB", "Maastricht", "penningmeester@example.org"), capacity=Capacity.BOARD,
    )
    _sent_in(group, resident, "LB-INW", "Bloembakken voor elke deur", Decimal(2500))
    _sent_in(foundation, treasurer, "LB-SVC", "Samen eten op vrijdag", Decimal(12_000))
    draft = applying.start_draft(applicant=foundation, scheme=Scheme.objects.get(code="LB-SVC"), actor=Actor(user=treasurer, role=Role.APPLICANT))
    Collaborator.objects.create(application=draft, user=User.objects.get(username="meehelper"), invited_by=treasurer, since=clock.now())


def _sent_in(applicant: Applicant, user: User, scheme: str, title: str, amount: Decimal) -> None:
    actor = Actor(user=user, role=Role.APPLICANT)
    case = applying.start_draft(applicant=applicant, scheme=Scheme.objects.get(code=scheme), actor=actor)
    applying.save_draft(application_id=case.id, answers=answers_for(case, title, amount, clock.today() + timedelta(days=60)))
    applying.submit(application_id=case.id, actor=actor)


def _organisation(user: User, number: str, contact: Contact) -> Applicant:
    record = RecordedKvk().lookup(number)
    return registering.register_organisation(user=user, kvk_number=number, record=record, type="", name="", contact=contact, capacity=Capacity.BOARD)
