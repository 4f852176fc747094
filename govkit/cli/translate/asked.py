"""Which language and which texts are meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from govkit.cli.naming import record_named
from govkit.corpus.books import items_of
from govkit.corpus.translations import languages_of, translatable
from govkit.errors import WrongUse
from govkit.records.kinds import CHARTER_PATH, TEXT_KINDS

if TYPE_CHECKING:
    from govkit.cli.session import Session
    from govkit.corpus.documents import Document
    from govkit.corpus.whole import Corpus
    from govkit.workspace import Workspace


def language_meant(corpus: Corpus, language: str) -> str:
    """Return a language of the charter. Raises `WrongUse` for another one."""
    known = languages_of(corpus)
    if language not in known:
        there = ", ".join(known) or "none yet"
        raise WrongUse(
            f"the charter has no translations in `{language}`",
            f"It has: {there}. Add others to `languages` in {CHARTER_PATH}.",
            typed=language,
            known=known,
        )
    return language


def texts_meant(session: Session, workspace: Workspace, ids: Sequence[str]) -> list[Document]:
    """Return the texts that are named, each once; all that can be translated where none is.

    A book named by its id brings its texts. Raises `WrongUse` for what can't be translated.
    """
    every = {document.path: document for document in translatable(workspace.corpus)}
    if not ids:
        return list(every.values())
    found: dict[str, Document] = {}
    for typed in ids:
        book = _book(workspace, typed)
        for document in [*book] or [
            record_named(workspace, session.folder(), typed, in_titles=False).record
        ]:
            if document.path not in every:
                raise WrongUse(
                    f"`{document.id}` is nothing that is translated, or is out of use",
                    "Translated are books, provisions, recommendations, principles and terms.",
                )
            found[document.path] = document
    return list(found.values())


def _book(workspace: Workspace, typed: str) -> list[Document]:
    """Return a book with its texts, where one is named; else nothing."""
    corpus = workspace.corpus
    book = corpus.find(("instrument",), typed) or corpus.find(("instrument",), f"INS-{typed}")
    if book is None or book.record is None:
        return []
    parts = getattr(book.record, "parts", ())
    texts = [corpus.find(TEXT_KINDS, id) for id in items_of(parts)]
    return [book, *(text for text in texts if text is not None and text.record is not None)]
