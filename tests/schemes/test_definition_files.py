"""The four schemes that come with the program say what is known, and mark what is not."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from grants.schemes.definition_form import Question
from grants.schemes.printed_checks import is_placeholder, printed_texts
from grants.schemes.reading import visible_questions
from tests.schemes.helpers import FILES, definition, text_of

D = Decimal
BUNDLE = ("lbk-inwoners.toml", "lbk-verenigingen.toml", "lbk-gebieden.toml")
PROVINCIAL = re.compile(r"ASV|verordening|subsidieregels|Regeling|Plafondbesluit|Selectielijst|[Bb]eleid van")


@pytest.mark.parametrize(
    ("name", "code", "minimum", "maximum", "weeks", "ceilings", "arrangements", "applicants"),
    [
        ("lbk-inwoners.toml", "LB-INW", 2500, 5000, 8, [500000] * 3, ["1a"], {"natuurlijk_persoon", "bewonersinitiatief"}),
        ("lbk-verenigingen.toml", "LB-SVC", 5000, 120000, 13, [4000000] * 3, ["1b", "2"], {"vereniging", "stichting", "cooperatie"}),
        ("lbk-gebieden.toml", "LB-GPI", 0, 1000000, 22, [20000000], ["2", "3"], {"gemeente"}),
    ],
)
def test_the_three_schemes_of_the_bundle(
    name: str, code: str, minimum: int, maximum: int, weeks: int, ceilings: list[int], arrangements: list[str], applicants: set[str]
) -> None:
    scheme = definition(name)

    assert (scheme.code, scheme.bundle, scheme.is_demo) == (code, "LEEFB", False)
    assert (scheme.opens_on, scheme.closes_on) == (date(2024, 10, 28), date(2026, 12, 31))
    assert (scheme.amount.minimum, scheme.amount.maximum) == (minimum, maximum)
    assert (scheme.terms.decision_weeks, scheme.terms.starts_from, scheme.terms.atw_applies) == (weeks, "receipt", False)
    assert [ceiling.amount for ceiling in scheme.ceilings] == ceilings
    assert [arrangement.code for arrangement in scheme.arrangements] == arrangements
    assert set(scheme.applicants) == applicants
    assert (scheme.distribution.method, scheme.distribution.same_day_rule) == ("order_of_receipt", "pro_rata_same_day")
    assert len(scheme.areas) == 8
    assert len(scheme.needs) == 6
    assert {criterion.need for criterion in scheme.criteria if criterion.need} == set(scheme.needs)


def test_the_scheme_of_municipalities() -> None:
    scheme = definition("lbk-gebieden.toml")

    assert scheme.title_4_2 == "by_analogy"
    assert (scheme.amount.percentage, scheme.amount.at_most_own_share, scheme.amount.per_applicant) == (D(50), True, "once")
    assert scheme.needs_least == 3
    assert scheme.ceilings[0].is_demo is False
    assert scheme.question("akkoord_datum").latest == date(2026, 10, 31)


def test_there_is_one_scheme_outside_the_bundle_and_it_is_marked() -> None:
    outside = [definition(name) for name in FILES if name not in BUNDLE]

    assert [(scheme.bundle, scheme.subsidy_form, scheme.is_demo) for scheme in outside] == [("CULTUUR", "structureel", True)]
    assert "[DEMO]" in outside[0].title


def every_answer(question: Question) -> list[object]:
    return [option.value for option in question.options] + ["ja", "nee", ["veiligheid"]]


def test_a_resident_fills_in_at_most_twenty_five_fields() -> None:
    """All questions of the form at once, with name, address, telephone, e-mail and one row of costs counted in full."""
    scheme = definition()
    most = {question.key: "ja" for question in scheme.questions}
    of_the_applicant = 4
    row_of_costs = 2

    assert len(scheme.questions) <= 20
    assert len(visible_questions(scheme.questions, most)) + of_the_applicant + row_of_costs <= 25


@pytest.mark.parametrize("name", FILES)
def test_each_conditional_question_can_be_reached(name: str) -> None:
    scheme = definition(name)
    for form in (scheme, scheme.report):
        questions = {question.key: question for question in form.questions}
        for question in form.questions:
            if question.condition:
                asked = questions[question.condition.question]
                reached = [answer for answer in every_answer(asked) if question in visible_questions(form.questions, {asked.key: answer})]
                assert reached, question.key


@pytest.mark.parametrize("name", BUNDLE)
def test_no_article_of_the_province_is_made_up(name: str) -> None:
    scheme = definition(name)
    sources = [obligation.source for obligation in scheme.obligations]
    sources += [ground.article for ground in scheme.refusal_grounds]
    sources += [arrangement.basis for arrangement in scheme.arrangements]
    sources += [scheme.distribution.basis, scheme.retention.basis, *(ceiling.publication for ceiling in scheme.ceilings)]
    sources += [getattr(scheme.terms.basis, field) for field in type(scheme.terms.basis).__dataclass_fields__]

    for source in sources:
        assert "Awb" in source or "[CFG]" in source or "[DEMO]" in source, source
        if PROVINCIAL.search(source):
            assert "[CFG]" in source or "[DEMO]" in source, source


@pytest.mark.parametrize("name", FILES)
def test_what_a_letter_prints_is_filled_in(name: str) -> None:
    for path, text in printed_texts(definition(name)):
        assert not is_placeholder(text), path


@pytest.mark.parametrize("name", BUNDLE)
def test_values_that_are_not_confirmed_are_marked(name: str) -> None:
    scheme = definition(name)

    for path in ("contact", "terms.decision_weeks", "arrangements", "retention", "obligations", "refusal_grounds", "distribution"):
        assert scheme.mark_of(path), path
    for ceiling in scheme.ceilings:
        assert bool(scheme.mark_of(f"ceilings[{ceiling.code}].amount")) is ceiling.is_demo


@pytest.mark.parametrize("name", FILES)
def test_texts_for_people_are_short_sentences(name: str) -> None:
    """Plain Dutch: no sentence over 25 words in what an applicant reads."""
    scheme = definition(name)
    texts = [scheme.summary, scheme.intro, *(text for check in scheme.quick_check for text in (check.text, check.otherwise, *(option.otherwise for option in check.options)))]
    for form in (scheme, scheme.report):
        texts += [text for question in form.questions for text in (question.label, question.help, question.purpose)]
    texts += [obligation.text for obligation in scheme.obligations] + [text.text for text in scheme.letters]

    long = [s for text in texts for s in re.split(r"(?<=[.?!])\s+", text) if len(s.split()) > 25]

    assert long == []


@pytest.mark.parametrize("name", FILES)
def test_dutch_texts_have_no_stray_spaces_or_markup(name: str) -> None:
    assert "\t" not in text_of(name)
    assert not re.search(r"<[a-z]+>|\*\*|https?://", text_of(name))
