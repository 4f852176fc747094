"""Word comments: what is said beside a passage, each anchored at the words that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from govkit.rendering.document import MarginNote
from govkit.rendering.word.marks import Marks
from govkit.rendering.word.runs import Runs
from govkit.rendering.word.xml import DECLARATION, NAMES, Par

_SIGN = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:{}/></w:r>'


class Comments:
    """Collects the comments of one file."""

    def __init__(self, runs: Runs, marks: Marks, author: str) -> None:
        """Take who comments, as attributes."""
        self._runs = runs
        self._marks = marks
        self._author = author
        self._written: list[str] = []

    def attach(self, note: MarginNote, paragraphs: Sequence[Par]) -> None:
        """Put a comment beside some paragraphs."""
        if not paragraphs:
            return
        number = len(self._written)
        lines = [Par("CommentText", self._runs.of(line)) for line in note.lines]
        if lines:
            lines[0].around(_SIGN.format("annotationRef"), "")
        inner = "".join(line.xml() for line in lines)
        self._written.append(
            f'<w:comment w:id="{number}" {self._author} w:initials="gk">{inner}</w:comment>'
        )
        paragraphs[0].around(f'<w:commentRangeStart w:id="{number}"/>', "")
        reference = _SIGN.replace("{}", f'commentReference w:id="{number}"')
        paragraphs[-1].around("", f'<w:commentRangeEnd w:id="{number}"/>{reference}')

    def part(self) -> str:
        """Return the part, or nothing where there is no comment."""
        if not self._written:
            return ""
        return f"{DECLARATION}<w:comments {NAMES}>{''.join(self._written)}</w:comments>"
