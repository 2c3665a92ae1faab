"""Fixed texts of the applicant's side read as easily as letters: at most twenty words a sentence, and no hard words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from letters.texts.readability import hints_for
from tests.project.plain_texts import Found, in_code, in_definitions, in_templates


@pytest.mark.parametrize(("source", "at_least"), [(in_templates, 150), (in_code, 150), (in_definitions, 150)])
def test_what_an_applicant_reads_is_easy(source: Callable[[], Iterator[Found]], at_least: int) -> None:
    found = list(source())
    assert len(found) >= at_least
    hard = [f"{place}: {hint}" for place, text in found for hint in hints_for(text)]
    assert not hard, "\n".join(hard)


def test_a_long_sentence_would_be_found() -> None:
    assert hints_for("Dit is een zin met heel veel woorden die maar door blijft gaan omdat niemand er een punt in zet terwijl dat wel kan.")
    assert hints_for("Dit is conform het besluit.")
