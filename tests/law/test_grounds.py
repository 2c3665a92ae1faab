"""Which ground carries which decision, and how a letter writes it."""

import pytest

from grants.law.grounds import ground_refusal, in_words


@pytest.mark.parametrize(("ground", "words"), [
    ("4:46", "4:46"), ("4:7(1)", "4:7, eerste lid"), ("4:46(2)(a)", "4:46, tweede lid, onder a"), ("7:3(e)", "7:3, onder e"), ("R35_1a", "R35_1a"), ("BIBOB", "BIBOB"),
])
def test_an_article_is_written_out(ground, words):
    assert in_words(ground) == words


@pytest.mark.parametrize(("act", "ground", "paid", "refused"), [
    ("withdraw_grant", "4:50(1)(a)", True, True), ("withdraw_grant", "4:50", True, True), ("withdraw_grant", "4:50(1)(a)", False, False),
    ("withdraw_grant", "4:48(1)(a)", True, False), ("amend", "4:50(1)(a)", True, False),
])
def test_what_does_not_work_back_takes_back_nothing_that_was_paid(act, ground, paid, refused):
    assert (ground_refusal(act=act, ground=ground, paid=paid) is not None) is refused
