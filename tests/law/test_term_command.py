"""The command that computes a term."""

import json

import pytest

from grants.law.term_command import run


def test_json_holds_the_dates_and_each_step_with_its_article() -> None:
    code, out, err = run(["DECISION_8W_AWB", "2026-03-02", "--completion", "2026-03-09:2026-03-23", "--format", "json"])
    answer = json.loads(out)

    assert (code, err) == (0, "")
    assert (answer["raw_end"], answer["last_day"], answer["suspended_days"]) == (
        "2026-05-10",
        "2026-05-11",
        13,
    )
    assert all(set(step) == {"step", "article", "date"} for step in answer["explanation"])
    assert answer["explanation"][2]["article"] == "artikel 4:15, eerste lid, onder a, Awb"


def test_options_repeat_and_both_ends_of_an_agreed_delay_count() -> None:
    arguments = ["DECISION_13W_ASV", "2025-09-01", "--format", "json"]
    arguments += ["--completion", "2025-09-08:2025-09-19", "--completion", "2025-10-06:2025-10-20"]

    two = json.loads(run(arguments)[1])
    three = json.loads(run([*arguments, "--agreed", "2025-11-03:2025-11-03"])[1])
    four = json.loads(run([*arguments, "--suspend", "bibob:2025-11-03:2025-11-04"])[1])

    assert (two["last_day"], two["suspended_days"]) == ("2025-12-24", 23)
    assert (three["last_day"], four["last_day"]) == ("2025-12-25", "2025-12-26")


def test_text_tells_the_same_in_lines() -> None:
    code, out, _ = run(["OBJECTION_6W", "2025-03-07"])

    assert code == 0
    assert "22 april 2025" in out.splitlines()[0]
    assert any("Goede Vrijdag" in line for line in out.splitlines())


def test_the_weeks_of_an_ordinance_can_be_given() -> None:
    assert json.loads(run(["REPORT_DUE", "2025-03-03", "--weeks", "2", "--format", "json"])[1])["last_day"] == ("2025-03-17")


def test_months_extension_and_a_new_term_can_be_given() -> None:
    months = json.loads(run(["REPORT_DUE", "2025-03-31", "--months", "3", "--format", "json"])[1])
    longer = json.loads(run(["DECISION_8W_ASV", "2025-03-03", "--extension", "2025-04-28:4", "--format", "json"])[1])
    named = json.loads(run(["DECISION_8W_AWB", "2025-03-03", "--new-term", "2025-04-28:2025-06-02", "--format", "json"])[1])

    assert (months["last_day"], longer["last_day"], named["last_day"]) == ("2025-06-30", "2025-05-26", "2025-06-02")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "RULE"),
        (["OBJECTION_6W"], "START"),
        (["NOPE", "2025-03-07"], "geen termijn met de naam NOPE"),
        (["OBJECTION_6W", "07-03-2025"], "jjjj-mm-dd"),
        (["OBJECTION_6W", "20250307"], "jjjj-mm-dd"),
        (["OBJECTION_6W", "2025-02-30"], "jjjj-mm-dd"),
        (["OBJECTION_6W", "2025-03-07", "--weeks", "7"], "staat vast"),
        (["OBJECTION_6W", "2025-03-07", "--agreed", "2025-03-10:2025-03-11"], "niet worden opgeschort"),
        (["DECISION_8W_AWB", "2025-03-07", "--agreed", "2025-03-10"], "twee dagen"),
        (["DECISION_8W_AWB", "2025-03-07", "--agreed", "2025-03-10:2025-03-09"], "niet eindigen"),
        (["DECISION_8W_AWB", "2025-03-07", "--completion", "2025-03-10:2025-03-09"], "aanvulling"),
        (["DECISION_8W_AWB", "2025-03-07", "--suspend", "zin:2025-03-10:2025-03-11"], "soort opschorting"),
        (["DECISION_8W_AWB", "2025-03-07", "--suspend", "bibob:2025-03-10:2025-03-09"], "niet eindigen"),
        (["DECISION_8W_ASV", "2025-03-07", "--extension", "2025-03-10:vier"], "aantal weken"),
        (["DECISION_8W_ASV", "2025-03-07", "--extension", "2025-03-10:0"], "ten minste één week"),
        (["DECISION_8W_ASV", "2025-03-07", "--new-term", "2025-03-10:2025-06-02"], "past dit bericht"),
        (["REPORT_DUE", "2025-03-07", "--weeks", "2", "--months", "1"], "niet allebei"),
        (["DECISION_8W_AWB", "9999-12-30"], "te ver weg"),
        (["DECISION_8W_AWB", "2025-03-07", "--format", "xml"], "xml"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_no_output(arguments: list[str], says: str) -> None:
    code, out, err = run(arguments)

    assert (code, out) == (2, "")
    assert says in err


def test_help_is_text_and_no_failure() -> None:
    code, out, err = run(["--help"])

    assert (code, err) == (0, "")
    assert "--completion" in out
