"""The edits of a book for tests, made in a Word file that the writer printed, as in Word."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rapidfuzz.distance import Indel

from tests.word_books import Book

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_W}}}"
_BODY = "word/document.xml"
_STRAIGHT = str.maketrans("’‘“”\u00a0", "''\"\" ")
ElementTree.register_namespace("w", _W)


def edited(printed: bytes, book: Book, *, tracked: bool) -> bytes:
    """Return a printed file with the edits of a book made in it; its comments are left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(printed)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _BODY:
                root = ElementTree.fromstring(part)
                _Editing(root, book, tracked).make()
                part = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
            new.writestr(name, part)
    return out.getvalue()


class _Editing:
    def __init__(self, root: Element, book: Book, tracked: bool) -> None:
        self.root, self.book, self.tracked = root, book, tracked
        self.count = iter(range(9000, 1 << 20))
        self.parents = {child: each for each in root.iter() for child in each}
        tags = ((each, each.find(f"{W}sdtPr/{W}tag")) for each in root.iter(f"{W}sdt"))
        controls = {tag.get(f"{W}val"): each for each, tag in tags if tag is not None}
        self.places: dict[int, Element] = {}
        seen: dict[str, int] = {}
        for at, each in enumerate(book.paragraphs):
            if not each.came and each.moved != "to":
                tag = each.controls[0]
                control = controls[tag]
                self.places[at] = [*control.iter(f"{W}p"), control][seen.get(tag, 0)]
                seen[tag] = seen.get(tag, 0) + 1

    def make(self) -> None:
        moved = [at for at, each in enumerate(self.book.paragraphs) if each.moved == "from"]
        for at, each in enumerate(self.book.paragraphs):
            if each.came:
                self._add(at, bool(each.controls), each.new or "", each.style)
            elif each.new is None:
                self._take_out(self.places[at])
            elif each.words != each.new:
                self._reword(self.places[at], each.new)
        if moved:
            ends = [at for at, each in enumerate(self.book.paragraphs) if each.moved == "to"]
            self._move(moved, ends[-1] + 1)

    def _change(self, kind: str) -> Element:
        return Element(
            f"{W}{kind}",
            {
                f"{W}id": str(next(self.count)),
                f"{W}author": "Ada Example",
                f"{W}date": "2026-04-02T09:00:00Z",
            },
        )

    def _runs(self, within: Element) -> list[Element]:
        return [each for each in within.iter(f"{W}r") if each.find(f"{W}t") is not None]

    def _paragraph(self, of: Element) -> Element:
        while of.tag != f"{W}p":
            of = self.parents[of]
        return of

    def _top(self, of: Element) -> Element:
        while self.parents[of].tag != f"{W}body":
            of = self.parents[of]
        return of

    # --- words ------------------------------------------------------------------------------------

    def _reword(self, within: Element, new: str) -> None:
        runs = self._runs(within)
        words = [(run.findtext(f"{W}t") or "").translate(_STRAIGHT) for run in runs]
        before, after = (re.findall(r"\w+|\s+|[^\w\s]", each) for each in ("".join(words), new))
        codes = [*Indel.opcodes(before, after)]
        starts = [0]
        for token in before:
            starts.append(starts[-1] + len(token))
        begin = 0
        for run, text in zip(runs, words, strict=True):
            end = begin + len(text)
            pieces: list[Element] = []
            for code in codes:
                first, last = starts[code.src_start], starts[code.src_end]
                stretch = text[max(first - begin, 0) : max(last - begin, 0)]
                if stretch and code.tag == "equal":
                    pieces.append(_with(run, stretch))
                elif stretch and self.tracked:
                    pieces.append(self._wrapped("del", _with(run, stretch, "delText")))
                came = "".join(after[code.dest_start : code.dest_end])
                here = begin <= last < end or (last == end and run is runs[-1])
                if code.tag != "equal" and came and here:
                    put = _with(run, came)
                    pieces.append(self._wrapped("ins", put) if self.tracked else put)
            _put_for(self.parents[run], run, pieces)
            begin = end

    def _wrapped(self, kind: str, run: Element) -> Element:
        change = self._change(kind)
        change.append(run)
        return change

    # --- paragraphs -------------------------------------------------------------------------------

    def _mark(self, paragraph: Element, kind: str) -> None:
        """Say that the whole paragraph came or went."""
        for run in self._runs(paragraph):
            parent = next(each for each in paragraph.iter() if run in [*each])
            text = run.findtext(f"{W}t") or ""
            put = _with(run, text, "delText" if kind == "del" else "t")
            _put_for(parent, run, [self._wrapped(kind, put)])
        properties = paragraph.find(f"{W}pPr")
        assert properties is not None
        of_end = properties.find(f"{W}rPr")
        if of_end is None:
            of_end = ElementTree.SubElement(properties, f"{W}rPr")
        of_end.append(self._change(kind))

    def _take_out(self, place: Element) -> None:
        paragraph = self._paragraph(place)
        if self.tracked:
            self._mark(paragraph, "del")
        else:
            # A word processor keeps the ends of bookmarks that begin elsewhere.
            ends = [*paragraph.iter(f"{W}bookmarkEnd")]
            _put_for(self.parents[paragraph], paragraph, ends)

    def _add(self, at: int, inside: bool, words: str, style: str) -> None:
        before = self.places[max(place for place in self.places if place < at)]
        like = next(
            self._paragraph(self.places[place])
            for place in sorted(self.places, reverse=True)
            if place < at and self.book.paragraphs[place].style == style
        )
        new = Element(f"{W}p")
        properties = like.find(f"{W}pPr")
        assert properties is not None
        new.append(copy.deepcopy(properties))
        new.append(_run(words))
        behind = self._paragraph(before) if inside else self._top(before)
        parent = self.parents[behind]
        parent.insert([*parent].index(behind) + 1, new)
        if self.tracked:
            self._mark(new, "ins")

    def _move(self, places: list[int], to: int) -> None:
        tops = [*dict.fromkeys(self._top(self.places[at]) for at in places)]
        body = self.parents[tops[0]]
        behind = self._top(self.places[to])
        behind = next(self._force_before(body, behind), behind)
        tops = [*self._force_before(body, tops[0]), *tops]
        put = [copy.deepcopy(each) for each in tops]
        body[[*body].index(behind) : [*body].index(behind)] = put
        for each in tops:
            if not self.tracked:
                body.remove(each)
                continue
            for paragraph in [*each.iter(f"{W}p")]:
                self._mark(paragraph, "moveFrom")
        for paragraph in (p for each in put for p in [*each.iter(f"{W}p")] if self.tracked):
            self._mark(paragraph, "moveTo")

    def _force_before(self, body: Element, clause: Element) -> Iterator[Element]:
        """Yield the line above a clause that says its force."""
        before = body[[*body].index(clause) - 1]
        style = before.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == "ClauseForce":
            yield before


def _run(words: str) -> Element:
    run = Element(f"{W}r")
    ElementTree.SubElement(run, f"{W}t").text = words
    return run


def _with(run: Element, words: str, tag: str = "t") -> Element:
    """Return a run that is set alike, with other words."""
    new = Element(f"{W}r")
    new.extend(copy.deepcopy(each) for each in run.findall(f"{W}rPr"))
    ElementTree.SubElement(new, f"{W}{tag}").text = words
    return new


def _put_for(parent: Element, old: Element, new: list[Element]) -> None:
    at = [*parent].index(old)
    parent[at : at + 1] = new
