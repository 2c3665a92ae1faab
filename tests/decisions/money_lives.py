"""Cases whose payments go by the bank, for tests."""

from __future__ import annotations

from decisions.execution_day import next_bank_day
from decisions.models import PaymentLine, PaymentOrder
from decisions.services import batching, paying
from grants.kernel.roles import Role
from grants.project.demo.lives import person


def officer():
    return person("financien", Role.FINANCE_OFFICER)


def approver():
    return person("budgethouder", Role.FINANCE_APPROVER)


def order_of(life):
    return PaymentOrder.objects.exclude(state="stopped").get(application=life.id)


def approved(*lives):
    """The orders of these cases, checked and approved."""
    for life in lives:
        for act, who in (("check_payment", officer()), ("approve_payment", approver())):
            paying.step(order_id=order_of(life).id, act=act, actor=who, day=life.day)
    return [order_of(life) for life in lives]


def prepared(*lives, **given):
    orders = approved(*lives)
    day = max(life.day for life in lives)
    values = {"order_ids": [order.id for order in orders], "execute_on": next_bank_day(day), "actor": officer(), "day": day}
    return batching.prepare(**{**values, **given})


def released(*lives):
    batch = prepared(*lives)
    return batching.release(batch_id=batch.id, actor=approver(), day=max(life.day for life in lives))


def line_of(life):
    return PaymentLine.objects.get(order=order_of(life), live=True)
