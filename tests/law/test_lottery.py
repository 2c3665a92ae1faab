"""A draw that anyone can run again."""

from __future__ import annotations

import subprocess
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.lottery import DrawError, commitment, digest, draw, seed_of

CASES = ["SUB-2026-0001", "SUB-2026-0002", "SUB-2026-0003", "SUB-2026-0004"]
SEED = "0123456789abcdef-blauw 7"


def test_the_fixed_vector_comes_out_of_the_tool_that_everybody_has() -> None:
    """The order as `printf '%s' 'SEED:CASE' | sha256sum | sort` gives it, outside our code."""
    lines = []
    for case in CASES:
        said = subprocess.run(["sha256sum"], input=f"{SEED}:{case}".encode(), capture_output=True, check=True).stdout
        lines.append((said.decode().split()[0], case))

    drawn = draw(SEED, CASES)

    assert [(one.digest, one.case_number) for one in drawn] == sorted(lines)
    assert [one.case_number for one in drawn] == FIXED


FIXED = ["SUB-2026-0004", "SUB-2026-0002", "SUB-2026-0003", "SUB-2026-0001"]


@given(st.permutations(CASES))
def test_the_order_of_the_list_does_not_matter(cases: list[str]) -> None:
    assert draw(SEED, cases) == draw(SEED, CASES)


def test_another_word_gives_another_order_for_some_word() -> None:
    orders = {tuple(one.case_number for one in draw(seed_of("geheim", word), CASES)) for word in "abcdefghij"}
    assert len(orders) > 1


def test_every_case_wins_about_as_often() -> None:
    """4.000 draws over four cases: each wins 1.000 times, give or take five times the standard deviation (27)."""
    wins = [draw(seed_of("geheim", str(n)), CASES)[0].case_number for n in range(4000)]
    assert all(abs(wins.count(case) - 1000) < 140 for case in CASES)


def test_what_is_shown_before_the_draw_fixes_the_secret() -> None:
    assert commitment("geheim") == sha256(b"geheim").hexdigest()
    assert commitment("geheim") != commitment("Geheim")


def test_the_seed_is_secret_and_word_with_single_spaces() -> None:
    assert seed_of("abc", "  rood   12 ") == "abc-rood 12"
    assert digest("abc-rood 12", "Z1") == sha256(b"abc-rood 12:Z1").hexdigest()


@pytest.mark.parametrize("word", ["", "   ", "één", "rood\u200b", "rood!", "a:b"])
def test_a_word_that_two_people_may_type_differently_is_refused(word: str) -> None:
    with pytest.raises(DrawError, match="letters zonder accenten"):
        seed_of("abc", word)


@pytest.mark.parametrize(
    ("seed", "cases", "words"), [("", CASES, "begingetal"), (SEED, [], "geen zaken"), (SEED, ["Z1", "Z1"], "twee keer"), (SEED, ["Z1", ""], "geen zaken")]
)
def test_what_cannot_be_drawn_is_refused(seed: str, cases: list[str], words: str) -> None:
    with pytest.raises(DrawError, match=words):
        draw(seed, cases)


def test_without_a_secret_there_is_no_seed() -> None:
    with pytest.raises(DrawError, match="vastgelegd begin"):
        seed_of("", "rood")
