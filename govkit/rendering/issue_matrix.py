"""The matrix of issues as sections for any page, and as a picture that a phone can show.

The picture is as wide as a phone and as high as it takes: a block for each issue, a line for each
actor and jurisdiction. A full square is a response that exists, an empty one is prospective; the
counts stand beside them in words, so no colour and no shape says anything alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from textwrap import wrap

from govkit.corpus.documents import Document
from govkit.corpus.issue_matrix import IssueResponses, IssueRow, issue_matrix
from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.rendering.document import Block, Listing, Paragraph, Section, Table
from govkit.rendering.registers import Leads, anchor_of_entry, to_nowhere
from govkit.rendering.spans import Code, Span, Spans, Words
from govkit.rendering.typography import curled, is_right_to_left
from govkit.source.reading import without_addresses


def matrix_section(corpus: Corpus, leads: Leads = to_nowhere) -> Section:
    """Return the matrix: a section for each issue, with who responds, and the texts that answer."""
    said = corpus.messages
    rows = tuple(
        Section(
            "part",
            f"matrix-{anchor_of_entry('issue', row.issue.id)}",
            "",
            _own(row.issue.title),
            tuple(_blocks(row, said, leads)),
        )
        for row in corpus.once(issue_matrix).rows
    )
    empty = () if rows else (Paragraph((Words(said["registers.empty"]),)),)
    return Section("back", "matrix", "", said["registers.matrix.title"], empty, rows)


def _blocks(row: IssueRow, said: Messages, leads: Leads) -> Iterator[Block]:
    if row.responses:
        heads = tuple(
            said[f"registers.matrix.{each}"] for each in ("who", "existing", "prospective")
        )
        cells = (
            ((Words(responder(said, *who)),), *(_titles(each, leads) for each in found))
            for who, found in row.responses.items()
        )
        yield Table(heads, tuple(cells))
    else:
        yield Paragraph((Words(said["registers.matrix.nobody"]),))
    answers = tuple(
        leads(each.kind or "", each.id, (Code(each.id), Words(f" {_own(each.title)}")))
        for each in row.answers
    )
    if answers:
        yield Listing(said["registers.answered-by"], answers)
    else:
        why = f" {_own(row.none)}" if row.none else ""
        yield Paragraph((Words(said["registers.unanswered"] + why),))


def _titles(responses: tuple[Document, ...], leads: Leads) -> Spans:
    spans: list[Span] = []
    for each in responses:
        spans += [Words("; ")] if spans else []
        spans += leads("response", each.id, (Words(_own(each.title)),))
    return tuple(spans) or (Words("–"),)


def responder(said: Messages, actor: str, jurisdiction: str) -> str:
    """Return who responds, and where, in words: `government (EU)`."""
    name = said[f"registers.actors.{actor}"]
    return f"{name} ({jurisdiction})" if jurisdiction else name


# --- the picture ----------------------------------------------------------------------------------

_WIDTH = 360
_EDGE = 14
_LETTERS = 546
"""The size of letters times how many of them a line has room for."""
_SQUARES, _MOST_SQUARES, _BESIDE_SQUARES = 258, 6, 36
"""Where the squares begin, how many are drawn, and how many letters stand before them."""
_INK, _QUIET, _LINE = "#1a1a1a", "#525252", "#c9d3e0"


def matrix_svg(corpus: Corpus) -> bytes:
    """Return the matrix as a picture (SVG), whose words are words; it names no font and no file."""
    said = corpus.messages
    picture = _Picture(said)
    matrix = corpus.once(issue_matrix)
    title = said["registers.matrix.title"]
    existing, prospective = (
        said.counted(
            f"registers.matrix.count-{stage}", sum(row.count(stage) for row in matrix.rows)
        )
        for stage in ("existing", "prospective")
    )
    issues = said.counted("registers.matrix.issues", len(matrix.rows))
    described = said.say(
        "registers.matrix.picture", issues=issues, existing=existing, prospective=prospective
    )
    picture.words(title, 15, bold=True)
    picture.words(described, 12, colour=_QUIET)
    for row in matrix.rows:
        picture.issue(row)
    language = escape(corpus.language)
    turned = ' direction="rtl"' if is_right_to_left(corpus.language) else ""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {picture.y + _EDGE}" '
        f'width="100%" role="img" aria-labelledby="matrix-title matrix-desc" xml:lang="{language}"'
        f' font-family="system-ui, sans-serif" fill="{_INK}"{turned}>\n'
        f'<title id="matrix-title">{escape(title)}</title>\n'
        f'<desc id="matrix-desc">{escape(described)}</desc>\n'
        '<rect width="100%" height="100%" fill="#ffffff"/>\n'
    )
    return (head + "".join(picture.pieces) + "</svg>\n").encode()


class _Picture:
    """Draws from top to bottom; `y` is the line on which the last words stand."""

    def __init__(self, said: Messages) -> None:
        self.said, self.pieces, self.y = said, list[str](), _EDGE

    def issue(self, row: IssueRow) -> None:
        self.y += 12
        self.pieces.append(
            f'<path d="M{_EDGE} {self.y}H{_WIDTH - _EDGE}" stroke="{_LINE}" stroke-width="1"/>\n'
        )
        self.words(_own(row.issue.title), 14, bold=True)
        for who, found in row.responses.items():
            self.responder(responder(self.said, *who), found)
        if not row.responses:
            self.words(self.said["registers.matrix.nobody"], 12)
        if row.answers:
            ids = ", ".join(each.id for each in row.answers)
            self.words(f"{self.said['registers.answered-by']}: {ids}", 12, colour=_QUIET)
        else:
            self.words(self.said["registers.unanswered"], 12, colour=_QUIET)

    def responder(self, name: str, found: IssueResponses) -> None:
        """Draw one actor in one jurisdiction: the name, a square for each response, the counts."""
        counts = [
            f"{len(several)} {self.said[f'registers.matrix.{stage}'].lower()}"
            for stage, several in zip(("existing", "prospective"), found, strict=True)
            if several
        ]
        squares = [*(_INK for _ in found.existing), *("none" for _ in found.prospective)]
        for at, fill in enumerate(squares[:_MOST_SQUARES]):
            self.pieces.append(
                f'<rect x="{_SQUARES + at * 15}" y="{self.y + 7}" width="10" height="10" '
                f'fill="{fill}" stroke="{_INK}" stroke-width="1.5"/>\n'
            )
        self.words(f"{name}: {', '.join(counts)}", 12, letters=_BESIDE_SQUARES)

    def words(
        self, words: str, size: int, colour: str = _INK, *, letters: int = 0, bold: bool = False
    ) -> None:
        """Write words, in as many lines as they need."""
        weight = ' font-weight="600"' if bold else ""
        for line in wrap(words, letters or _LETTERS // size, break_on_hyphens=False):
            self.y += size + 5
            self.pieces.append(
                f'<text x="{_EDGE}" y="{self.y}" font-size="{size}" fill="{colour}"{weight}>'
                f"{escape(line)}</text>\n"
            )


def _own(words: str) -> str:
    return curled(without_addresses(words)[0])
