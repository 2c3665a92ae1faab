"""Plain text and HTML say the same, and nobody can write HTML into a letter."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from letters.content import Facts, Items, Link, Paragraph, Table
from letters.rendering.html import render_html
from letters.rendering.order import item_label, reading_order
from letters.rendering.plain import render_text


class _Reader(HTMLParser):
    """What a browser would show, and which tags it met."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data.split()


def read_html(letter):
    reader = _Reader()
    reader.feed(render_html(letter))
    return reader


def words_without_list_labels(letter):
    """The plain words; a browser makes the numbers of a list itself."""
    text = render_text(letter)
    for part in reading_order(letter):
        if isinstance(part, Items):
            for number, item in enumerate(part.items, 1):
                text = text.replace(f"{item_label(part, number)} {item}", item, 1)
    return text.split()


def test_html_and_plain_text_have_the_same_words_in_the_same_order(letter, long_letter):
    for each in (letter, long_letter):
        assert read_html(each).words == words_without_list_labels(each)


def test_plain_text_reads_from_sender_to_attachments(letter):
    text = render_text(letter)
    order = [
        "Provincie Limburg",
        "Stichting Buurtdemo Heer",
        "SUB-2025-000123",
        "Besluit op uw aanvraag",
        "Geacht bestuur,",
        "€ 12.500,00",
        "1. U voert",
        "Namens Gedeputeerde Staten",
        "Mandaatbesluit",
        "Bijlagen",
    ]

    places = [text.index(words) for words in order]

    assert places == sorted(places)


def test_plain_table_has_amounts_under_each_other(letter):
    lines = [line for line in render_text(letter).splitlines() if line.startswith(("Grondwerk", "Totaal"))]

    assert len({len(line) for line in lines}) == 1


def test_html_has_one_h1_and_cells_that_say_what_they_head(letter):
    tags = read_html(letter).tags

    assert [tag for tag, _ in tags].count("h1") == 1
    scopes = [attrs.get("scope") for tag, attrs in tags if tag == "th"]
    assert scopes == ["col"] * 3 + ["row"] * 4 + ["row"] * 3
    assert ("article", {"class": "letter", "lang": "nl-NL"}) in tags


def test_typed_markup_is_shown_as_typed(make_letter):
    attack = "<script>alert(\"x\")</script> & 'co'"
    letter = make_letter(
        subject=attack,
        addressee=(attack,),
        body=(
            Paragraph(attack),
            Items((attack,)),
            Table(attack, (attack,), ((attack,),)),
            Facts(((attack, attack),)),
        ),
    )

    reader = read_html(letter)

    assert "script" not in [tag for tag, _ in reader.tags]
    assert " ".join(reader.words).count(" ".join(attack.split())) == 9


def test_a_link_leads_to_its_address_and_keeps_the_text_whole(make_letter):
    link = Link("het portaal", "https://portaal.example/?a=1&b=2")
    letter = make_letter(body=(Paragraph("Ga naar het portaal en log in.", links=(link,)),))

    html = render_html(letter)

    assert '<p>Ga naar <a href="https://portaal.example/?a=1&amp;b=2">het portaal</a> en log in.</p>' in html


def test_empty_optional_parts_leave_no_trace(make_letter):
    letter = make_letter(
        body=(
            Paragraph(""),
            Items(("",)),
            Table("Leeg", ("a",), ()),
            Facts((("naam", ""),)),
            Paragraph("Dit blijft."),
        ),
        attachments=("",),
        representative=("",),
    )

    text = render_text(letter)

    assert "Dit blijft." in text
    assert not [word for word in ("Leeg", "naam", "Bijlage", "Gemachtigde") if word in text]


def test_one_attachment_is_called_bijlage(letter):
    assert "\n\nBijlage\n\n1. Begroting\n" in render_text(replace(letter, attachments=("Begroting",)))


def test_the_representative_is_named_as_such(letter):
    text = render_text(replace(letter, representative=("mr. Demo", "Straat 1")))

    assert "Gemachtigde  mr. Demo\nStraat 1" in text


def test_html_below_a_heading_of_its_page_has_no_h1_and_the_same_words(letter):
    whole, deeper = read_html(letter), _Reader()
    deeper.feed(render_html(letter, deeper=2))

    tags = [tag for tag, _ in deeper.tags]
    assert "h1" not in tags and "h2" not in tags and tags.count("h3") == 1
    assert deeper.words == whole.words
