"""Budget mutations: double entries, their sums per product, and a correction that leaves the mistake to be seen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from grants.budget import mutating
from grants.budget.models import Budget, Ceiling
from grants.budget.mutating import MutationRefused
from grants.budget.mutations import BudgetMutation
from grants.kernel import audit
from grants.kernel.models import User

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def products(world):
    """The two products of the example, 2025."""
    made = {code: Budget.objects.get_or_create(product=code, year=2025, defaults={"name": name})[0]
            for code, name in (("2.1.1", "Verzonnen product"), ("2.2.1", "Leefbaarheid"))}
    made["later"] = Budget.objects.create(product="2.1.1", year=2027, name="Verzonnen product")
    return made


def entered(products, kind="transfer", source="2.1.1", target="2.2.1", amount="830000", **values):
    given = {"subject": "Leefbaarheidsaanpak", "document": "Najaarsnota 2025", "decided_on": date(2025, 11, 7), "precision": 10_000, **values}
    return mutating.enter(
        kind=kind, source=products.get(source), target=products.get(target), amount=D(amount), by=User.objects.get(username="regelingbeheer"), **given
    )


@pytest.fixture
def najaarsnota(products):
    """The lines of the Najaarsnota 2025 for product 2.2.1."""
    entered(products)
    entered(products, "adjustment", "2.2.1", "", "670000")
    entered(products, "personnel", "", "2.2.1", "20000", subject="Personeel", is_structural=True)
    return products


def test_the_lines_of_the_najaarsnota_come_to_what_it_does_not_print(najaarsnota):
    account = mutating.account_of(najaarsnota["2.2.1"])
    assert [(s.name, [line.amount for line in s.lines], s.total) for s in account.subjects] == [
        ("Leefbaarheidsaanpak", [D(830_000), D(-670_000)], D(160_000)),
        ("Personeel", [D(20_000)], D(20_000)),
    ]
    assert (account.total, account.structural, account.now) == (D(180_000), D(20_000), None)
    assert {line.mutation.precision for s in account.subjects for line in s.lines} == {10_000}


def test_over_all_products_and_outside_nothing_came_and_nothing_went(najaarsnota):
    found = mutating.balances()
    assert found == {najaarsnota["2.2.1"].pk: D(180_000), najaarsnota["2.1.1"].pk: D(-830_000), None: D(650_000)}
    assert sum(found.values()) == 0 and not list(audit.verify())


def test_a_known_first_amount_gives_the_budget_after_the_mutations(najaarsnota):
    budget = najaarsnota["2.2.1"]
    budget.amount = D("1000000.50")
    assert mutating.account_of(budget).now == D("1180000.50")


def test_a_mutation_moves_no_ceiling(najaarsnota):
    before = {c.code: c.amount for c in Ceiling.objects.all()}
    entered(najaarsnota)
    assert {c.code: c.amount for c in Ceiling.objects.all()} == before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": "0"}, "boven nul"),
        ({"amount": "-10000"}, "boven nul"),
        ({"source": ""}, "Kies ze allebei"),
        ({"kind": "adjustment"}, "niet bij allebei"),
        ({"kind": "personnel", "source": "", "target": ""}, "niet bij allebei"),
        ({"source": "later"}, "verschillende jaren"),
        ({"target": "2.1.1"}, "twee verschillende"),
        ({"amount": "830000.01"}, "niet afgerond op"),
        ({"amount": "835000"}, "niet afgerond op"),
        ({"precision": 3}, "heeft afgerond"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(products, values, words):
    with pytest.raises(MutationRefused, match=words):
        entered(products, **values)
    assert not BudgetMutation.objects.exists()


def test_an_amount_to_the_cent_is_entered_as_it_is(products):
    assert entered(products, amount="830000.00", precision=1).amount == D(830_000)


def test_a_mistake_is_booked_back_once_and_stays_to_be_seen(najaarsnota):
    wrong = BudgetMutation.objects.order_by("id").first()
    back = mutating.correct(mutation_id=wrong.pk, by=wrong.entered_by, day=date(2025, 12, 1))
    assert (back.source, back.target, back.amount, back.corrects) == (wrong.target, wrong.source, wrong.amount, wrong)
    assert mutating.account_of(najaarsnota["2.2.1"]).total == D(-650_000)
    for again in (wrong, back):
        with pytest.raises(MutationRefused, match="al teruggeboekt"):
            mutating.correct(mutation_id=again.pk, by=wrong.entered_by, day=date(2025, 12, 1))


@pytest.mark.parametrize("how", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_mutation(najaarsnota, how):
    rows = BudgetMutation.objects.filter(kind="transfer")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(amount=1) if how == "update" else rows.delete()
