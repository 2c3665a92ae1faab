"""Become known as an applicant: oneself, an initiative of residents, an organisation of the trade register, a municipality."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants import kvk, papers
from applicants.acts import mandating
from applicants.acts.refusing import PartyRefused, becomes_applicant, locked
from applicants.kinds import ORGANISATIONS
from applicants.models import Applicant, ApplicantType, Capacity, InitiativeMember, PartyPaper, RegisterCheck, Representation
from grants.kernel import access, clock, outbox
from grants.kernel.models import AccessLog, User

Source = RegisterCheck.Source
ASKED = "kvk number"
MOST_AN_HOUR = 30
KNOWN = gettext_lazy(
    "Deze organisatie staat al bij ons. Vraag degene die voor haar optreedt om u uit te nodigen. Of log in met de eHerkenning van de "
    "organisatie. Weet u niet wie dat is? Bel ons dan."
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Where letters and mails go."""

    street: str
    postcode: str
    city: str
    email: str = ""
    phone: str = ""

    def values(self) -> dict[str, str]:
        return {"street": self.street, "postcode": self.postcode, "city": self.city, "email": self.email, "phone": self.phone}


def itself(user: User) -> Applicant | None:
    """The applicant that this account is itself; None when there is none yet."""
    mine = Representation.objects.in_force(clock.today()).whole().inside().filter(user=user, applicant__type=ApplicantType.NATUURLIJK_PERSOON)
    found = mine.select_related("applicant").order_by("id").first()
    return found.applicant if found else None


def register_self(*, user: User, name: str, contact: Contact) -> Applicant:
    """The person who is signed in becomes an applicant, once. Raises PartyRefused."""
    try:
        with transaction.atomic():
            becomes_applicant(user)
            if itself(user) is not None:
                raise PartyRefused(_("U staat al bij ons als aanvrager. U kunt meteen een aanvraag beginnen."))
            made = Applicant.objects.create(type=ApplicantType.NATUURLIJK_PERSOON, name=name, is_demo=user.is_demo, **contact.values())
            mandating.admit(applicant=made, user=user, kind=Capacity.SELF)
    except IntegrityError as error:  # a second click got in between
        raise PartyRefused(_("U staat al bij ons als aanvrager. U kunt meteen een aanvraag beginnen.")) from error
    return made


@transaction.atomic
def register_initiative(*, user: User, name: str, own_name: str, contact: Contact) -> Applicant:
    """Several residents become one applicant; who fills it in is the contact person, and the first who takes part. Raises PartyRefused."""
    becomes_applicant(user)
    made = Applicant.objects.create(type=ApplicantType.BEWONERSINITIATIEF, name=name, is_demo=user.is_demo, **contact.values())
    mandating.admit(applicant=made, user=user, kind=Capacity.BOARD)
    InitiativeMember.objects.create(
        applicant=made, name=own_name, address=f"{contact.street}, {contact.postcode} {contact.city}", email=contact.email, is_contact=True,
        added_by=user, added_at=clock.now(), accepted_at=clock.now(), accepted_how=InitiativeMember.How.SELF,
    )
    return made


def refuse_known(kvk_number: str = "", municipality_code: str = "") -> None:
    """Raises PartyRefused for an organisation that somebody registered before. Who that was is not told."""
    known = bool(kvk_number) and Applicant.objects.filter(kvk_number=kvk_number).exists()
    listed = bool(municipality_code) and RegisterCheck.objects.filter(municipality_code=municipality_code, is_first=True).exists()
    if known or listed:
        raise PartyRefused(str(KNOWN), "kvk_number" if known else "municipality")


def look_up(*, kvk_number: str, user: User) -> kvk.KvkRecord:
    """What the register says about a number, with a trace of who asked. Raises KvkUnavailable, or PartyRefused for a number that is not in it.

    A question costs money and may be about a person with a business: one person asks some times an hour, and not hundreds of times.
    """
    if AccessLog.objects.filter(user=user, what=ASKED, at__gt=clock.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise PartyRefused(_("U zocht het afgelopen uur al veel nummers op. Probeer het over een uur weer."), "kvk_number")
    access.log_read(user, ASKED)
    record = kvk.adapter().lookup(kvk_number)
    if record is None:
        raise PartyRefused(_("Dit nummer staat niet in het Handelsregister van de KvK. Kijk het na en vul het opnieuw in."), "kvk_number")
    return record


def register_organisation(
    *, user: User, kvk_number: str, record: kvk.KvkRecord | None, type: str, name: str, contact: Contact, capacity: str,
    upload: UploadedFile[Any] | None = None,
) -> Applicant:
    """An association, foundation or cooperative, as the register knows it. `record` None: the register could not be asked; what was typed
    counts, marked as not checked, and the register is asked again later. Raises PartyRefused or PaperRefused.
    """
    kind = (record.applicant_type if record else None) or type
    if kind not in ORGANISATIONS:
        raise PartyRefused(_("Kies wat voor organisatie het is."), "type")
    return _registered(user=user, type=kind, name=record.name if record else name, kvk_number=kvk_number, record=record, contact=contact, capacity=capacity, upload=upload)


def register_municipality(
    *, user: User, code: str, name: str, kvk_number: str, oin: str, record: kvk.KvkRecord | None, contact: Contact, capacity: str,
    upload: UploadedFile[Any] | None = None,
) -> Applicant:
    """A municipality from the list, with its KvK number or its OIN (the number by which public bodies know each other). Raises PartyRefused."""
    if not kvk_number and not oin:
        raise PartyRefused(_("Vul het KvK-nummer of het OIN van de gemeente in."), "kvk_number")
    return _registered(
        user=user, type=ApplicantType.GEMEENTE, name=name, kvk_number=kvk_number, record=record, contact=contact, capacity=capacity, upload=upload,
        oin=oin, municipality_code=code,
    )


def _registered(
    *, user: User, type: str, name: str, kvk_number: str, record: kvk.KvkRecord | None, contact: Contact, capacity: str,
    upload: UploadedFile[Any] | None, oin: str = "", municipality_code: str = "",
) -> Applicant:
    if capacity not in (Capacity.BOARD, Capacity.COLLEAGUE, Capacity.THIRD_PARTY):
        raise PartyRefused(_("Kies hoe u optreedt voor de organisatie."), "capacity")
    try:
        with transaction.atomic():
            becomes_applicant(user)
            refuse_known(kvk_number, municipality_code)
            made = Applicant.objects.create(type=type, name=name[:200], kvk_number=kvk_number, is_demo=user.is_demo, **contact.values())
            RegisterCheck.objects.create(
                applicant=made, source=record.source if record else Source.TYPED, kvk_number=kvk_number, oin=oin, municipality_code=municipality_code,
                fields=record.fields if record else {}, dissolved_on=record.dissolved_on if record else None, is_first=True, at=clock.now(), by=user,
            )
            paper = papers.store(applicant=made, kind=PartyPaper.Kind.AUTHORISATION, upload=upload, user=user) if upload else None
            mandating.admit(applicant=made, user=user, kind=capacity, paper=paper)
            if record is None and kvk_number:
                ask_register_later(made)
    except IntegrityError as error:  # somebody else registered it at the same moment
        raise PartyRefused(str(KNOWN), "kvk_number") from error
    return made


def ask_register_later(applicant: Applicant) -> None:
    """Have the register asked when it answers again; not when none is connected."""
    if not settings.KVK_LOOKUP.endswith(".NotConnected"):
        outbox.enqueue("applicants.kvk_again", key=f"{applicant.pk}:{applicant.register_checks.count()}", payload={"applicant": applicant.pk})


_in_use: list[Callable[[Applicant], bool]] = []


def in_use_when(function: Callable[[Applicant], bool]) -> None:
    """A higher floor says whether something rests on the data of an applicant: an application that was sent in."""
    if function not in _in_use:
        _in_use.append(function)


def is_in_use(applicant: Applicant) -> bool:
    return any(function(applicant) for function in _in_use)


@transaction.atomic
def correct(*, applicant_id: int, user: User, contact: Contact) -> Applicant:
    """Another address, e-mail address or telephone number, as long as nothing was sent in: after that a change is confirmed over another way.

    Raises PartyRefused.
    """
    applicant = locked(applicant_id)
    if not Applicant.objects.represented_by(user).filter(pk=applicant_id).exists():
        raise PartyRefused(_("U treedt niet op voor deze aanvrager."))
    if is_in_use(applicant):
        raise PartyRefused(_("Er is al een aanvraag ingestuurd. Wijzig uw gegevens daarom bij die aanvraag. Dan vragen wij u om een bevestiging."))
    for name, value in contact.values().items():
        setattr(applicant, name, value)
    applicant.save(update_fields=list(contact.values()))
    return applicant
