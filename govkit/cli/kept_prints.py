"""Prints that were made before: the same PDF of the same document is not set again.

They are kept in the folder of git (`store/cache`), which can be taken away at any time. A release
never takes one: it makes its own, so that nothing that lies in a folder goes into it unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from govkit.cli.parallel import written_at_once
from govkit.rendering.document import Document
from govkit.store.cache import FileCache

MOST_UNUSED = 1 << 26
"""Bytes of prints that are kept though this time nobody asked for them."""
_SLOW = "pdf"
"""The one format whose making takes longer than looking for what is kept."""

Task = tuple[str, Document, str]
"""What is to be made: the name of its file, the document, and the format."""


def made_or_kept(tasks: Sequence[Task], cache: FileCache | None) -> Iterator[bytes]:
    """Yield the bytes of each task in its order; only what is not kept is made, and put into the
    cache, which whoever asks has to save.

    Raises `GovkitError` where something that is not kept can't be made.
    """
    keys = [_key(document) if format == _SLOW and cache else "" for _, document, format in tasks]
    found = [
        cache.get(name, key) if cache is not None and key else None
        for (name, _, _), key in zip(tasks, keys, strict=True)
    ]
    missing = [
        (document, format)
        for (_, document, format), data in zip(tasks, found, strict=True)
        if data is None
    ]
    made = written_at_once(missing)
    for (name, _, _), key, data in zip(tasks, keys, found, strict=True):
        if data is None:
            data = next(made)
            if cache is not None and key:
                cache.put(name, key, data)
        yield data


def _key(document: Document) -> str:
    """Return the digest of all that a PDF rests on; empty where not all of it is known.

    What govkit and its libraries are, the cache itself knows. The tree is made of values alone,
    whose `repr` says all that they hold. A commit is named in Word files only: in a PDF the day
    stands, so that a commit about other texts makes no page another.
    """
    document = replace(document, front=replace(document.front, commit=""))
    from govkit.rendering.pdf import makers
    from govkit.rendering.system_fonts import languages_in, names_for

    by = makers(tuple(name for each in sorted(languages_in(document)) for name in names_for(each)))
    return sha256(f"{by}\n{document!r}".encode()).hexdigest() if by else ""
