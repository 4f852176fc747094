"""What was changed in the lines that are printed around the texts: a label of force over a clause,
`Exception:` before a limit, a source, a line of the head.

These lines follow from other fields of the records, so a change of one is no edit; it is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from govkit.corpus.documents import Document
from govkit.proposals.suggestions.fields import PrintedField, straight
from govkit.proposals.suggestions.returned import Placement, without_label
from govkit.proposals.suggestions.values import UnplacedWords, name_of
from govkit.source.docx_marks import MarkedPassage
from govkit.source.marked_docx import MarkedFile

_PARTS = " · "
"""Stands between the parts of a label of force: force, addressee, who is protected."""


class PrintedLines:
    """The lines around the texts in a file that came back."""

    def __init__(
        self,
        file: MarkedFile,
        placement: Placement,
        fields: Sequence[PrintedField],
        is_printed: Callable[[str], bool],
    ) -> None:
        """Take a file whose paragraphs were given to fields."""
        self._file, self._of, self._is_printed = file, placement.of, is_printed
        self._missing = {each.key for each in placement.missing}
        self._known = {block.key: each for each in fields for block in each.blocks}
        self._known |= {each.key: each for each in fields}
        self._held = {text.at for of in placement.of.values() for text in of}

    def changed(self, same: Mapping[str, Document]) -> Iterator[UnplacedWords]:
        """Yield lines that say something else, and such as were taken out with tracking. `same` are
        the records, by path, that nobody changed since the file was printed.
        """
        for each in dict.fromkeys(self._known.values()):
            if each.document.path in same and self._of.get(each.key):
                yield from self._before(each)
        yield from self._taken_out()

    def _before(self, printed: PrintedField) -> Iterator[UnplacedWords]:
        """Yield what stands before a field, where other words were printed there."""
        first = self._of[printed.key][0]
        if printed.is_clause and first.at and first.at - 1 not in self._held:
            line = straight(self._file.after[first.at - 1].text)
            if _PARTS in line and self._is_another(line, printed):
                why = "a label follows from the words and the parties of its clause: change those"
                yield UnplacedWords(line, f"before {name_of(printed)}", why)
        elif isinstance(printed.keys[-1], int):
            whole = straight(self._file.after[first.at].text)
            lead = without_label(whole[: max(whole.find(first.words), 0)]).strip()
            if lead and self._is_another(lead, printed):
                why = "a condition can't become an exception in Word, nor the reverse: tell us"
                yield UnplacedWords(lead, f"before {name_of(printed)}", why)

    def _is_another(self, line: str, printed: PrintedField) -> bool:
        words = printed.blocks[0].words
        if not (self._is_printed(line) and self._is_printed(words)):
            return False
        return not any(self._is_printed(f"{line}{between}{words}") for between in " \n")

    def _taken_out(self) -> Iterator[UnplacedWords]:
        """Yield lines that were taken out with tracking, but for those of what went with them."""
        left = Counter(straight(each.text) for each in self._file.after)
        before = self._file.before if self._file.before != self._file.after else ()
        for at, passage in enumerate(before):
            words = straight(passage.text)
            left[words] -= 1
            if left[words] >= 0 or not words or not self._is_line_taken_out(passage):
                continue
            behind = next(filter(None, map(self._field_of, before[at + 1 :])), None)
            if behind is None or behind.key not in self._missing:
                near = f"before {name_of(behind)}" if behind is not None else ""
                why = "taken out, but it follows from the records and is no part of a text"
                yield UnplacedWords(words, near, why)

    def _is_line_taken_out(self, passage: MarkedPassage) -> bool:
        return self._field_of(passage) is None and all(
            piece.author for piece in passage.pieces if piece.text.strip()
        )

    def _field_of(self, passage: MarkedPassage) -> PrintedField | None:
        return next((self._known[p.key] for p in passage.pieces if p.key in self._known), None)
