from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grants.applications.lifecycle.door import machines
from grants.applications.lifecycle.table import Row, rows_by_machine
from grants.applications.statuses import Status

Machines = dict[str, tuple[Row, ...]]
"""The rows of each machine by its name."""


class Command(BaseCommand):
    help = "Toont de tabel van handelingen en het diagram van de levensloop, uit de code zelf."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json", "dot", "markdown"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        show = {"text": self._text, "json": self._json, "dot": self._dot, "markdown": self._markdown}[options["format"]]
        self.stdout.write(show(rows_by_machine()))

    def _text(self, machines: Machines) -> str:
        parts = [f"{_title(name)}\n{self._text_of(table)}" for name, table in machines.items()]
        return "\n\n".join([*parts, self._dot(machines)])

    def _text_of(self, table: tuple[Row, ...]) -> str:
        lines = [f"{'Nr':5} {'Handeling':34} {'Van -> naar':60} {'Wie':40} {'Artikel':24} Brief"]
        for row in table:
            who = ", ".join(sorted(row.act.roles))
            lines.append(
                f"{row.act.number:5} {row.name:34} {_from(row) + ' -> ' + _to(row):60} {who:40} {row.act.article:24} "
                f"{row.act.letter}{' (besluit)' if row.act.decision else ''}"
            )
        return "\n".join(lines)

    def _markdown(self, machines: Machines) -> str:
        return "\n\n".join(f"## {_title(name)}\n\n{self._markdown_of(table)}" for name, table in machines.items())

    def _markdown_of(self, table: tuple[Row, ...]) -> str:
        lines = ["| Nr | Handeling | Van | Naar | Wie | Voorwaarden | Artikel | Brief | Register |", "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
        for row in table:
            act = row.act
            guards = ", ".join(guard.__name__ for guard in act.guards)
            lines.append(
                f"| {act.number} | `{row.name}` | {_from(row)} | {_to(row)} | {', '.join(sorted(act.roles))} | {guards} | {act.article} | "
                f"{act.letter}{' (D)' if act.decision else ''} | {act.register_code} |"
            )
        return "\n".join(lines)

    def _json(self, machines: Machines) -> str:
        return json.dumps(
            [
                {
                    "machine": name, "number": row.act.number, "name": row.name, "label": row.act.label, "sources": list(row.sources),
                    "targets": list(row.targets), "roles": sorted(row.act.roles), "guards": [g.__name__ for g in row.act.guards],
                    "article": row.act.article, "letter": row.act.letter, "decision": row.act.decision,
                    "register_code": row.act.register_code,
                }
                for name, table in machines.items()
                for row in table
            ],
            ensure_ascii=False, indent=2,
        )

    def _dot(self, machines: Machines) -> str:
        """The diagram, for Graphviz: only acts that move a case, or a record beside it, between two states."""
        lines = ["digraph levensloop {", "  rankdir=LR;"]
        for name, table in machines.items():
            lines += [f"  subgraph cluster_{name} {{", f'  label="{_title(name)}";', *self._edges(name, table), "  }"]
        return "\n".join([*lines, "}"])

    def _edges(self, name: str, table: tuple[Row, ...]) -> list[str]:
        lines = []
        for row in table:
            if len(row.sources) > 6 or len(row.targets) > 1:
                continue
            for source in row.sources:
                for target in row.targets:
                    if source != target:
                        lines.append(f'  "{source or name + ": nieuw"}" -> "{target}" [label="{row.act.number}"];')
        return lines


def _title(name: str) -> str:
    return next(str(model._meta.verbose_name) for model in machines() if model._meta.model_name == name).capitalize()


def _from(row: Row) -> str:
    return "elke" if len(row.sources) >= len(Status) else ", ".join(source or "(nieuw)" for source in row.sources)


def _to(row: Row) -> str:
    if not row.targets:
        return "dezelfde"
    return "vorige" if len(row.targets) > 3 else ", ".join(row.targets)
