"""What a screen reader gets: the tag tree read back from the file, with the text of each tag.

veraPDF does not see a heading tagged as a paragraph or a table without table tags; these tests do.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.content import Facts, Heading, Items, Link, Paragraph, Table
from letters.pdf import render_pdf
from letters.pdf.fonts import font_set
from letters.rendering.plain import render_text


@dataclass
class Node:
    """A tag as it was read back: its role, its scope or numbering, and its kids (tags and texts)."""

    role: str
    detail: str = ""
    kids: list[Node | str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else f"{kid.text} " for kid in self.kids)

    @property
    def tags(self) -> list[Node]:
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def outline(self):
        return [self.role + self.detail, *(tag.outline() for tag in self.tags)]

    def find(self, role):
        return [self] * (self.role == role) + [hit for tag in self.tags for hit in tag.find(role)]


class Reading:
    """A PDF as its tags tell it."""

    def __init__(self, data: bytes) -> None:
        self.problems: list[str] = []
        self.artifacts: list[list[str]] = []
        with pikepdf.open(io.BytesIO(data)) as pdf:
            self.pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
            self.contents = [self._page(page) for page in pdf.pages]
            self.root = self._node(pdf.Root.StructTreeRoot.K, None)
            self.links = [
                (int(annotation.StructParent), str(annotation.A.URI), str(annotation.Contents))
                for page in pdf.pages
                for annotation in page.get("/Annots", [])
            ]
            self._check_parents(pdf)
        used = [place for node in self._all(self.root) for place in node.places]
        shown = {(number, mcid) for number, page in enumerate(self.contents) for mcid in page}
        if len(used) != len(set(used)) or set(used) != shown:
            self.problems.append("tree and pages do not hold the same pieces of content")

    def _page(self, page) -> dict[int, str]:
        """Text by marked-content id; text outside every mark is a problem."""
        maps = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
        texts: dict[int, str] = {}
        artifacts: list[str] = []
        open_mark, chars = None, {}
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC":
                    if open_mark is not None:
                        self.problems.append("nested marks")
                    open_mark = "artifact" if str(operands[0]) == "/Artifact" else int(operands[1]["/MCID"])
                    if open_mark == "artifact":
                        artifacts.append("")
                    else:
                        texts[open_mark] = ""
                case "EMC":
                    open_mark = None
                case "Tf":
                    chars = maps[str(operands[0])]
                case "Tj":
                    text = "".join(chars[byte] for byte in bytes(operands[0]))
                    if open_mark is None:
                        self.problems.append(f"text without a tag: {text}")
                    elif open_mark == "artifact":
                        artifacts[-1] += text
                    else:
                        texts[open_mark] += text
                case "f" | "S" | "B" | "re" if open_mark is None:
                    self.problems.append("drawing without a tag")
        self.artifacts.append(artifacts)
        return texts

    def _node(self, element, page) -> Node:
        page = element.get("/Pg", page)
        attributes = element.get("/A", {})
        detail = str(attributes.get("/Scope", attributes.get("/ListNumbering", ""))).replace("/", ":")
        node = Node(str(element.S)[1:], detail)
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
            if isinstance(kid, int):
                self._text(node, page, kid)
            elif kid.get("/Type") == "/MCR":
                self._text(node, kid.Pg, kid.MCID)
            elif kid.get("/Type") == "/OBJR":
                node.kids.append(Node("OBJR"))
            else:
                node.kids.append(self._node(kid, page))
        return node

    def _text(self, node, page, mcid) -> None:
        place = (self.pages[page.objgen], int(mcid))
        node.places.append(place)
        node.kids.append(self.contents[place[0]][place[1]])

    def _all(self, node):
        return [node, *(below for tag in node.tags for below in self._all(tag))]

    def _check_parents(self, pdf) -> None:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for number, page in enumerate(pdf.pages):
            if len(parents[int(page.StructParents)]) != len(self.contents[number]):
                self.problems.append("the parent tree misses content")
            for annotation in page.get("/Annots", []):
                if parents[int(annotation.StructParent)].S != "/Link":
                    self.problems.append("an annotation outside a Link")


def _to_unicode(font) -> dict[int, str]:
    text = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"<([0-9A-F]{2})><([0-9A-F]+)>", text)
    return {
        int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs if len(value) >= 4
    }


def read(letter) -> Reading:
    reading = Reading(render_pdf(letter))
    assert reading.problems == []
    return reading


def test_the_tags_of_a_grant_letter_in_reading_order(letter):
    table = lambda *rows: ["Table", ["Caption"], *rows]  # noqa: E731
    row = lambda cells: ["TR", ["TH:Row"], *[["TD"]] * (cells - 1)]  # noqa: E731
    item = ["LI", ["Lbl"], ["LBody"]]

    assert read(letter).root.outline() == [
        "Document",
        *[["P"]] * 6,  # sender
        ["P"],  # addressee
        *[["P"]] * 5,  # reference
        ["H1"],
        *[["P"]] * 2,
        ["H2"],
        *[["P"]] * 2,
        ["H2"],
        table(["THead", ["TR", *[["TH:Column"]] * 3]], ["TBody", *[row(3)] * 4]),
        table(["TBody", *[row(2)] * 3]),
        ["P"],
        ["H2"],
        ["L:Decimal", item, item, item],
        ["H2"],
        *[["P"]] * 2,
        ["H2"],
        ["P"],
        ["H2"],
        ["P", ["Link", ["OBJR"]]],
        *[["P"]] * 4,  # closing
        ["H2"],
        ["L:Decimal", item, item],
    ]


def test_the_text_in_tag_order_is_the_plain_text(letter, long_letter):
    for each in (letter, long_letter):
        assert read(each).root.text.split() == render_text(each).split()


def test_a_no_break_space_is_still_one_when_it_is_read_back(make_letter):
    letter = make_letter(body=(Paragraph("€\u00a012.500"),))

    assert "€\u00a012.500" in read(letter).root.text


def test_what_runs_over_two_pages_is_still_one_tag(long_letter):
    reading = read(long_letter)

    split = [node.role for node in reading._all(reading.root) if len({page for page, _ in node.places}) > 1]

    assert {"P", "TD"} <= set(split)
    [table] = [node for node in reading.root.find("Table") if "Alle kosten" in node.text]
    assert len(table.find("TR")) == 41
    assert len(table.find("THead")) == 1


def test_the_repeated_header_is_no_part_of_the_text(long_letter):
    reading = read(long_letter)

    assert reading.root.text.count("Omschrijving") == 1
    assert sum("Omschrijving" in artifacts for artifacts in reading.artifacts) == 1


def test_page_numbers_stand_outside_the_text(letter):
    reading = read(letter)

    assert [page[-1] if len(page) else "" for page in reading.artifacts]
    for number, artifacts in enumerate(reading.artifacts, 1):
        assert sum(f"Pagina {number} van 2" in text for text in artifacts) == 1
        assert any("Ons kenmerk DOC-2025-004711" in text for text in artifacts)
    assert "Pagina" not in reading.root.text


def test_a_link_says_where_it_leads(letter):
    reading = read(letter)

    assert [(address, text) for _, address, text in reading.links] == [
        ("https://subsidies.provincie.example/bezwaar", "subsidies.provincie.example")
    ]
    [link] = reading.root.find("Link")
    assert link.text.split() == ["subsidies.provincie.example"]


def test_a_link_over_two_lines_is_one_tag_with_two_areas(make_letter):
    words = "het portaal van de provincie waar u alles over uw eigen aanvraag kunt vinden en lezen"
    body = (Paragraph(f"Ga straks naar {words}.", links=(Link(words, "https://portaal.example"),)),)
    reading = read(make_letter(body=body))

    [link] = reading.root.find("Link")
    assert link.text.split() == words.split()
    assert len(reading.links) == 2


def test_an_unordered_list_has_dots_as_labels(make_letter):
    reading = read(make_letter(body=(Items(("een", "twee")),), attachments=()))

    [items] = reading.root.find("L")
    assert items.detail == ":Disc"
    assert [label.text.strip() for label in items.find("Lbl")] == ["•", "•"]


def test_headings_of_three_levels_are_bookmarks_too(long_letter):
    data = render_pdf(long_letter)
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        [top] = outline.root
        titles = [item.title for item in top.children]
        below = [sub.title for item in top.children for sub in item.children]

    assert top.title == long_letter.subject
    assert titles == [node.text.strip() for node in Reading(data).root.find("H2")]
    assert below == ["Bijzonderheden"]


def test_an_empty_cell_is_still_a_cell(make_letter):
    reading = read(make_letter(body=(Table("", ("a", "b"), (("x", ""), ("", "y"))),)))

    [table] = reading.root.find("Table")
    assert [len(row.tags) for row in table.find("TR")] == [2, 2, 2]


def test_an_emoji_and_a_rare_letter_are_read_back(make_letter):
    text = "boom 🌳, Ελλάδα, Ẁẽ en q\u0303"

    assert text in read(make_letter(body=(Paragraph(text),))).root.text


def test_the_file_says_how_it_wants_to_be_read(letter):
    with pikepdf.open(io.BytesIO(render_pdf(letter))) as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert all(str(page.Tabs) == "/S" for page in pdf.pages)
        assert pdf.pdf_version == "1.7"


_PRINTABLE = st.text(
    st.sampled_from(sorted(set("abc ABC é€ğ-/.,1234567890 Ж Ω 🌳 ()\\") | {"\u00a0"})), max_size=60
)
_BLOCKS = st.one_of(
    st.builds(Paragraph, _PRINTABLE),
    st.builds(Heading, _PRINTABLE, st.just(2)),
    st.builds(Items, st.lists(_PRINTABLE, max_size=5), st.booleans()),
    st.integers(1, 5).flatmap(
        lambda columns: st.builds(
            Table,
            _PRINTABLE,
            st.tuples(*[_PRINTABLE] * columns),
            st.lists(st.tuples(*[_PRINTABLE] * columns), max_size=30),
            st.frozensets(st.integers(0, columns - 1)),
            st.booleans(),
            st.booleans(),
        )
    ),
    st.builds(Facts, st.lists(st.tuples(_PRINTABLE, _PRINTABLE), max_size=4)),
)


@settings(max_examples=40, deadline=None)
@given(body=st.lists(_BLOCKS, max_size=12))
def test_any_letter_reads_back_as_its_plain_text(make_letter, body):
    letter = make_letter(body=tuple(body))

    assert read(letter).root.text.split() == render_text(letter).split()


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_printable_character_is_read_back(make_letter, data):
    known = sorted(character for character in font_set().known if character.isprintable())
    text = "".join(data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=80)))
    letter = make_letter(body=(Paragraph(f"begin {text} eind"),))

    assert read(letter).root.text.split() == render_text(letter).split()


@pytest.mark.parametrize("kind", ["L01", "LBESLUIT"])
def test_the_kind_names_the_file_when_the_subject_is_missing(letter, kind):
    with pikepdf.open(io.BytesIO(render_pdf(replace(letter, kind=kind, subject="")))) as pdf:
        assert str(pdf.docinfo["/Title"]) in ("Ontvangstbevestiging aanvraag", "Besluit")
