"""Signing in at a real OpenID provider: the whole code flow, for each of the three entries."""

from __future__ import annotations

import pytest

from grants.kernel.models import User
from grants.kernel.roles import Role

pytestmark = pytest.mark.django_db


def test_a_resident_signs_in_and_is_the_same_person_the_next_time(visitor, resident):
    first = visitor()
    answer = first.sign_in(resident)
    assert (answer.status_code, answer["Location"]) == (302, "/mijn/")
    assert first.user.roles() == {Role.APPLICANT}
    second = visitor()
    second.sign_in({**resident, "email": "other@example.org"})
    assert second.user == first.user
    assert User.objects.filter(email="").count() == User.objects.count(), "nobody's e-mail address is taken over"
