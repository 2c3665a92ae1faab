"""The lists that cases are counted by."""

from __future__ import annotations

import re

from grants.schemes.reference import areas, goals, municipalities, needs, neighbourhoods, themes


def test_limburg_has_thirty_one_municipalities_with_cbs_codes() -> None:
    rows = municipalities()

    assert len(rows) == len({row.code for row in rows}) == len({row.name for row in rows}) == 31
    assert all(re.fullmatch(r"GM\d{4}", row.code) for row in rows)
    assert {row.name: row.code for row in rows}["Bergen (L.)"] == "GM0893"
    assert {row.name: row.code for row in rows}["Peel en Maas"] == "GM1894"
    assert {row.corop for row in rows} == {"Noord-Limburg", "Midden-Limburg", "Zuid-Limburg"}
    assert all(row.valid_to is None or row.valid_from <= row.valid_to for row in rows)


def test_eight_area_approaches_lie_in_eight_municipalities() -> None:
    known = {row.code for row in municipalities()}

    assert len(areas()) == 8
    assert {row.municipality for row in areas()} == {"GM0889", "GM0917", "GM0928", "GM0935", "GM0957", "GM1883", "GM0981", "GM0983"} <= known


def test_the_areas_name_nine_or_ten_places_without_invented_codes() -> None:
    assert {row.area for row in neighbourhoods()} == {row.code for row in areas()}
    assert len(neighbourhoods()) in (9, 10)
    assert {row.cbs_code for row in neighbourhoods()} == {""}


def test_five_social_goals_in_the_order_of_the_policy_frame() -> None:
    social = [row for row in goals() if row.kind == "social"]

    assert [(row.code, row.policy_id) for row in social] == [
        ("S1", "G1_poverty_literacy"),
        ("S2", "G2_youth"),
        ("S3", "G3_cohesion"),
        ("S4", "G4_health_sport"),
        ("S5", "G5_livable_safe"),
    ]
    assert not any(row.is_demo for row in social)


def test_physical_goals_are_marked_as_demo() -> None:
    physical = [row for row in goals() if row.kind == "physical"]

    assert [row.code for row in physical] == ["F1", "F2"]
    assert all(row.is_demo and row.label.startswith("[DEMO]") for row in physical)


def test_needs_and_themes_are_other_lists_than_goals() -> None:
    assert [row.label for row in needs()] == [
        "veiligheid",
        "gezondheid",
        "welzijn",
        "positieve sociale relaties",
        "kansen",
        "contact met de natuurlijke omgeving",
    ]
    assert [row.label for row in themes()] == ["veiligheid", "gezondheid", "leren", "werken", "wonen"]
