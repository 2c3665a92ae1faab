"""The forms of a page as a browser without JavaScript would post them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Reader(HTMLParser):
    def __init__(self, marked: str) -> None:
        super().__init__(convert_charrefs=True)
        self.marked, self.inside = marked, False
        self.fields: list[tuple[str, str]] = []
        self.area: str | None = None
        self.select: str | None = None
        self.visible: list[tuple[str, str]] = []
        """Every field that somebody sees, its name and its kind; choices of one question are one field."""
        self.stack: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.inside = f"<{' '.join(found)} {' '.join(found.values())}>".find(self.marked) >= 0
        if tag not in ("input", "br", "meta", "link", "hr", "img"):
            self.stack.append((tag, "hidden" in found or tag == "template"))
        if not self.inside or "name" not in found and tag != "option" or any(t == "template" for t, _ in self.stack):
            return
        if tag == "input":
            if found.get("type") != "hidden":
                self._see(found["name"], found.get("type", "text"))
            if found.get("type") in ("checkbox", "radio") and "checked" not in found:
                return
            self.fields.append((found["name"], found.get("value", "on")))
        elif tag == "textarea":
            self._see(found["name"], tag)
            self.area = ""
            self.fields.append((found["name"], ""))
        elif tag == "select":
            self._see(found["name"], tag)
            self.select = found["name"]
            self.fields.append((found["name"], ""))
        elif tag == "option" and self.select and ("selected" in found):
            self.fields[-1] = (self.select, found.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area += data
            self.fields[-1] = (self.fields[-1][0], self.area.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        while self.stack:
            last, _hidden = self.stack.pop()
            if last == tag:
                break
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False

    def _see(self, name: str, kind: str) -> None:
        if not any(hidden for _tag, hidden in self.stack) and (kind not in ("radio", "checkbox") or (name, kind) not in self.visible):
            self.visible.append((name, kind))


def read(page: Any, marked: str = "data-draft") -> _Reader:
    """The form on the page whose tag holds `marked`."""
    reader = _Reader(marked)
    reader.feed(page.content.decode())
    return reader


def posted(page: Any, marked: str = "data-draft", **typed: Any) -> dict[str, list[str]]:
    """What the form posts after somebody typed these answers into it; a key with two underscores stands for a hyphen."""
    fields: dict[str, list[str]] = {}
    for name, value in read(page, marked).fields:
        fields.setdefault(name, []).append(value)
    for name, value in typed.items():
        fields[name.replace("__", "-")] = value if isinstance(value, list) else [value]
    fields.pop("csrfmiddlewaretoken", None)
    return fields
