"""Find or make the account of whoever signed in. Never by e-mail address: an address can pass to somebody else."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from uuid import uuid4

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from applicants.acts.mandating import admit
from applicants.models import Applicant, OrganisationAccount, Pseudonym
from applicants.signin import entries, pseudonyms
from applicants.signin.claims import Person
from applicants.signin.entries import Entry
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role


class Overtaken(IntegrityError):
    """Another request made the account of this person in the meantime."""


def arrive(*, entry: Entry, person: Person, day: date) -> SocialAccount:
    """The account with which this person signs in, made at the first time. Two first times at once make one account."""
    try:
        return _arrive(entry, person, day)
    except IntegrityError:  # the other was first
        return _arrive(entry, person, day)


@transaction.atomic
def _arrive(entry: Entry, person: Person, day: date) -> SocialAccount:
    user = _known(person) or _new(entry, person, day)
    _remember(person, user, day)
    if person.entry == entries.ORGANISATIONS:
        OrganisationAccount.objects.update_or_create(user=user, defaults={"kvk_number": person.kvk_number, "branch_number": person.branch_number})
        if not user.is_official:  # who has a role inside is sent to the door for officials
            _represent(user, person.kvk_number)
    if entry.group_roles:
        _take_roles(user, entry, person, day)
    if (person.first_name or person.last_name) and (user.first_name, user.last_name) != (person.first_name, person.last_name):
        user.first_name, user.last_name = person.first_name, person.last_name
        user.save(update_fields=["first_name", "last_name"])
    account = SocialAccount.objects.filter(user=user, provider=entry.slug).first()
    return account or SocialAccount.objects.create(user=user, provider=entry.slug, uid=str(uuid4()), extra_data={})


def _known(person: Person) -> User | None:
    """Whose pseudonym this is: by issuer and subject first, else by BSN."""
    for kind in pseudonyms.values_of(person):
        found = Pseudonym.objects.select_for_update().filter(pseudonyms.matching(person, kind)).select_related("user").first()
        if found is not None:
            user: User = found.user
            return user
    return None


def _new(entry: Entry, person: Person, day: date) -> User:
    """A name that says nothing. An official gets no role here: an administrator gives it."""
    user = User(username=f"{entry.slug}-{secrets.token_hex(6)}", first_name=person.first_name, last_name=person.last_name)
    user.set_unusable_password()
    user.save()
    if entry.for_applicants:
        RoleAssignment.objects.create(user=user, role=Role.APPLICANT, valid_from=day)
    return user


def _remember(person: Person, user: User, day: date) -> None:
    """Write the pseudonyms down under the key that is in use; those under an older key go."""
    current = pseudonyms.keys()[0]
    for kind, values in pseudonyms.values_of(person).items():
        Pseudonym.objects.filter(pseudonyms.matching(person, kind), user=user).exclude(key_id=current.id).delete()
        row, made = Pseudonym.objects.get_or_create(
            kind=kind, key_id=current.id, digest=pseudonyms.digest(current, kind, values), defaults={"user": user, "used_on": day}
        )
        if kind == Pseudonym.Kind.SUBJECT and row.user_id != user.pk:
            raise Overtaken
        if not made and row.user_id == user.pk and row.used_on != day:
            Pseudonym.objects.filter(pk=row.pk).update(used_on=day)


def _represent(user: User, kvk_number: str) -> None:
    """Whoever may sign in for an organisation acts for it from today. An authority that was ended is not given again."""
    for applicant in Applicant.objects.filter(kvk_number=kvk_number).exclude(representations__user=user):
        admit(applicant=applicant, user=user)


def _take_roles(user: User, entry: Entry, person: Person, day: date) -> None:
    """Only where the settings tie groups to roles: a role of such a group begins and ends with the group."""
    wanted = {role for group, role in entry.group_roles.items() if group in person.groups}
    held = RoleAssignment.objects.filter(user=user, role__in=set(entry.group_roles.values()), scheme_code="")
    now = [row for row in held if row.holds_on(day)]
    for row in now:
        if row.role in wanted:
            continue
        if row.valid_from >= day:
            row.delete()
        else:
            RoleAssignment.objects.filter(pk=row.pk).update(valid_to=day - timedelta(days=1))
    for role in wanted - {row.role for row in now}:
        RoleAssignment.objects.create(user=user, role=role, valid_from=day)
