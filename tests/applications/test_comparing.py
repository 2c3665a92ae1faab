"""Two versions beside each other: what went out and what came in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from grants.applications.comparing import Piece, RowChange, differences, files_compared, rows_compared


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("gelijk", "gelijk", [("same", "gelijk")]),
        ("", "nieuw", [("in", "nieuw")]),
        ("weg", "", [("out", "weg")]),
        ("tien bankjes op het plein", "twaalf bankjes op het plein", [("out", "tien"), ("in", "twaalf"), ("same", " bankjes op het plein")]),
        ("op 3 mei", "op 3 mei, in de ochtend", [("same", "op 3 mei"), ("in", ", in de ochtend")]),
    ],
)
def test_a_text_by_word(before, after, expected):
    assert differences(before, after) == tuple(Piece(*piece) for piece in expected)


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b c d", "b d e a"), ("regel\n" * 3000, "regel\n" * 2000 + "anders"), ("woord " * 4000, "woord " * 4001), ("x\n" * 5000, "y\n" * 5000)],
)
def test_both_versions_can_be_read_back_whole_however_long_they_are(before, after):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.op != "in") == before
    assert "".join(p.text for p in pieces if p.op != "out") == after


def row(name, amount):
    return {"description": name, "amount": amount}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([row("Hout", "10")], [row("Hout", "10")], [("same", "Hout", "10", "10")]),
        ([row("Hout", "10")], [row("Hout", "12")], [("changed", "Hout", "10", "12")]),
        ([row("Hout", "10")], [], [("out", "Hout", "10", "")]),
        ([], [row("Verf", "5")], [("in", "Verf", "", "5")]),
        (
            [row("Hout", "10"), row("Hout", "20")], [row("Hout", "20"), row("Hout", "30")],
            [("changed", "Hout", "10", "20"), ("changed", "Hout", "20", "30")],
        ),
        ([{"financier": "Gemeente", "amount": "5", "status": "gevraagd"}], [{"financier": "Gemeente", "amount": "5", "status": "toegezegd"}],
         [("changed", "Gemeente", "5 gevraagd", "5 toegezegd")]),
    ],
)
def test_a_table_by_row(before, after, expected):
    found = rows_compared(before, after)
    if len(before) < 2:
        assert found == tuple(RowChange(*each) for each in expected)
    else:  # two rows of one name: no row is lost or shown twice
        assert sorted(r.before for r in found if r.before) == ["10", "20"] and sorted(r.after for r in found if r.after) == ["20", "30"]


@dataclass
class File:
    question_key: str
    filename: str
    digest: str


def test_a_file_is_new_or_replaces_one_and_the_same_file_again_is_no_news():
    before = [File("plan", "plan.pdf", "a")]
    after = [File("plan", "plan.pdf", "a"), File("plan", "plan-2.pdf", "b"), File("foto", "foto.png", "c")]
    assert [(f.filename, f.replaces) for f in files_compared(before, after)] == [("plan-2.pdf", ("plan.pdf",)), ("foto.png", ())]
