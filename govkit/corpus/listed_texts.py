"""The texts that people choose from in a list: each by its id and its title."""

from __future__ import annotations

from collections.abc import Iterable

from govkit.corpus.documents import Document
from govkit.records.kinds import TEXT_KINDS


def texts_in_lists(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Return the id and the title of each text that can be read, each id once, in order."""
    found = {
        each.id: each.title
        for each in documents
        if each.kind in TEXT_KINDS and each.record is not None and each.id
    }
    return sorted(found.items())
