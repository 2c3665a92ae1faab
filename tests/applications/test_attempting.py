"""An act that was asked with a button: what happened is said, and the page is one that the person may see."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from decisions.services.deciding import OpenDecision
from grants.applications.lifecycle.door import ActError
from grants.applications.models import NoScheme
from grants.applications.views.attempting import attempt


def asked(act):
    request = RequestFactory().post("/ergens/")
    request.session = {}
    request._messages = FallbackStorage(request)
    answer = attempt(request, "/daarna/", "Het is vastgelegd.", act)
    return answer, [(m.level_tag, str(m)) for m in get_messages(request)]


def refuse(error):
    def act():
        raise error

    return act


def test_an_act_that_was_done_is_said():
    answer, said = asked(lambda: None)
    assert (answer.status_code, answer["Location"]) == (302, "/daarna/") and said == [("success", "Het is vastgelegd.")]


@pytest.mark.parametrize("error", [ActError("Dat kan niet."), OpenDecision(), NoScheme("Z-1")])
def test_an_act_that_cannot_be_says_why_and_goes_to_the_same_page(error):
    answer, said = asked(refuse(error))
    assert answer["Location"] == "/daarna/" and said == [("error", str(error))]


def test_a_fault_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        asked(lambda: 1 / 0)
