"""The folder that a desk works in: its texts as they are now, or with words that are not saved."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from govkit.corpus.documents import Document
from govkit.corpus.whole import corpus_of
from govkit.desk.access import Access
from govkit.desk.papers import Papers
from govkit.errors import GovkitError
from govkit.workspace import Workspace, open_workspace, read_documents
from govkit.workspace.states import FolderState, shared_state, state_of_folder

Clock = Callable[[], datetime.datetime]

_FRESH = datetime.timedelta(seconds=20)
"""So long the rest of the folder is not read again while somebody types in one text."""


@dataclass
class DeskFolder:
    """A folder, and the clock of the door. One request at a time reads or writes it."""

    root: Path
    clock: Clock
    lock: threading.RLock = field(default_factory=threading.RLock)
    _last: tuple[datetime.datetime, Workspace] | None = None
    _shared: tuple[datetime.datetime, FolderState] | None = None
    _beginning: FolderState | None = None

    def now(self) -> datetime.datetime:
        """Return the moment it is."""
        return self.clock()

    def opened(self) -> Workspace:
        """Read the folder anew."""
        workspace = open_workspace(self.root)
        self._last = (self.now(), workspace)
        return workspace

    def recently_opened(self) -> Workspace:
        """Return the folder as it was a moment ago, for what is typed meanwhile."""
        if self._last is None or self.now() - self._last[0] > _FRESH:
            return self.opened()
        return self._last[1]

    def before(self) -> FolderState:
        """Return the words that a change is compared with: those that all share.

        A folder without a history is compared with how it was when the desk began.
        """
        if self._shared is not None and self.now() - self._shared[0] <= _FRESH:
            return self._shared[1]
        try:
            state = shared_state(self.root)
        except GovkitError:
            if self._beginning is None:
                self._beginning = state_of_folder(self.root, self.root)
            state = self._beginning
        self._shared = (self.now(), state)
        return state


@dataclass(frozen=True)
class Desk:
    """One run: the folder, who gets in, and the printed pages that were made."""

    folder: DeskFolder
    access: Access
    papers: Papers = field(default_factory=Papers)


def with_words(workspace: Workspace, path: str, data: bytes) -> Workspace:
    """Return the folder with other words in one file, as if they were saved."""
    if workspace.files.get(path) == data:
        return workspace
    (typed,) = read_documents([(path, data)])
    corpus = workspace.corpus
    others = [each for each in corpus.documents if each.path != path]
    documents: list[Document] = [*others, typed, *corpus.copies]
    return replace(workspace, files={**workspace.files, path: data}, corpus=corpus_of(documents))
