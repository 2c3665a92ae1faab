"""Every page that somebody can come to by following links has no barrier: one look at each kind of page."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import APIResponse

from grants.project.demo.world import PERSONAS
from tests.journeys.visitor import Visitor, barriers_on

pytestmark = pytest.mark.serial

LOOKED_INTO = 5
"""Pages of one kind whose links are followed for each person: cases differ in what can be done with them."""
CROSSINGS = ("home", "mine", "decisions:work", "decisions:case", "applications:case")
"""Kinds that lead somewhere else for another person; the other kinds are looked into once."""
LINK = re.compile(r'<a\b[^>]*?\shref="([^"#]+)')


def kind_of(path: str) -> str:
    """The name of the page's pattern, '' for an address that is no page of ours."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def new_pages(visitor: Visitor, looked_at: Collection[str]) -> dict[str, str]:
    """Kind of page -> the first address of it, found by following links as this person; without kinds that were looked at."""
    found: dict[str, str] = {}
    times: dict[str, int] = {}
    waiting, known = deque(["/", "/mijn/", "/behandelen/"]), set[str]()
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if path in known or not kind or times.get(kind, 0) >= LOOKED_INTO or (kind in looked_at and kind not in CROSSINGS):
            continue
        known.add(path)
        answer: APIResponse = visitor.context.request.get(path, max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        times[kind] = times.get(kind, 0) + 1
        found.setdefault(kind, path)
        for link in LINK.findall(answer.text()):
            if link.startswith("/") and not link.startswith("//"):
                waiting.append(link.replace("&amp;", "&"))
    return found


def test_every_page_by_link_has_no_barrier(visit: Callable[..., Visitor]) -> None:
    looked_at: dict[str, str] = {}
    wrong: list[str] = []
    for person in ("", *(p.username for p in PERSONAS)):
        visitor = visit(person)
        for kind, path in new_pages(visitor, looked_at).items():
            if kind not in looked_at:
                looked_at[kind] = path
                visitor.page.goto(path)
                wrong += barriers_on(visitor.page)
    assert not wrong, "\n".join(wrong)
    assert len(looked_at) > 70, sorted(looked_at)
