"""Writes a document as the bytes of a Word file.

The bytes depend on the document alone: parts stand in a fixed order, have no time of their own, and
numbers are given in the order of print.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkit.languages.catalogue import messages
from govkit.rendering.document import Document, Front
from govkit.rendering.headings import headings
from govkit.rendering.phrases import DASH
from govkit.rendering.word.body import Body
from govkit.rendering.word.comments import Comments
from govkit.rendering.word.marks import Marks, alias_of
from govkit.rendering.word.numbering import Numbering
from govkit.rendering.word.package import Relation, core_relation, office, packed
from govkit.rendering.word.properties import (
    MARKS_RELATION,
    app_part,
    core_part,
    custom_part,
    marks_part,
    marks_properties_part,
)
from govkit.rendering.word.prose import ProseWriter
from govkit.rendering.word.runs import Runs
from govkit.rendering.word.styles import CLAUSE_LEVELS, styles_part
from govkit.rendering.word.theme import fonts_part, theme_part
from govkit.rendering.word.xml import DECLARATION, NAMES, Element, Par, field_of, run, said, xml_of

_PAGE = (11906, 16838)
_MARGIN = 1418
_WIDTH = _PAGE[0] - 2 * _MARGIN
_IN_CONTENTS = 3
"""Levels of headings that the contents list."""
_DOTS = " \u00b7 "


def as_docx(document: Document) -> bytes:
    """Return the document as a Word file."""
    writer = _Writer(document)
    return writer.file()


class _Writer:
    def __init__(self, document: Document) -> None:
        front = document.front
        author = f'w:author="{said(front.author or front.issuer or "govkit")}"'
        if front.day:
            author += f' w:date="{front.day}T00:00:00Z"'
        self.document = document
        self.marks = Marks()
        numbers = frozenset(each.section.number for each in headings(document))
        self.runs = Runs(front.language, self.marks, numbers - {""}, author)
        self.numbering = Numbering()
        self.comments = Comments(self.runs, self.marks, author)
        prose = ProseWriter(self.runs, self.marks, self.numbering)
        self.body = Body(prose, self.comments, _WIDTH)

    def file(self) -> bytes:
        document = self.document
        main = self._main()
        parts = {
            "word/document.xml": main,
            "word/styles.xml": styles_part(
                document.front.language, _WIDTH, right_to_left=self.runs.right_to_left
            ),
            "word/numbering.xml": self.numbering.part(CLAUSE_LEVELS, DASH),
            "word/settings.xml": _settings(),
            "word/fontTable.xml": fonts_part(),
            "word/theme/theme1.xml": theme_part(),
            "word/header1.xml": self._header(),
            "word/footer1.xml": self._footer(),
            "word/comments.xml": self.comments.part(),
            "customXml/item1.xml": marks_part(self.marks),
            "customXml/itemProps1.xml": marks_properties_part(),
            "docProps/core.xml": core_part(document),
            "docProps/app.xml": app_part(),
            "docProps/custom.xml": custom_part(document),
        }
        kept = {name: text for name, text in parts.items() if text}
        return packed(kept, self._relations("word/comments.xml" in kept))

    def _relations(self, has_comments: bool) -> dict[str, tuple[Relation, ...]]:
        inside = [
            office("styles", "styles", "styles.xml"),
            office("numbering", "numbering", "numbering.xml"),
            office("settings", "settings", "settings.xml"),
            office("fonts", "fontTable", "fontTable.xml"),
            office("theme", "theme", "theme/theme1.xml"),
            office("header", "header", "header1.xml"),
            office("footer", "footer", "footer1.xml"),
            office("marks", "customXml", "../customXml/item1.xml"),
        ]
        if has_comments:
            inside.append(office("comments", "comments", "comments.xml"))
        inside += [
            office(id, "hyperlink", address, leads_out=True)
            for address, id in self.runs.addresses.items()
        ]
        return {
            "": (
                office("document", "officeDocument", "word/document.xml"),
                core_relation("core"),
                office("app", "extended-properties", "docProps/app.xml"),
                office("custom", "custom-properties", "docProps/custom.xml"),
            ),
            "word/document.xml": tuple(inside),
            "customXml/item1.xml": (Relation("properties", MARKS_RELATION, "itemProps1.xml"),),
        }

    # --- the body -------------------------------------------------------------------------------

    def _main(self) -> str:
        elements: list[Element] = [*self._head(), *self._contents()]
        for section in self.document.sections:
            elements += self.body.section(section, 1)
        direction = "<w:bidi/>" if self.runs.right_to_left else ""
        page = (
            '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
            '<w:footerReference w:type="default" r:id="footer"/>'
            f'<w:pgSz w:w="{_PAGE[0]}" w:h="{_PAGE[1]}"/><w:pgMar w:top="{_MARGIN}" '
            f'w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="709" '
            f'w:footer="709" w:gutter="0"/>{direction}</w:sectPr>'
        )
        return (
            f"{DECLARATION}<w:document {NAMES}><w:body>{xml_of(elements)}{page}</w:body>"
            "</w:document>"
        )

    def _head(self) -> Iterator[Element]:
        front = self.document.front
        if front.issuer:
            yield Par("Issuer", self.runs.words(front.issuer))
        title = Par("Title", self._title(front))
        title.around(*self.marks.bookmark(self.marks.name("_a_", front.anchor)))
        yield title
        if front.notice:
            draft = run(f"{front.draft} ", "Strong") if front.draft else ""
            yield Par("Notice", draft + self.runs.words(front.notice))
        if front.selection:
            yield Par("Notice", self.runs.words(front.selection))
        yield from self.body.facts(front.facts)

    def _title(self, front: Front) -> str:
        """Return the title, its words in the control of the record that it is of."""
        number, words = "", front.title
        if words.startswith(f"{front.id} "):
            number, words = f"{front.id} ", words.removeprefix(f"{front.id} ")
        marked = self.marks.inside(front.field, alias_of(front.field), self.runs.words(words))
        return self.runs.words(number) + marked

    def _contents(self) -> Iterator[Element]:
        """Yield the contents: a field that lists the headings, filled; its pages are fields too."""
        front = self.document.front
        shown = [each for each in headings(self.document) if each.level <= _IN_CONTENTS]
        if not front.contents or not shown:
            return
        yield Par("TOCHeading", self.runs.words(front.contents))
        instruction = f'TOC \\o "1-{_IN_CONTENTS}" \\h \\z \\u'
        for at, heading in enumerate(shown):
            section = heading.section
            name = self.marks.name("_Toc_", section.anchor)
            line = " ".join(filter(None, (section.number, section.title)))
            page = field_of(f"PAGEREF {name} \\h", "")
            inner = f"{self.runs.words(line)}<w:r><w:tab/></w:r>{page}"
            row = Par(
                f"TOC{heading.level}", f'<w:hyperlink w:anchor="{name}">{inner}</w:hyperlink>'
            )
            if at == 0:
                row.around(
                    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
                    f'<w:instrText xml:space="preserve"> {said(instruction)} </w:instrText></w:r>'
                    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                    "",
                )
            yield row
        # Inside the field: it goes as soon as the contents are computed anew.
        note = Par("ContentsNote", self.runs.words(messages(front.language)["book.contents-pages"]))
        note.around("", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        yield note

    # --- the edges of a page ----------------------------------------------------------------------

    def _header(self) -> str:
        front = self.document.front
        edition = _DOTS.join(filter(None, (front.symbol, front.status, front.edition)))
        words = f"{self.runs.words(front.title)}<w:r><w:tab/></w:r>{self.runs.words(edition)}"
        return f"{DECLARATION}<w:hdr {NAMES}>{Par('Header', words).xml()}</w:hdr>"

    def _footer(self) -> str:
        front = self.document.front
        of = run(f" {front.of or '/'} ")
        pages = f"{field_of('PAGE', '1')}{of}{field_of('NUMPAGES', '1')}"
        words = f"{self.runs.words(front.issuer)}<w:r><w:tab/></w:r>{pages}"
        return f"{DECLARATION}<w:ftr {NAMES}>{Par('Footer', words).xml()}</w:ftr>"


def _settings() -> str:
    return (
        f"{DECLARATION}<w:settings {NAMES}><w:compat>"
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )
