"""Every fixed text that an applicant can meet: in templates, in code, and in the definitions of schemes."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).resolve().parents[2]

TEMPLATES = (
    "grants/project/templates/**/*.html",
    "grants/applications/templates/**/*.html",
    "applicants/templates/**/*.html",
    "grants/control/templates/learning/**/*.html",
    "decisions/templates/decisions/own/*.html",
    "letters/templates/letters/*.html",
)
CODE = (
    "applicants/**/*.py",
    "grants/applications/**/*.py",
    "grants/project/*.py",
    "grants/schemes/*.py",
    "grants/control/learning/*.py",
    "decisions/views/answering.py",
    "decisions/views/objecting.py",
    "decisions/views/changing.py",
    "decisions/views/channel.py",
)
FOR_OFFICIALS = (
    "grants/project/pipeline.py",
    "grants/project/templates/project/pipeline.html",
    "grants/applications/lifecycle",
    "grants/applications/register",
    "grants/applications/services/correcting.py",
    "grants/schemes/definition",
    "grants/schemes/form_checks.py",
    "grants/schemes/decoding.py",
    "grants/schemes/toml_lines.py",
    "grants/schemes/printed_checks.py",
    "migrations",
)
"""What the globs find and no applicant reads."""

_TRANSLATE = re.compile(r"""{%\s*(?:translate|trans)\s+(?:"([^"]+)"|'([^']+)')""")
_BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_BETWEEN = re.compile(r"{%\s*plural\s*%}")
_VALUE = re.compile(r"{{[^}]*}}|%\([a-z_]+\)[sd]|%[sd]")
_TAG = re.compile(r"<[^>]+>")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
READ_IN_DEFINITIONS = {"title", "summary", "intro", "label", "help", "purpose", "text", "question", "reason"}


class Found(NamedTuple):
    place: str
    text: str


def _files(patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        for path in sorted(HOUSE.glob(pattern)):
            if not any(part in str(path.relative_to(HOUSE)) for part in FOR_OFFICIALS):
                yield path


def _plain(text: str) -> str:
    return " ".join(_TAG.sub(" ", _VALUE.sub("x", text)).split())


def in_templates() -> Iterator[Found]:
    for path in _files(TEMPLATES):
        source = path.read_text(encoding="utf-8")
        place = str(path.relative_to(HOUSE))
        for double, single in _TRANSLATE.findall(source):
            yield Found(place, _plain(double or single))
        for block in _BLOCK.findall(source):
            for text in _BETWEEN.split(block):
                yield Found(place, _plain(text))


def in_code() -> Iterator[Found]:
    for path in _files(CODE):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield Found(f"{path.relative_to(HOUSE)}:{node.lineno}", _plain(argument.value))


def in_definitions() -> Iterator[Found]:
    for path in sorted((HOUSE / "grants/schemes/definitions").glob("*.toml")):
        form = tomllib.loads(path.read_text(encoding="utf-8"))
        for part in ("title", "summary", "intro", "sections", "questions", "documents", "report", "quick_check"):
            for text in _texts(form.get(part), part):
                yield Found(f"{path.name}: {part}", text)


def _texts(value: object, key: str) -> Iterator[str]:
    if isinstance(value, str):
        if key in READ_IN_DEFINITIONS:
            yield _plain(value)
    elif isinstance(value, dict):
        for inner, part in value.items():
            yield from _texts(part, inner)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, key)
