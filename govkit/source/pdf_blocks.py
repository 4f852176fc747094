"""From the lines of a PDF to paragraphs: a page says where letters stand, and nothing more.

Heads and feet that recur from page to page come behind the text, each once. Lines are joined to
paragraphs by where they stand; a word that was parted at the end of a line keeps `-` and the end of
the line between its halves, until `with_words_whole` has seen which words both texts have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, takewhile, zip_longest

from govkit.source.pdf_reading import PdfLine
from govkit.source.text_blocks import TextBlock, folded_words

_ITEM = re.compile(
    r"(?:[\u2022\u25aa\u25cf\u25e6\u2013\u2014\uf0b7\u00b7*-]|\((?:\d{1,3}|[A-Za-z]{1,4})\)"
    r"|(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,3}){1,4}\.?"
    r"|(?:Article|Section|Art\.|\u00a7) \d+\.?)\s"
)
_LABEL = re.compile(
    r"[\u2022\u25aa\u25cf\u25e6\u2013\u2014\uf0b7\u00b7*-]"
    r"|(?:\(\d{1,3}\)|\([A-Za-z]{1,4}\)|\d{1,3}[.)]|[A-Za-z][.)]|[ivxIVX]{1,5}[.)])"
)
_FAR = 5
"""How far from its item a label may begin, in sizes of its letters."""
# Behind these a number stands in its sentence, and begins no item where the line ends between them.
_BEFORE_A_NUMBER = re.compile(
    r"(?:\b(?:article|section|paragraph|clause|chapter|annex|part|rule|recital|point|item|schedule"
    r"|artikel|art[i\u00ed]culo|artigo|articolo|paragraphe|chapitre|annexe|absatz|ziffer)s?"
    r"|\b(?:arts?|secs?|paras?|nos?|abs|nr)\.|\u00a7)$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:Article|Section|Art\.|\u00a7) ")
_LEADER = re.compile(r"(?:\. ?){5,}\s*(?:\d{1,4}|[ivxl]{1,7})$")
_PAGE_NUMBER = re.compile(
    r"[-\u2013\s|]*(?:page\s*|seite\s*|p\.\s*)?(?:\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?[-\u2013\s|]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]{1,15}")
_SENTENCE_END = (".", ":", ";", "!", "?", ".\u201d", '."', "\u3002")
_LARGER = 1.12
_LONGEST_HEADING = 150
_EDGE = 3
"""Lines at the top and bottom of a page among which a head or a foot is looked for."""
_MORE_ROOM = 0.3
_SHORT = 0.8
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\u00a0": " ",
    }
)
_PARTED = re.compile(r"(\w+)[-\u2010]\n(\w+)")
_SOFT = re.compile("\u00ad\n")
_WORD = re.compile(r"\w+(?:-\w+)*")


def blocks_of_pages(pages: Sequence[Sequence[PdfLine]]) -> tuple[TextBlock, ...]:
    """Return the lines of a PDF as paragraphs, headings and items, then the heads and feet of its
    pages; its contents and the numbers of pages are left out.
    """
    pages = [_with_labels(page) for page in pages]
    edges = _running_heads(pages)
    kept = [
        [line for line in page if not (line in edge or is_of_contents(line))]
        for page, edge in zip(pages, edges, strict=True)
    ]
    page = _Measures(kept)
    text = (page.block(lines) for lines in page.paragraphs(kept))
    return (*text, *(TextBlock(each, part="margin") for each in _each_once(edges)))


def _with_labels(page: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines of a page with the labels of items before them, which some programs write
    apart, behind all the words of the page.
    """
    labels = {at for at, line in enumerate(page) if _LABEL.fullmatch(line.text)}
    became: dict[int, PdfLine] = {}
    joined: set[int] = set()
    for at in labels:
        label = page[at]
        beside = [
            (line.x - label.x, to)
            for to, line in enumerate(page)
            if to not in labels and abs(line.y - label.y) < 1 < line.x - label.x < _FAR * label.size
        ]
        if beside:
            to = min(beside)[1]
            became[to] = page[to]._replace(text=f"{label.text} {page[to].text}", x=label.x)
            joined.add(at)
    return [became.get(at, line) for at, line in enumerate(page) if at not in joined]


def is_of_contents(line: PdfLine) -> bool:
    """Say whether a line is one of the contents: a title, dots, and the number of a page."""
    return _LEADER.search(line.text) is not None


def _running_heads(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """Return what recurs at the edge of pages, and their numbers, for each page."""
    edges = [set(_edges(page)) for page in pages]
    seen = Counter(key for page in edges for key in {_key(line) for line in page})
    places = Counter(key for page in edges for key in {_place(line) for line in page})
    usual = _Measures(pages)
    most = max(3, len(pages) / 2)

    def runs(line: PdfLine) -> bool:
        # Small letters at one height on most pages are a head, also where its words change.
        small = line.size < usual.size - 0.5 and places[_place(line)] >= most
        # A full line of the text may stand twice at the end of a page.
        full = line.size >= usual.size and _length(line) >= usual.length * _SHORT
        recurs = seen[_key(line)] >= (most if full else 2)
        return small or recurs or _PAGE_NUMBER.fullmatch(line.text) is not None

    return [list(dict.fromkeys(_edges(page, runs, usual.step))) for page in pages]


def _each_once(edges: Iterable[Sequence[PdfLine]]) -> Iterator[str]:
    """Yield heads and feet once; a number in them that counts pages is `#`."""
    alike: dict[str, list[tuple[int, str]]] = {}
    for number, page in enumerate(edges):
        for line in page:
            if not _PAGE_NUMBER.fullmatch(line.text):
                alike.setdefault(_DIGITS.sub("#", line.text), []).append((number, line.text))
    for found in alike.values():
        yield from dict.fromkeys(map(folded_words, _without_counts(found)))


def _without_counts(found: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield lines that differ in their numbers, given with the number of their page."""
    rows = [[int(each) for each in _DIGITS.findall(text)] for _, text in found]
    first, pages = rows[0], [page for page, _ in found]
    counting = {
        at
        for at, start in enumerate(first)
        if len(rows) > 1
        and all(row[at] - start == p - pages[0] for row, p in zip(rows, pages, strict=True))
    }
    for _, text in found:
        at = count()
        yield _DIGITS.sub(lambda each, at=at: "#" if next(at) in counting else each[0], text)  # type: ignore[misc]


def _edges(
    page: Sequence[PdfLine], runs: Callable[[PdfLine], bool] = lambda _: True, step: float = 0
) -> Iterator[PdfLine]:
    """Yield the lines at the top and at the bottom of a page, up to the first that is none; lines
    that stand as near to the text as its own lines do belong to it.
    """
    by_height = sorted(page, key=lambda line: -line.y)
    for lines in (by_height[: _EDGE + 1], by_height[::-1][: _EDGE + 1]):
        found = [*takewhile(runs, lines[:_EDGE])]
        for line, following in [*zip(found, lines[1:], strict=False)][::-1]:
            near = abs(_step(line, following)) <= step + _MORE_ROOM / 2
            if following in found or line.size != following.size or not near:
                break
            found.pop()
        yield from found


def _key(line: PdfLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.y / 4)


def _place(line: PdfLine) -> tuple[int, float]:
    return round(line.y / 2), line.size


class _Measures:
    """What is usual in a text: the size of its letters, the room between lines, their length."""

    def __init__(self, pages: Iterable[Sequence[PdfLine]]) -> None:
        sizes: Counter[float] = Counter()
        steps: Counter[float] = Counter()
        lengths: list[float] = []
        for page in pages:
            for line, following in zip_longest(page, page[1:]):
                sizes[line.size] += len(line.text)
                lengths.append(_length(line))
                step = _step(line, following) if following else 0.0
                if 0.8 < step < 2:
                    steps[round(step, 1)] += 1
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        self.step = steps.most_common(1)[0][0] if steps else 1.2
        lengths.sort()
        self.length = lengths[len(lengths) * 9 // 10] if lengths else 0.0
        larger = sorted({size for size in sizes if size > self.size * _LARGER}, reverse=True)
        self._levels = {size: min(level, 6) for level, size in enumerate(larger, 1)}

    def paragraphs(self, pages: Iterable[Sequence[PdfLine]]) -> Iterator[list[PdfLine]]:
        """Yield the lines of each paragraph."""
        open_: list[PdfLine] = []
        for page in pages:
            for at, line in enumerate(page):
                if open_ and self._begins(open_, line, new_page=at == 0):
                    yield open_
                    open_ = []
                open_.append(line)
        if open_:
            yield open_

    def _begins(self, before: list[PdfLine], line: PdfLine, *, new_page: bool) -> bool:
        """Say whether a line begins a paragraph, after the lines of the one that is open."""
        last = before[-1]
        if _ITEM.match(line.text) and not self._refers(last, line):
            return True
        if abs(line.size - last.size) > 0.6 or line.bold != last.bold:
            return not (self.level(last) == 0 and self._goes_on(last, line))
        ended = last.text.endswith(_SENTENCE_END)
        step = _step(last, line)
        if new_page or step < 0:
            return ended or bool(self.level(last)) or _length(last) < self.length * _SHORT
        if step > self.step + _MORE_ROOM:
            return True
        indented = line.x - last.x > 0.8 * line.size
        if indented and len(before) > 1:
            return True
        return ended and _length(last) < self.length * _SHORT

    def _refers(self, last: PdfLine, line: PdfLine) -> bool:
        """Say whether what looks like the label of an item is a number within a sentence."""
        if last.text.endswith((",", "-")) or _BEFORE_A_NUMBER.search(last.text):
            return True
        full = _length(last) >= self.length * _SHORT and not self.level(last)
        return bool(_NAMED.match(line.text)) and full and not last.text.endswith(_SENTENCE_END)

    def _goes_on(self, last: PdfLine, line: PdfLine) -> bool:
        """Say whether a line with other letters is within a sentence, as a bold word is."""
        near = 0 <= _step(last, line) <= self.step + _MORE_ROOM
        return near and _length(last) >= self.length * _SHORT and line.text[:1].islower()

    def level(self, line: PdfLine) -> int:
        """Return the level of a heading by the size of its letters, or 0."""
        return self._levels.get(line.size, 0)

    def block(self, lines: Sequence[PdfLine]) -> TextBlock:
        """Return a paragraph as a block."""
        text = _joined(line.text for line in lines)
        level = self.level(lines[0])
        bold = all(line.bold for line in lines) and not text.endswith((".", ";", ","))
        if (level or bold) and len(text) <= _LONGEST_HEADING:
            return TextBlock(text, "heading", level or min(len(self._levels) + 1, 6))
        return TextBlock(text, "item", 1) if _ITEM.match(text) else TextBlock(text)


def _step(line: PdfLine, following: PdfLine) -> float:
    """Return how far down the next line stands, in sizes of its letters."""
    return (line.y - following.y) / (following.size or 1)


def _length(line: PdfLine) -> float:
    # A page does not say how wide its letters are; half their size is what they come to.
    return line.x + len(line.text) * line.size / 2


def _joined(lines: Iterable[str]) -> str:
    text = ""
    for line in lines:
        parted = text.endswith(("-", "\u2010", "\u00ad")) and line[:1].islower()
        text += ("\n" if parted else " " if text else "") + line.translate(_LIGATURES)
    return folded_words(_SOFT.sub("", text))


def with_words_whole(
    blocks: Iterable[TextBlock], others: Iterable[TextBlock]
) -> tuple[TextBlock, ...]:
    """Return blocks with the words whole that were parted at the end of a line.

    Whether the hyphen belongs to the word is not written anywhere: the other words of both texts
    say it, and where they do not, it goes.
    """
    own = tuple(blocks)
    if not any("\n" in block.text for block in own):
        return own
    words = {word.lower() for block in (*own, *others) for word in _WORD.findall(block.text)}

    def whole(parted: re.Match[str]) -> str:
        first, second = parted[1], parted[2]
        with_hyphen = f"{first}-{second}"
        if f"{first}{second}".lower() in words or with_hyphen.lower() not in words:
            return f"{first}{second}"
        return with_hyphen

    return tuple(
        block._replace(text=_PARTED.sub(whole, block.text).replace("\n", " ")) for block in own
    )
