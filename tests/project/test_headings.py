"""Every page has one main heading, and no level is skipped."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from grants.kernel.models import User
from tests.project.test_permissions import ALL, address, ids  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_world")]
PEOPLE = ["behandelaar", "toetser", "directeur", "intake", "financien", "bezwaar", "archief", "controller", "beheer", "penningmeester"]
HEADING = re.compile(r"<h([1-6])[\s>]")


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_that_opens_has_one_h1_and_skips_no_level(ids, username):  # noqa: F811
    client = Client()
    client.force_login(User.objects.get(username=username))
    opened = 0
    for page in ALL:
        answer = client.get(address(page, ids))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        opened += 1
        levels = [int(level) for level in HEADING.findall(answer.content.decode())]
        assert levels.count(1) == 1, (username, page, levels)
        assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False)), (username, page, levels)
    assert opened > 4
