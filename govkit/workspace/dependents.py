"""Which records of a state rest on some terms, found without reading every one as a record.

A term that everybody uses would else cost as much as reading the whole corpus. A record is known
to use a term where its mark stands in a normative part that holds neither guidance nor a comment;
where that is not so clear, the record is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.ids import id_in_name
from govkit.corpus.whole import Corpus, corpus_of
from govkit.findings import NOWHERE
from govkit.records.kinds import KINDS, kind_of_path, slug_of_path
from govkit.workspace.states import FolderState, document_at

_TOP_KEY = re.compile(rb"^(?=[a-z_]+:)", re.MULTILINE)
_NORMATIVE = (b"clauses:", b"preamble:", b"interpretation:", b"definition:")


def resting_on(slugs: Iterable[str], new: FolderState, known: set[str]) -> Corpus:
    """Return the records that use terms, those at the `known` paths left out.

    `slugs` name the terms. What is returned is good for its references to terms alone.
    """
    pattern = _uses(slugs)
    paths = [path for path in new.ids if path not in known and path not in new.too_large]
    return corpus_of(
        _document(path, text, pattern)
        for path, text in new.read(paths).items()
        if pattern.search(text)
    )


def _uses(slugs: Iterable[str]) -> re.Pattern[bytes]:
    # The name of a file may be no UTF-8.
    encoded = (slug.encode("utf-8", "surrogateescape") for slug in sorted(slugs))
    words = b"|".join(map(re.escape, encoded))
    return re.compile(
        rb"\]\(term:(?P<mark>%b)\)|^[ -]*(?:addressee|beneficiary):(?P<party>[^\n]*\b(?:%b)\b)"
        rb"|^ *- (?P<item>%b)\s*$" % (words, words, words),
        re.MULTILINE,
    )


def _document(path: str, data: bytes, pattern: re.Pattern[bytes]) -> Document:
    used = {mark.decode("utf-8", "surrogateescape") for mark in _sure_marks(data, pattern)}
    if not used:
        return document_at(path, data)
    kind, name = kind_of_path(path) or "", slug_of_path(path)
    id = name if KINDS[kind].slugged else id_in_name(name)
    references = [Reference(NOWHERE, ("term",), slug, "term") for slug in sorted(used)]
    return Document(path, kind, id, references=tuple(references))


def _sure_marks(data: bytes, pattern: re.Pattern[bytes]) -> set[bytes]:
    """Return the slugs of terms whose marks stand beyond doubt in a normative part."""
    found = set()
    for part in _TOP_KEY.split(data):
        if part.startswith(_NORMATIVE) and b"guidance:" not in part and b"#" not in part:
            found |= {hit["mark"] for hit in pattern.finditer(part) if hit["mark"]}
    return found
