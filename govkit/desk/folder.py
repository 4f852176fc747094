"""The folder that a desk works in: its texts as they are now, or with words that are not saved."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from govkit.checks.again import Checked, checked
from govkit.desk.access import Access
from govkit.desk.papers import Papers
from govkit.errors import GovkitError
from govkit.findings import Finding
from govkit.procedures.proposals.mail_pile import MailPile
from govkit.workspace import Workspace, open_workspace
from govkit.workspace.buffers import read_again
from govkit.workspace.edited_texts import EditedTexts
from govkit.workspace.states import FolderState, shared_state, state_of_folder

Clock = Callable[[], datetime.datetime]

_FRESH = datetime.timedelta(seconds=20)
"""So long the rest of the folder is not read again while somebody types in one text."""


@dataclass
class DeskFolder:
    """A folder, and the clock of the door. One request at a time reads or writes it.

    What was read and found stays until a file is another one: only that one is parsed, and only the
    rules run that looked at it.
    """

    root: Path
    clock: Clock
    lock: threading.RLock = field(default_factory=threading.RLock)
    coordinator: str = ""
    """Who files here, once somebody has said it in this run."""
    _last: tuple[datetime.datetime, Workspace] | None = None
    _shared: tuple[datetime.datetime, FolderState] | None = None
    _beginning: FolderState | None = None
    _checked: Checked | None = None

    def now(self) -> datetime.datetime:
        """Return the moment it is."""
        return self.clock()

    def opened(self) -> Workspace:
        """Return the folder as it is now; what is the same is not parsed again."""
        known = self._last[1] if self._last is not None else None
        workspace = open_workspace(self.root) if known is None else read_again(known, {})
        self._last = (self.now(), workspace)
        return workspace

    def recently_opened(self) -> Workspace:
        """Return the folder as it was a moment ago, for what is typed meanwhile."""
        if self._last is None or self.now() - self._last[0] > _FRESH:
            return self.opened()
        return self._last[1]

    def found(self, workspace: Workspace) -> tuple[Finding, ...]:
        """Return all that `check` finds today, without places, also in words not saved yet."""
        self._checked = checked(workspace.corpus, self.now().date(), self._checked)
        return self._checked.findings

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
    """One run: the folder, who gets in, the printed pages that were made, the mails to take in.

    `redline` gives the redline of edits as lines of a mail, as the door that opened the desk prints
    it.
    """

    folder: DeskFolder
    access: Access
    redline: Callable[[EditedTexts], str]
    papers: Papers = field(default_factory=Papers)
    mails: MailPile = field(default_factory=MailPile)
