"""Every kind has a text: it is fit for publication in every situation, and its example is a whole letter that can be printed."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from letters.kinds import KINDS, missing_elements
from letters.rendering.plain import render_text
from letters.texts.checking import gaps
from letters.texts.samples import sample_letter, sample_values
from letters.texts.shipped import shipped
from letters.texts.template import Form
from letters.texts.vocabulary import topics
from tests.letters.test_pdf_tags import Reading


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_text_of_every_kind_could_be_published(kind):
    assert gaps(shipped(kind).template, shipped(kind).vocabulary) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_every_kind_has_all_that_it_must_have(kind):
    letter = sample_letter(kind)
    assert missing_elements(letter) == () and letter.subject
    assert "{" not in render_text(letter)


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_stands_above_something_of_its_own_in_every_situation_of_its_parts(kind):
    """What follows a heading up to the next one is there whenever the heading is: else the words of another part would stand below it."""
    text = shipped(kind)
    parts = [part for part in text.template.parts if part.form != Form.SUBJECT]
    places = [place for place, part in enumerate(parts) if part.form == Form.HEADING]
    for place in places:
        below = parts[place + 1 : next((later for later in places if later > place), len(parts))]
        conditions = {name for part in (parts[place], *below) for name in part.conditions}
        for true in text.vocabulary.situations(conditions):
            if parts[place].holds(true):
                assert any(part.holds(true) for part in below), (parts[place].name, sorted(true & conditions))


def test_the_vocabulary_explains_and_exemplifies_everything_and_its_conditions_exist():
    used = {name for kind in KINDS for name in shipped(kind).topics}
    assert used == set(topics())
    for name in KINDS:
        vocabulary = shipped(name).vocabulary
        for found in (*vocabulary.facts.values(), *vocabulary.blocks.values()):
            assert found.explanation and found.sample and (not found.only_if or found.only_if.removeprefix("not ") in vocabulary.conditions)
        for rule in vocabulary.rules:
            assert rule.conditions <= set(vocabulary.conditions), (name, rule)
        example = sample_values(vocabulary).conditions
        assert all(rule.allows(example) for rule in vocabulary.rules), name


def test_render_samples_writes_one_pdf_of_each_kind(tmp_path):
    told = io.StringIO()
    call_command("render_samples", str(tmp_path / "brieven"), stderr=told)
    assert sorted(path.name for path in (tmp_path / "brieven").iterdir()) == sorted(f"{kind}.pdf" for kind in KINDS)
    assert f"{len(KINDS)} soorten brieven" in told.getvalue() and "0 met een fout" in told.getvalue()
    assert "ten hoogste €\u00a012.500,00" in Reading((tmp_path / "brieven" / "L08.pdf").read_bytes()).root.text


def test_render_samples_says_which_kind_is_not_whole(tmp_path, monkeypatch):
    from letters.management.commands import render_samples

    monkeypatch.setattr(render_samples, "missing_elements", lambda letter: ("motivering",) if letter.kind == "L10" else ())
    told = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("render_samples", str(tmp_path), stderr=told)
    assert stopped.value.code == 1 and "L10: in deze brief ontbreekt motivering." in told.getvalue()


def test_render_samples_that_cannot_write_says_so_and_stops(tmp_path):
    (tmp_path / "vol").write_text("geen map")
    told = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("render_samples", str(tmp_path / "vol"), stderr=told)
    assert stopped.value.code == 2 and "kunnen niet worden geschreven" in told.getvalue()
