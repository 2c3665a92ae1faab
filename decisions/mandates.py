"""Which mandate rule carries a signature on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Q

from decisions.models import MandateRule, Substitution
from grants.kernel.models import User
from grants.law.mandate import MandateRefusal, MandateRuleValue, matching_rule


def find_rule(*, act: str, amount: Decimal | None, signer: User, scheme_code: str, day: date) -> MandateRule | str:
    """The stored rule under which `signer` may sign on `day`, or the reason why there is none.

    A rule that names a person goes before one for everybody with the role, so that a letter cites one's own mandate. Last
    come the rules of people for whom the signer stands in that day.
    """
    absent = set(Substitution.objects.on(day).filter(substitute=signer).values_list("absent_id", flat=True))
    rules = MandateRule.objects.filter(  # also of other days: "no longer in force" is another answer than "nobody may"
        Q(holder__isnull=True) | Q(holder=signer) | Q(holder__in=absent),
        decision_kind__in=(act, "*"),
        scheme_code__in=("", scheme_code),
    ).order_by("id")
    personal = [rule for rule in rules if rule.holder_id == signer.pk]
    standing_in = [rule for rule in rules if rule.holder_id in absent]
    general = [rule for rule in rules if rule.holder_id is None]
    refusal = ""
    for group in (personal, general, standing_in):
        if not group and refusal:
            continue
        found = _match(group, act=act, amount=amount, signer=signer, scheme_code=scheme_code, day=day)
        if isinstance(found, MandateRule):
            return found
        refusal = found
    return refusal


def words(rule: MandateRule, signer: User, day: date) -> str:
    """The mandate as a letter cites it: its basis, and in whose place when the rule is another's."""
    if rule.holder_id is None or rule.holder_id == signer.pk:
        return rule.basis
    standing_in = Substitution.objects.on(day).filter(absent=rule.holder_id, substitute=signer).first()
    return f"{rule.basis}; bij vervanging volgens {standing_in.basis}" if standing_in else rule.basis


def _match(
    rules: list[MandateRule], *, act: str, amount: Decimal | None, signer: User, scheme_code: str, day: date
) -> MandateRule | str:
    values = [
        MandateRuleValue(
            id=rule.id, decision_kind=act, amount_below=rule.amount_below, role=rule.role, scheme_code=rule.scheme_code,
            basis_text=rule.basis, valid_from=rule.valid_from, valid_to=rule.valid_to,
        )
        for rule in rules
    ]
    roles = frozenset(str(role) for role in signer.roles(scheme_code, day))
    found = matching_rule(values, decision_kind=act, amount=amount, roles=roles, scheme_code=scheme_code, day=day)
    if isinstance(found, MandateRefusal):
        return found.reason
    return next(rule for rule in rules if rule.id == found.id)
