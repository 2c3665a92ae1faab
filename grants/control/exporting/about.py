"""What goes with an export: what it is, where it was cut off, what each column means, how many rows, and the digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grants.control.exporting.columns import KIND_WORDS
from grants.control.exporting.datasets import Cut, Dataset
from grants.kernel import clock


@dataclass(frozen=True, slots=True)
class About:
    dataset: Dataset
    cut: Cut
    count: int
    digest: str
    made_at: str

    @classmethod
    def of(cls, dataset: Dataset, cut: Cut, count: int, digest: str) -> About:
        return cls(dataset, cut, count, digest, clock.now().astimezone(clock.AMSTERDAM).isoformat(timespec="seconds"))

    def as_data(self) -> dict[str, Any]:
        return {
            "dataset": self.dataset.code,
            "title": self.dataset.title,
            "description": self.dataset.description,
            "reference_date": self.cut.reference_date.isoformat(),
            "known_at": self.cut.known_at.astimezone(clock.AMSTERDAM).isoformat(),
            "schemes": None if self.cut.schemes is None else list(self.cut.schemes),
            "rows": self.count,
            "digest": self.digest,
            "made_at": self.made_at,
            "columns": [{"name": c.name, "kind": c.kind, "description": c.description} for c in self.dataset.columns],
        }

    def lines(self) -> list[tuple[str, str]]:
        """As label and text, for a sheet beside the data."""
        schemes = "alle" if self.cut.schemes is None else ", ".join(self.cut.schemes)
        return [
            ("Dataset", f"{self.dataset.title} ({self.dataset.code})"),
            ("Wat is het", self.dataset.description),
            ("Peildatum", f"{self.cut.reference_date.isoformat()} (telt zelf niet mee)"),
            ("Kennismoment", self.cut.known_at.astimezone(clock.AMSTERDAM).isoformat()),
            ("Regelingen", schemes),
            ("Aantal rijen", str(self.count)),
            ("Controlegetal (SHA-256)", self.digest),
            ("Gemaakt op", self.made_at),
        ]

    def dictionary(self) -> list[tuple[str, str, str]]:
        return [(c.name, KIND_WORDS[c.kind], c.description) for c in self.dataset.columns]
