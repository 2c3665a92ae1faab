"""The words by which a case is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.applications.words import ALPHABET, asked, beginning, number_words, plain, words

CASES = [
    ("Café Zürich", {"cafe", "zurich"}),
    ("Anna-Maria van 't Hoff", {"annamaria", "anna", "maria", "van", "t", "hoff"}),
    ("STRAẞE (verzonnen)", {"strasse", "verzonnen"}),
    ("Ĳsselstein", {"ijsselstein"}),
    ("Жук", {"x436x443x43a"}),
    ("  - & ", set()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words_have_no_case_accents_or_signs(text, expected):
    assert words(text) == expected


def test_a_case_number_is_found_whole_and_by_its_running_number_and_not_by_its_year():
    assert number_words("SUB-2026-000123") == {"sub2026000123", "000123", "123"}


def test_a_question_is_read_as_words_are_stored():
    assert asked("SUB-2026-0001  Zürich zürich") == ["sub20260001", "zurich"]


@pytest.mark.parametrize(
    ("word", "first", "end"), [("abc", "abc", "abd"), ("a9", "a9", "aa"), ("az", "az", "b"), ("zz", "zz", ""), ("9", "9", "a")]
)
def test_all_words_that_begin_with_it_are_one_range(word, first, end):
    assert beginning(word) == (first, end)


plain_words = st.text(alphabet=ALPHABET, min_size=1, max_size=6)


@given(plain_words, plain_words)
def test_a_word_is_in_the_range_exactly_when_it_begins_so(word, start):
    first, end = beginning(start)
    assert (first <= word and (not end or word < end)) == word.startswith(start)


@given(st.text())
def test_whatever_is_typed_gives_only_plain_words(text):
    assert all(character in ALPHABET for character in plain(text))
