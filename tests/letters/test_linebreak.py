"""Lines are broken where a reader expects it, and no text is lost or added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.content import clean
from letters.pdf.linebreak import break_lines
from letters.pdf.table import share_width


def lines(text, width):
    """Lines of a font in which every character is one wide."""
    return [line.text for line in break_lines([(text, "")], len, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("een twee drie", 8, ["een twee ", "drie"]),
        ("een twee drie", 13, ["een twee drie"]),
        ("een twee drie", 12, ["een twee ", "drie"]),
        ("op 3\u00a0maart", 6, ["op ", "3\u00a0maar", "t"]),
        ("om € 12,00", 6, ["om ", "€ 12,0", "0"]),
        ("om € 12,00", 7, ["om ", "€ 12,00"]),
        ("Noord-Limburg", 9, ["Noord-", "Limburg"]),
        ("in Noord-Limburg", 9, ["in Noord-", "Limburg"]),
        ("op 03-03-2025", 9, ["op ", "03-03-202", "5"]),
        ("-€ 670", 9, ["-€ 670"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 4, []),
        ("a", 0, ["a"]),
        ("ab", 0, ["a", "b"]),
    ],
)
def test_a_text_is_broken_into_lines(text, width, expected):
    assert lines(text, width) == expected


@given(st.text().map(clean), st.integers(min_value=1, max_value=40))
def test_no_character_is_lost_and_no_line_is_too_wide(text, width):
    broken = break_lines([(text, "")], len, width)

    assert "".join(line.text for line in broken) == text
    for line in broken:
        assert line.width <= width
        assert len(line.text.rstrip(" ")) == line.width


@given(st.lists(st.tuples(st.text("ab -", max_size=12), st.sampled_from(["", "x", "y"]))), st.integers(1, 9))
def test_links_keep_their_own_text(pieces, width):
    broken = break_lines(pieces, len, width)

    for address in ("x", "y"):
        shown = "".join(text for line in broken for text, at in line.pieces if at == address)
        given_text = "".join(text for text, at in pieces if at == address)
        assert shown.replace(" ", "") == given_text.replace(" ", "")


@pytest.mark.parametrize("text", ["w" * 10_000, "a-" * 5_000, "-" * 10_000, ("w" * 4_999 + "-") * 2])
def test_a_very_long_word_is_measured_a_few_times_only(text):
    measured = 0

    def measure(part):
        nonlocal measured
        measured += len(part)
        return len(part)

    broken = break_lines([(text, "")], measure, 3)

    assert "".join(line.text for line in broken) == text
    assert len(broken) >= len(text) / 3
    assert measured <= 4 * len(text)


def test_a_long_word_that_is_partly_a_link_is_broken_where_the_link_is():
    broken = break_lines([("abc", ""), ("defgh", "x"), ("ij", "")], len, 4)

    assert [line.pieces for line in broken] == [
        (("abc", ""), ("d", "x")),
        (("efgh", "x"),),
        (("ij", ""),),
    ]


def test_a_link_of_two_words_holds_the_space_between_them():
    [line] = break_lines([("ga naar ", ""), ("het portaal", "x"), (".", "")], len, 40)

    assert line.pieces == (("ga naar ", ""), ("het portaal", "x"), (".", ""))


def test_the_full_stop_after_a_link_stays_on_its_line():
    broken = break_lines([("ga naar ", ""), ("portaal", "x"), (".", "")], len, 15)

    assert [line.text for line in broken] == ["ga naar ", "portaal."]


def test_columns_with_room_to_spare_fill_the_width():
    assert share_width([100, 50, 50], [20, 20, 20], 300, [0]) == [200, 50, 50]
    assert share_width([100, 60], [20, 20], 300, [0, 1]) == [170, 130]
    assert share_width([100, 60], [20, 20], 300, []) == [240, 60]


_WIDTHS = st.lists(st.tuples(st.floats(1, 900), st.floats(1, 200)), min_size=1, max_size=6)


@given(_WIDTHS, st.floats(50, 500))
def test_columns_always_fill_the_width_exactly(columns, available):
    least = [low for _, low in columns]
    natural = [max(wide, low) for wide, low in columns]

    widths = share_width(natural, least, available, [0])

    assert sum(widths) == pytest.approx(available, abs=0.1)
    if sum(least) <= available:
        assert all(width >= low - 0.01 for width, low in zip(widths, least, strict=True))
