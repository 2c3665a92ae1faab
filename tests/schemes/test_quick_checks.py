"""The quick check: an honest answer with its reasons, and five questions in every scheme that comes with the program."""

from __future__ import annotations

import pytest

from grants.schemes.quick_checks import MOST, Verdict, advise, options_of
from tests.schemes.helpers import FILES, definition, faults_after

CODES = {definition(name).code for name in FILES}
FITTING = {"aanvrager": "inwoners", "plek": "ja", "limburg": "ja", "begonnen": "nee", "bedrag": "past"}


@pytest.mark.parametrize("name", FILES)
def test_every_scheme_asks_five_questions_that_lead_somewhere(name):
    scheme = definition(name)
    assert len(scheme.quick_check) == MOST
    for check in scheme.quick_check:
        assert check.basis or check.key == "verzonnen", check.key
        for option in options_of(check):
            assert option.fits or option.otherwise
            assert set(option.schemes) <= CODES - {scheme.code}


@pytest.mark.parametrize(
    ("changed", "verdict", "against"),
    [
        ({}, Verdict.FITS, []),
        ({"begonnen": "ja"}, Verdict.DOES_NOT_FIT, ["begonnen"]),
        ({"aanvrager": "organisatie", "bedrag": "meer"}, Verdict.DOES_NOT_FIT, ["aanvrager", "bedrag"]),
        ({"plek": ""}, Verdict.OPEN, []),
        ({"plek": "misschien"}, Verdict.OPEN, []),
        ({"plek": "", "begonnen": "ja"}, Verdict.DOES_NOT_FIT, ["begonnen"]),
    ],
)
def test_what_the_answers_come_to(changed, verdict, against):
    advice = advise(definition(), {**FITTING, **changed})
    assert advice.verdict == verdict
    assert [one.check.key for one in advice.against] == against


def test_another_scheme_is_named_with_the_reason():
    (said,) = advise(definition(), {**FITTING, "aanvrager": "organisatie"}).against
    assert said.option.schemes == ("LB-SVC",) and "alleen voor inwoners" in said.option.otherwise and said.check.basis


def test_every_fault_is_told_at_once():
    def change(plain):
        plain["quick_check"][1].pop("otherwise")
        plain["quick_check"][0]["options"][1].pop("otherwise")
        plain["quick_check"].append(dict(plain["quick_check"][2], key="nog_een"))

    paths = [fault.path for fault in faults_after(change)]
    assert {"quick_check", "quick_check[1].otherwise", "quick_check[0].options[1].otherwise"} <= set(paths)


def test_yes_no_questions_of_before_are_still_read():
    def change(plain):
        plain["quick_check"] = [{"key": "plek", "text": "Is de plek open?", "expected": "ja", "otherwise": "Kies een andere plek."}]

    assert faults_after(change) == []
