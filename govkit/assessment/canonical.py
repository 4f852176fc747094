"""The canonical text of a document: the words that quotes are places in, and their digests.

Two snapshots of the same words have the same canonical text, whatever markup, links, menus or
line ends they came with: so a place in it means the same to everybody, and an archive that reads
pages in another way changes nothing that was quoted.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from govkit.patterns import lazy_regex
from govkit.source.text_blocks import TextBlock, folded_words, without_struck

CANONICALISER = 1
"""The version of the rules below. Other rules give other places: they need another number."""

_ADDRESS_IN_PAGE = lazy_regex(r'<a (?:id|name)="[^"<>]{1,200}">(?:</a>)?')
_BETWEEN_CELLS = " | "


def canonical_text(blocks: Iterable[TextBlock]) -> str:
    """Return the words of a document as its canonical text, version 1.

    Each heading, paragraph and item is a paragraph, and so is each row of a table, with ` | `
    between its cells; an empty line stands between two paragraphs. Inside one there are single
    spaces and no line ends. Letters are in the composed form of Unicode (NFC). What stands in menus
    and margins, is hidden or struck through, is left out. The text ends with a line end; one
    without words is empty.
    """
    paragraphs = [words for words in map(_words, _rows(blocks)) if words]
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def sha256_of(data: bytes | str) -> str:
    """Return the digest of bytes, or of a text as UTF-8, as `sha256:` and 64 signs."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def word_count(text: str) -> int:
    """Return how many words a canonical text has; a sign alone is none."""
    return len(_WORD.findall(text))


_WORD = lazy_regex(r"\w+(?:['\u2019-]\w+)*")


def _rows(blocks: Iterable[TextBlock]) -> Iterator[Sequence[TextBlock]]:
    row: list[TextBlock] = []
    for block in blocks:
        if block.is_beside:
            continue
        if row and (not block.cell[0] or block.cell[:2] != row[-1].cell[:2]):
            yield row
            row = []
        row.append(block)
        if not block.cell[0]:
            yield row
            row = []
    if row:
        yield row


def _words(row: Sequence[TextBlock]) -> str:
    return _BETWEEN_CELLS.join(filter(None, (_folded(block.text) for block in row)))


def _folded(text: str) -> str:
    plain = _ADDRESS_IN_PAGE.sub("", without_struck(text))
    return unicodedata.normalize("NFC", " ".join(folded_words(plain.replace("\n", " ")).split()))
