"""Numbers that come in as text."""

from __future__ import annotations

import pytest
from django.test import Client

from grants.kernel.models import User
from grants.kernel.typed import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), ("", None), ("²", None), ("٣", None), ("1²", None), ("-1", None), (" 1", None), ("1.0", None),
     ("9" * 19, None), ("9" * 5000, None)],
)
def test_only_plain_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["²", "9" * 19, "9" * 5000])
@pytest.mark.parametrize(
    ("username", "address", "field"),
    [
        ("beheer", "/behandelen/bibob-kring/", "lid"),
        ("behandelaar", "/behandelen/afwezig/", "einde"),
        ("bewoner", "/aanvragen/beginnen/LB-INW/", "applicant"),
    ],
)
def test_a_key_that_is_no_number_is_nobody_and_breaks_nothing(world, username, address, field, typed):
    client = Client()
    client.force_login(User.objects.get(username=username))
    assert client.post(address, {field: typed, "wat": "einde"}).status_code in (200, 302, 404)
