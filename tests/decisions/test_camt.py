"""A bank statement is read as a whole, or refused as a whole with a sentence that says what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from decisions.camt import MOST_BYTES, MOST_ENTRIES, WrongStatement, read
from tests.decisions.bank_files import OWN, Move, camt

TODAY = date(2026, 7, 1)
DAY = date(2026, 6, 30)


def one(move, **given):
    (statement,) = read(camt(move, **given), TODAY)
    return statement


@pytest.mark.parametrize("version", ["02", "08"])
def test_a_booked_movement_is_read_with_its_reference_and_words(version):
    statement = one(Move(Decimal("12.50"), DAY, reference="VL1-1", bank_reference="B1", text="  voor\n  iets "), version=version)
    assert (statement.statement_id, statement.account) == ("AFSCHRIFT-1", OWN)
    (entry,) = statement.entries
    assert (entry.comes_in, entry.amount, entry.booked_on, entry.reference, entry.bank_reference, entry.text) == (
        False, Decimal("12.50"), DAY, "VL1-1", "B1", "voor iets",
    )
    assert not entry.is_return and not entry.problem


def test_a_return_says_why_in_words_without_the_names_that_the_bank_adds():
    (entry,) = one(Move("10.00", DAY, comes_in=True, reference="VL1-1", returned="AC04")).entries
    assert entry.is_return and entry.returned == "Teruggekomen: de rekening is opgeheven (AC04)."
    assert "Jansen" not in repr(entry)


def test_what_is_not_booked_yet_or_moves_nothing_is_counted_and_left():
    statement = read(camt(Move("10.00", DAY, status="PDNG"), Move("0.00", DAY)), TODAY)[0]
    assert statement.entries == () and statement.skipped == 2


def test_payments_booked_together_are_read_apart():
    assert [(e.reference, e.amount) for e in one(Move("30.00", DAY, parts=("10.00", "20.00"))).entries] == [("r0", Decimal(10)), ("r1", Decimal(20))]


def test_parts_that_are_not_the_whole_are_one_entry_with_a_problem():
    (entry,) = one(Move("30.00", DAY, parts=("10.00", "20.01"))).entries
    assert "niet het bedrag van de regel" in entry.problem and entry.amount == Decimal(30)


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"geen xml", "geen leesbare XML"),
        (camt()[:-5], "geen leesbare XML"),
        (camt().replace(b"UTF-8", b"klingon"), "geen leesbare XML"),
        (b"<Document/>", "geen bankafschrift"),
        (camt().replace(b"camt.053.001.08", b"pain.001.001.09"), "geen bankafschrift"),
        (camt(before=ENTITY), "DOCTYPE"),
        (camt(before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "DOCTYPE"),
        (b" " * MOST_BYTES + camt(), "groter dan 2 MB"),
        (camt(*[Move("1.00", DAY)] * (MOST_ENTRIES + 1)), "meer dan 500 regels"),
        (camt(name=""), "geen nummer"),
        (camt(account=""), "geen rekeningnummer"),
        (camt().replace(b"<Stmt>", b"<Niets>").replace(b"</Stmt>", b"</Niets>"), "geen afschrift"),
        (camt(Move("-10.00", DAY)), "Regel 1 heeft bedrag '-10.00'.*zonder minteken"),
        (camt(Move("1.00", DAY), Move("10.005", DAY)), "Regel 2 heeft bedrag '10.005'.*hele centen"),
        (camt(Move("1e3", DAY)), "Regel 1 heeft bedrag"),
        (camt(Move("1.00", DAY, currency="USD")), "niet in euro"),
        (camt(Move("1.00", "30-06-2026")), "boekdatum"),
        (camt(Move("1.00", "2026-07-02")), "nog moet komen"),
        (camt(Move("1.00", "0001-01-01")), "boekdatum"),
        (camt().replace(b"2026-06-30T23:00:00", b"0001-01-01T00:00:00"), "wanneer het is gemaakt"),
        (camt().replace(b"2026-06-30T23:00:00", b"9999-12-31T23:59:59-12:00"), "wanneer het is gemaakt"),
    ],
)
def test_a_wrong_file_is_refused_as_a_whole_and_says_what_to_do(content, words):
    with pytest.raises(WrongStatement, match=words) as refused:
        read(content, TODAY)
    assert any(advice in str(refused.value) for advice in ("Vraag de bank", "Kies", "Er is niets verwerkt"))


def test_a_statement_of_today_is_not_in_the_future():
    assert one(Move("1.00", TODAY)).entries
