"""A ReportLab canvas that says what everything on the page is.

ReportLab 5.1 writes no structure tree. This layer does: content is drawn between `begin(tag)` and `end()`, or
as an artifact when it is no part of the text (rules, footers, repeated headers). At the end the tree goes
into the file, with its way back from the pages, links and bookmarks (PDF 32000-1, 14.7 and 14.8).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from letters.pdf.objects import RawObject, reference_text, stream, text_string

PAGINATION = "/Type/Pagination"
LAYOUT = "/Type/Layout"


class Tag:
    """An element of the structure tree. Its kids are other tags, pieces of marked content, and
    annotations."""

    __slots__ = ("attributes", "kids", "parent", "reference", "role")

    def __init__(self, role: str, parent: Tag | None = None, attributes: str = "") -> None:
        self.role = role
        self.parent = parent
        self.attributes = attributes
        self.kids: list[Tag | _Content | _Annotation] = []
        self.reference = ""
        if parent is not None:
            parent.kids.append(self)


@dataclass(slots=True)
class _Content:
    """A piece of marked content: the sheet it is on and its number there."""

    sheet: int
    number: int


@dataclass(slots=True)
class _Annotation:
    """A link on a sheet. `key` is its place in the parent tree."""

    sheet: int
    area: tuple[float, float, float, float]
    address: str
    contents: str
    tag: Tag
    key: int = 0
    reference: str = ""


@dataclass(slots=True)
class _Bookmark:
    title: str
    level: int
    sheet: int
    top: float


@dataclass(slots=True)
class _Sheet:
    """A page that is being made: its operators and the tag of each piece of marked content."""

    code: list[str] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)


class _Page(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page dictionary with the entries for tagging."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")

    def check_format(self, document: pdfdoc.PDFDocument) -> None:
        """Nothing to add: every entry is set by `TaggedCanvas`."""
        self.Parent = document.Reference(document.Pages)


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that gathers sheets and tags; `finish` writes them into the document."""

    def __init__(self, page_size: tuple[float, float], language: str) -> None:
        super().__init__(
            "", pagesize=page_size, invariant=1, pdfVersion=(1, 7), lang=language, pageCompression=1
        )
        self.root = Tag("Document")
        self.sheets: list[_Sheet] = []
        self._annotations: list[_Annotation] = []
        self._bookmarks: list[_Bookmark] = []
        self._open = False
        self.new_sheet()

    def _make_preamble(self) -> None:
        # ReportLab opens each page by choosing a standard font, which is not embedded: PDF/A forbids that.
        self._preamble = ""

    @property
    def document(self) -> pdfdoc.PDFDocument:
        """ReportLab's document, to which objects are added."""
        return self._doc

    def new_sheet(self) -> None:
        """Start the next page."""
        self._expect_closed()
        self.sheets.append(_Sheet())
        self.go_to(len(self.sheets) - 1)

    def go_to(self, number: int) -> None:
        """Draw on an earlier page again (page numbers can only be drawn when all pages are known)."""
        self._expect_closed()
        self._sheet_number = number
        self._code = self.sheets[number].code

    def begin(self, tag: Tag) -> None:
        """What is drawn until `end` belongs to the tag."""
        self._expect_closed()
        self._open = True
        tags = self.sheets[self._sheet_number].tags
        tag.kids.append(_Content(self._sheet_number, len(tags)))
        self._code.append(f"/{tag.role}<</MCID {len(tags)}>>BDC")
        tags.append(tag)

    def begin_artifact(self, properties: str = LAYOUT) -> None:
        """What is drawn until `end` is no part of the text."""
        self._expect_closed()
        self._open = True
        self._code.append(f"/Artifact<<{properties}>>BDC")

    def end(self) -> None:
        """Close what `begin` or `begin_artifact` opened."""
        self._open = False
        self._code.append("EMC")

    def operators(self, code: str) -> None:
        """Add operators to the page as they are."""
        self._code.append(code)

    def behind(self, code: str) -> None:
        """Draw an artifact below everything that stands on the page already."""
        self._expect_closed()
        self._code.insert(0, f"/Artifact<<{PAGINATION}/Subtype/Watermark>>BDC {code} EMC")

    def add_link(
        self, tag: Tag, area: tuple[float, float, float, float], address: str, contents: str
    ) -> None:
        """Make an area of this page lead to an address; `tag` is the Link element that it belongs to."""
        annotation = _Annotation(self._sheet_number, area, address, contents, tag)
        tag.kids.append(annotation)
        self._annotations.append(annotation)

    def add_bookmark(self, title: str, level: int, top: float) -> None:
        """Add an entry to the outline; level 0 is the outermost."""
        self._bookmarks.append(_Bookmark(title, level, self._sheet_number, top))

    def _expect_closed(self) -> None:
        if self._open:
            raise RuntimeError("marked content does not nest")

    def finish(self, fonts: Callable[[pdfdoc.PDFDocument], str]) -> None:
        """Write pages, tree, links and bookmarks. `fonts` adds the fonts and returns their resources."""
        self._expect_closed()
        document = self._doc
        resources = f"<</Font {fonts(document)}/ProcSet[/PDF/Text]>>"
        shared = reference_text(document, RawObject(resources.encode()))
        pages = [self._add_page(number, shared) for number in range(len(self.sheets))]
        self._add_annotations(pages)
        self._add_tree(pages)
        self._add_outline(pages)

    def _add_page(self, number: int, resources: str) -> str:
        document, page = self._doc, _Page()
        content = "\n".join(self.sheets[number].code).encode("ascii")
        width, height = self._pagesize
        page.MediaBox = pdfdoc.PDFArray([0, 0, width, height])
        page.Contents = document.Reference(stream("", content))
        page.Resources = RawObject(resources.encode())
        page.StructParents = number
        page.Tabs = pdfdoc.PDFName("S")
        document.addPage(page)
        return reference_text(document, page)

    def _add_annotations(self, pages: list[str]) -> None:
        document = self._doc
        on_page: dict[int, list[str]] = {}
        for key, annotation in enumerate(self._annotations, len(pages)):
            annotation.key = key
            area = " ".join(f"{value:.2f}" for value in annotation.area)
            raw = RawObject(
                f"<</Type/Annot/Subtype/Link/Rect[{area}]/Border[0 0 0]/F 4/StructParent {key}"
                f"/P {pages[annotation.sheet]}/Contents{text_string(annotation.contents)}"
                f"/A<</S/URI/URI{text_string(annotation.address)}>>>>".encode()
            )
            annotation.reference = reference_text(document, raw)
            on_page.setdefault(annotation.sheet, []).append(annotation.reference)
        for number, references in on_page.items():
            document.Pages.pages[number].Annots = RawObject(f"[{' '.join(references)}]".encode())

    def _add_tree(self, pages: list[str]) -> None:
        document = self._doc
        root = RawObject(b"")
        root_reference = reference_text(document, root)
        elements: list[tuple[Tag, RawObject]] = []
        waiting = [self.root]
        while waiting:
            tag = waiting.pop()
            raw = RawObject(b"")
            tag.reference = reference_text(document, raw)
            elements.append((tag, raw))
            waiting += [kid for kid in reversed(tag.kids) if isinstance(kid, Tag)]
        for tag, raw in elements:
            raw.content = _element(tag, root_reference, pages)
        numbers = []
        for number, sheet in enumerate(self.sheets):
            tags = RawObject(f"[{' '.join(tag.reference for tag in sheet.tags)}]".encode())
            numbers.append(f"{number} {reference_text(document, tags)}")
        numbers += [f"{each.key} {each.tag.reference}" for each in self._annotations]
        parents = reference_text(document, RawObject(f"<</Nums[{' '.join(numbers)}]>>".encode()))
        root.content = (
            f"<</Type/StructTreeRoot/K {self.root.reference}/ParentTree {parents}"
            f"/ParentTreeNextKey {len(numbers)}>>".encode()
        )
        document.Catalog.StructTreeRoot = document.Reference(root)
        document.Catalog.MarkInfo = RawObject(b"<</Marked true>>")

    def _add_outline(self, pages: list[str]) -> None:
        document = self._doc
        if not self._bookmarks:
            document.Catalog.Outlines = None
            return
        outline = RawObject(b"")
        outline_reference = reference_text(document, outline)
        raws = [RawObject(b"") for _ in self._bookmarks]
        references = [reference_text(document, raw) for raw in raws]
        parents, kids = _outline_tree([bookmark.level for bookmark in self._bookmarks])
        for place, (bookmark, raw) in enumerate(zip(self._bookmarks, raws, strict=True)):
            parent = parents[place]
            siblings = kids[parent]
            at = siblings.index(place)
            entries = [
                f"/Title{text_string(bookmark.title)}",
                f"/Parent {outline_reference if parent is None else references[parent]}",
                f"/Dest[{pages[bookmark.sheet]}/XYZ null {bookmark.top:.2f} null]",
            ]
            if at:
                entries.append(f"/Prev {references[siblings[at - 1]]}")
            if at + 1 < len(siblings):
                entries.append(f"/Next {references[siblings[at + 1]]}")
            entries.append(_family(place, kids, references))
            raw.content = f"<<{''.join(entries)}>>".encode()
        outline.content = f"<</Type/Outlines{_family(None, kids, references)}>>".encode()
        document.Catalog.Outlines = document.Reference(outline)
        # ReportLab's own outline object would be made ready when the file is written: give it none.
        document.Outlines = _NoOutline()


class _NoOutline:
    """Stands where ReportLab prepares its own outline, which is not used."""

    ready = 1

    def prepare(self, *_: Any) -> None:
        """Nothing to prepare."""


def _element(tag: Tag, root: str, pages: list[str]) -> bytes:
    """The dictionary of one structure element."""
    first = next((kid.sheet for kid in tag.kids if isinstance(kid, _Content)), None)
    kids = []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            kids.append(kid.reference)
        elif isinstance(kid, _Annotation):
            kids.append(f"<</Type/OBJR/Pg {pages[kid.sheet]}/Obj {kid.reference}>>")
        elif kid.sheet == first:
            kids.append(str(kid.number))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid.sheet]}/MCID {kid.number}>>")
    parent = tag.parent.reference if tag.parent else root
    page = f"/Pg {pages[first]}" if first is not None else ""
    content = f"/K[{' '.join(kids)}]" if kids else ""
    attributes = f"/A<<{tag.attributes}>>" if tag.attributes else ""
    return f"<</S/{tag.role}/P {parent}{page}{attributes}{content}>>".encode()


def _outline_tree(levels: list[int]) -> tuple[list[int | None], dict[int | None, list[int]]]:
    """For each entry its parent, and for each parent (None at the top) its entries."""
    parents: list[int | None] = []
    kids: dict[int | None, list[int]] = {None: []}
    path: list[int] = []
    for place, level in enumerate(levels):
        del path[level:]
        parent = path[-1] if path else None
        parents.append(parent)
        kids.setdefault(parent, []).append(place)
        path.append(place)
    return parents, kids


def _family(place: int | None, kids: dict[int | None, list[int]], references: list[str]) -> str:
    """First and last entry under one entry, and how many there are in all; every entry is open."""
    own = kids.get(place)
    if not own:
        return ""
    return f"/First {references[own[0]]}/Last {references[own[-1]]}/Count {_descendants(place, kids)}"


def _descendants(place: int | None, kids: dict[int | None, list[int]]) -> int:
    return sum(1 + _descendants(kid, kids) for kid in kids.get(place, []))
