"""What the tables of signing in refuse."""

from __future__ import annotations

from applicants.models import OrganisationAccount, Pseudonym


def pseudonym_of(life, **values):
    given = {"user": life.handler.user, "kind": "subject", "key_id": "1", "digest": "0" * 64, "used_on": "2026-01-01"}
    return Pseudonym.objects.create(**{**given, **values})


def organisation_of(life, **values):
    return OrganisationAccount.objects.create(**{"user": life.handler.user, "kvk_number": "00000001", **values})


SIGN_IN_BREAKS = {
    "signin_pseudonym_once": lambda life: [pseudonym_of(life) for _ in "ab"],
    "signin_pseudonym_known_kind": lambda life: pseudonym_of(life, kind="e-mail"),
    "signin_pseudonym_is_a_digest": lambda life: pseudonym_of(life, digest="999990019"),
    "organisation_account_kvk_8_digits": lambda life: organisation_of(life, kvk_number="1234567x"),
    "organisation_account_branch_12_digits": lambda life: organisation_of(life, branch_number="12"),
}
