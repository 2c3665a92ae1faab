"""Cut one style sheet from the packages of NL Design System: only the components that our pages use, and only the
tokens that those components ask for. The packages hold some 600 kB of text; a page needs a tenth of that.

The components stand in a cascade layer, so that a rule of our own always wins, however short its selector is. The
tokens stand under the theme's class; `site/theme.css` comes after them and swaps what a province wants otherwise.
"""

from __future__ import annotations

import re
from pathlib import Path

ELEMENTS = "component-library-css/dist/html.css"
"""The components for plain elements (headings, paragraphs, links, buttons, fields, tables, lists)."""
COMPONENTS = (
    "alert",
    "breadcrumb-nav",
    "form-field",
    "form-field-description",
    "form-field-error-message",
    "page-footer",
    "page-header",
    "pagination",
    "skip-link",
    "status-badge",
)
"""The components that have a class of their own; `index.css` of the package `@utrecht/<name>-css`."""
OUR_NAMES = {
    "utrecht-alert": "notice",
    "utrecht-alert--error": "notice-error",
    "utrecht-alert--info": "notice",
    "utrecht-alert--ok": "notice-success",
    "utrecht-alert--warning": "notice-warning",
    "utrecht-form-field": "field",
    "utrecht-form-field-description": "help",
    "utrecht-skip-link": "skip",
    "utrecht-status-badge": "tag",
    "utrecht-status-badge--danger": "tag-late",
    "utrecht-status-badge--success": "tag-good",
    "utrecht-status-badge--warning": "tag-waiting",
}
"""Class of the design system -> the short name that our templates use for the same component."""
TOKENS = "voorbeeld-design-tokens/dist/theme.css"
THEME = ".voorbeeld-theme"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.(utrecht-[a-z-]+(?:--[a-z]+)?)(?![\w-])")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
_USE = re.compile(r"var\(\s*(--[\w-]+)")


class PackagesMissing(Exception):
    """The packages are not there: `make setup` brings them."""


def style_sheet(modules: Path, ours: list[str]) -> str:
    """The text of the style sheet. `modules` is the folder of the npm packages, `ours` the text of our own style sheets
    (what tokens they ask for must be there too). Raises PackagesMissing."""
    utrecht = modules / "@utrecht"
    try:
        tokens = (modules / "@nl-design-system-unstable" / TOKENS).read_text()
        parts = [(utrecht / ELEMENTS).read_text()]
        parts += [(utrecht / f"{name}-css" / "dist" / "index.css").read_text() for name in COMPONENTS]
    except FileNotFoundError as missing:
        raise PackagesMissing(missing.filename) from missing
    components = "".join(_under_our_names(_bare(part)) for part in parts)
    needed = tokens_for(tokens, components + "".join(ours))
    lines = "".join(f"{name}:{value};" for name, value in needed.items())
    return f"@layer tokens,components;@layer tokens{{{THEME}{{{lines}}}}}@layer components{{{components}}}\n"


def tokens_for(tokens: str, text: str) -> dict[str, str]:
    """Name -> value of every token that `text` asks for, and that those tokens ask for in turn; in the order of the package."""
    known = {name: " ".join(value.split()) for name, value in _TOKEN.findall(_COMMENT.sub("", tokens))}
    waiting, needed = _USE.findall(text), set[str]()
    while waiting:
        name = waiting.pop()
        if name in known and name not in needed:
            needed.add(name)
            waiting += _USE.findall(known[name])
    return {name: value for name, value in known.items() if name in needed}


def _bare(text: str) -> str:
    """Without comments, and with no more white space than CSS needs."""
    text = _COMMENT.sub("", text.replace('@charset "UTF-8";', ""))
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};,])\s*", r"\1", text).replace(";}", "}").strip()


def _under_our_names(text: str) -> str:
    """Let the classes of our templates stand for the components that they are; `.button` is a button that is a link."""
    text = re.sub(r"\.utrecht-html button(?=[:{,])", ".utrecht-html :is(button,.button)", text)
    return _CLASS.sub(lambda m: f":is(.{m[1]},.{OUR_NAMES[m[1]]})" if m[1] in OUR_NAMES else m[0], text)
