"""The letter as a value: clean, frozen, and the same again after storing."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.content import (
    ContentError,
    Facts,
    Heading,
    Items,
    Letter,
    Link,
    Paragraph,
    Sender,
    Table,
    clean,
)


def test_a_stored_letter_is_read_back_the_same(letter, long_letter):
    for original in (letter, long_letter):
        read = Letter.from_json(original.to_json())

        assert read == original
        assert read.to_json() == original.to_json()
        assert read.digest() == original.digest()


def test_equal_letters_made_from_lists_and_tuples_have_one_digest(make_letter):
    with_list = make_letter(addressee=["Demo", "Straat 1"])
    with_tuple = make_letter(addressee=("Demo", "Straat 1"))

    assert with_list == with_tuple
    assert with_list.digest() == with_tuple.digest()


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Een ander onderwerp"},
        {"date": date(2025, 3, 4)},
        {"addressee": ("Demo",)},
        {"body": (Paragraph("Iets anders."),)},
        {"body": (Paragraph("x", element="decision"),)},
        {"attachments": ()},
        {"representative": ("mr. Demo",)},
    ],
)
def test_any_other_content_has_another_digest(make_letter, change):
    assert make_letter(**change).digest() != make_letter().digest()


def test_a_letter_cannot_be_changed(letter):
    with pytest.raises(AttributeError):
        letter.subject = "anders"


def test_canonical_json_has_sorted_keys_and_a_format_number(letter):
    data = json.loads(letter.to_json())

    assert data["format"] == 1
    assert letter.to_json() == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.update(format=99),
        lambda data: data.pop("closing"),
        lambda data: data.update(surprise="x"),
        lambda data: data["body"][0].update(block="script"),
        lambda data: data.update(subject=5),
        lambda data: data.update(sender="x"),
    ],
)
def test_a_damaged_stored_letter_is_refused(letter, damage):
    data = json.loads(letter.to_json())
    damage(data)

    with pytest.raises(ContentError):
        Letter.from_json(json.dumps(data))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  twee  spaties ", "twee spaties"),
        ("regel een\nregel\ttwee\r\n", "regel een regel twee"),
        ("€\u00a012.500", "€\u00a012.500"),
        ("10\u202f000", "10\u00a0000"),
        ("Zoe\u0308", "Zoë"),
        ("nul\u200bbreedte en\u202e omgekeerd", "nulbreedte en omgekeerd"),
        ("hart \u2764\ufe0f", "hart \u2764"),
        ("bel\x07", "bel"),
        ("\ufeff", ""),
    ],
)
def test_text_is_made_clean(typed, kept):
    assert clean(typed) == kept
    assert Paragraph(typed).text == kept
    assert Items((typed, "x")).items[0] == kept
    assert Table("", ("a",), ((typed,),)).rows[0][0] == kept


@given(st.text())
def test_clean_text_stays_as_it_is_when_cleaned_again(text):
    once = clean(text)

    assert clean(once) == once
    assert "\n" not in once
    assert "  " not in once


@pytest.mark.parametrize(
    "make",
    [
        lambda: Table("x", ("a", "b"), (("een",),)),
        lambda: Table("x", (), ()),
        lambda: Table("x", tuple("abcdefg"), ()),
        lambda: Table("x", ("a",), (("1",),), numeric=frozenset({1})),
        lambda: Heading("kop", level=1),
        lambda: Link("klik", "javascript:alert(1)"),
        lambda: Link("", "https://provincie.example"),
        lambda: Paragraph("geen link hier", links=(Link("klik", "https://provincie.example"),)),
        lambda: Paragraph("a" * 20_001),
        lambda: Items(("a",) * 1_001),
        lambda: Facts((("a", "b", "c"),)),
    ],
)
def test_a_value_that_cannot_stand_in_a_letter_is_refused_with_a_sentence(make):
    with pytest.raises(ContentError) as refused:
        make()

    assert refused.value.sentence.endswith(".")


def test_the_length_limit_itself_still_fits():
    assert len(Paragraph("a" * 20_000).text) == 20_000


def test_sender_fields_are_cleaned_too():
    assert Sender("Provincie\n Limburg", "a", "b", "c", "d").name == "Provincie Limburg"
