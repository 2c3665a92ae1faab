"""The draw: the same seed and list give the same cases, for anybody who counts along."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.errors import LawError, PercentageError
from grants.law.sampling import draw, draw_key, list_hash, sample_size

NUMBERS = [f"SUB-2026-{n:06d}" for n in range(1, 21)]


def test_the_key_is_what_a_shell_computes():
    """`printf '%s' "abc:SUB-2026-000001" | sha256sum`, worked out beside this code."""
    assert draw_key("abc", "SUB-2026-000001") == hashlib.sha256(b"abc:SUB-2026-000001").hexdigest()


def test_the_list_is_known_by_its_hash_in_whatever_order_it_is_given():
    assert list_hash(NUMBERS) == list_hash(reversed(NUMBERS)) == hashlib.sha256("".join(f"{n}\n" for n in NUMBERS).encode()).hexdigest()
    assert list_hash(NUMBERS[:-1]) != list_hash(NUMBERS)


@pytest.mark.parametrize(
    ("population", "percentage", "size"),
    [(0, "5", 0), (1, "5", 1), (19, "5", 1), (20, "5", 1), (21, "5", 2), (40, "5", 2), (41, "5", 3), (20, "0", 0), (20, "100", 20), (3, "33.33", 1), (3, "33.34", 2)],
)
def test_the_percentage_is_rounded_up_to_whole_cases(population, percentage, size):
    assert sample_size(population, Decimal(percentage)) == size


@pytest.mark.parametrize("percentage", ["-0.01", "100.01", "NaN"])
def test_a_percentage_outside_0_to_100_is_refused(percentage):
    with pytest.raises(PercentageError):
        sample_size(10, Decimal(percentage))


def test_a_known_seed_draws_known_cases():
    found = [ranked.case_number for ranked in draw(NUMBERS, seed="2026-4", percentage=Decimal(10)) if ranked.is_drawn]
    assert found == sorted(NUMBERS, key=lambda number: hashlib.sha256(f"2026-4:{number}".encode()).hexdigest())[:2]


@pytest.mark.parametrize(("numbers", "seed"), [(NUMBERS, " "), ([*NUMBERS, NUMBERS[0]], "x")])
def test_a_draw_that_two_people_could_read_in_two_ways_is_refused(numbers, seed):
    with pytest.raises(LawError):
        draw(numbers, seed=seed, percentage=Decimal(10))


@given(st.lists(st.text("0123456789", min_size=1, max_size=6), unique=True, max_size=40), st.text("abcdef", min_size=1), st.integers(0, 100), st.randoms())
def test_every_case_stands_on_the_list_once_and_the_order_it_came_in_does_not_matter(numbers, seed, percentage, random):
    found = draw(numbers, seed=seed, percentage=Decimal(percentage))
    mixed = list(numbers)
    random.shuffle(mixed)
    assert found == draw(mixed, seed=seed, percentage=Decimal(percentage))
    assert sorted(r.case_number for r in found) == sorted(numbers) and [r.place for r in found] == list(range(1, len(numbers) + 1))
    assert sum(r.is_drawn for r in found) == sample_size(len(numbers), Decimal(percentage))
