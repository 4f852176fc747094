"""What stands beside the form: the text as it is printed, and what the edit does to it.

Both are pages of their own, made from the tree that books and redlines are made from, kept for a
while in memory, and shown in frames in which no script runs.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from typing import NamedTuple

from govkit.desk.access import PAPER_HEADERS
from govkit.errors import GovkitError
from govkit.proposals.submission import class_and_direction
from govkit.rendering.changed_words import changes_in_words
from govkit.rendering.changes import words_of_change
from govkit.rendering.document import Document, Facts, Front, Section
from govkit.rendering.formats import written
from govkit.rendering.offprint import offprint_of
from govkit.workspace import Workspace
from govkit.workspace.comparison import compare
from govkit.workspace.edited_texts import with_files
from govkit.workspace.states import FolderState

_MOST = 32
_STYLE = re.compile(r"style-src ('sha256-[A-Za-z0-9+/=]+')")


class Papers:
    """The pages that were made last, each under a name that nobody can guess."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pages: OrderedDict[str, bytes] = OrderedDict()

    def lay(self, page: bytes) -> str:
        """Keep a page and return its name; the oldest one goes. The same page has one name."""
        known = next((name for name, each in self._pages.items() if each == page), None)
        if known is not None:
            self._pages.move_to_end(known)
            return known
        name = secrets.token_urlsafe(12)
        self._pages[name] = page
        while len(self._pages) > _MOST:
            self._pages.popitem(last=False)
        return name

    def take(self, name: str) -> bytes | None:
        """Return a page, or None where it is none of the last."""
        return self._pages.get(name)


def headers_of(page: bytes) -> dict[str, str]:
    """Return the headers of a printed page: its own style alone is let through."""
    style = _STYLE.search(page[:4000].decode("utf-8", "replace"))
    allowed = style[1] if style else "'none'"
    return {name: value.replace("{style}", allowed) for name, value in PAPER_HEADERS.items()}


class Redline(NamedTuple):
    """What an edit does: in a sentence, and as a page; no page where no word changed."""

    words: str
    page: bytes | None


def printed(workspace: Workspace, kind: str, id: str) -> bytes | None:
    """Return a text as it is printed, or None where it can't be read yet."""
    document = workspace.corpus.find((kind,), id)
    if document is None or document.record is None:
        return None
    try:
        return written(offprint_of(workspace.corpus, document), "html")
    except GovkitError:
        return None


def redline(before: FolderState, workspace: Workspace, path: str, data: bytes) -> Redline:
    """Return what one file does to the words of `before`, of which class, and which way."""
    root = workspace.root
    compared = compare(before, with_files(root, before, {path: data}))
    changes = changes_in_words(compared.before, compared.after, compared.changes)
    own = [each for each in changes.changes if path in (each.new_path, each.old_path)]
    if not own:
        return Redline("No word is other than before.", None)
    said = compared.after.messages
    charter = compared.after.charter
    words = class_and_direction(own[0])
    front = Front(
        id="changes",
        anchor="head",
        issuer=charter.name if charter else "",
        title=said["changes.title"],
        facts=Facts(()),
        language=compared.after.language,
        of=said["general.of"],
    )
    blocks = tuple(words_of_change(own[0], said))
    document = Document(front, (Section("text", "words", "", "", blocks),))
    return Redline(words[0].upper() + words[1:], written(document, "html"))
