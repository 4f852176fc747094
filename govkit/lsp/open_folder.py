"""One governed folder while an editor works in it: what is saved, what is typed, what is found.

This is the only thing here that changes. What was found stays until an edit can have changed it:
one file is parsed for a keystroke, and only the rules run that looked at what is other now.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from govkit.checks.again import Checked, checked
from govkit.errors import GovkitError
from govkit.findings import Finding, in_order
from govkit.source.places import with_places
from govkit.store.worktree import read_bytes
from govkit.workspace import Workspace, open_workspace
from govkit.workspace.beyond_rules import found_beyond_rules
from govkit.workspace.buffers import read_again, with_file

_Placed = tuple[bytes, tuple[Finding, ...], tuple[Finding, ...]]


class OpenFolder:
    """A folder, the buffers of the editor in it, and the last check.

    `texts` has the words of each buffer by path; `workspace` holds their bytes in the place of the
    files. `placings` counts the files whose findings were given their places.
    """

    def __init__(self, root: Path) -> None:
        """Open a folder. Raises `GovkitError` where it can't be read."""
        self.workspace: Workspace = open_workspace(root)
        self.root = self.workspace.root
        self.texts: dict[str, str] = {}
        self.last: Checked | None = None
        self.placings = 0
        self._beyond: list[Finding] = []
        self._placed: dict[str, _Placed] = {}
        self._look_beyond()

    def put(self, path: str, text: str) -> None:
        """Take what stands in a buffer in the place of the file's bytes."""
        self.texts[path] = text
        self.workspace = with_file(self.workspace, path, _bytes_of(text))

    def close(self, path: str) -> None:
        """Let the file speak for itself again; it may be gone."""
        self.texts.pop(path, None)
        self.workspace = with_file(self.workspace, path, self._on_disk(path))

    def read_again(self) -> None:
        """Take in what other programs changed. Raises `GovkitError` where the world fails."""
        buffers = {path: _bytes_of(text) for path, text in self.texts.items()}
        self.workspace = read_again(self.workspace, buffers)
        self._look_beyond()

    def text(self, path: str) -> str:
        """Return the words of a file as the editor shows them, or as they are on the disk."""
        if path in self.texts:
            return self.texts[path]
        return self.workspace.files.get(path, b"").decode("utf-8", errors="replace")

    def check(self, today: datetime.date) -> dict[str, tuple[Finding, ...]]:
        """Return all findings at their places, by path, those of the record that is edited too."""
        self.last = checked(self.workspace.corpus, today, self.last)
        by_path: dict[str, list[Finding]] = {}
        for finding in (*self.last.findings, *self._beyond):
            by_path.setdefault(finding.path, []).append(finding)
        self._placed = {path: self._at_places(path, found) for path, found in by_path.items()}
        return {path: placed for path, (_, _, placed) in self._placed.items()}

    def findings(self, path: str) -> tuple[Finding, ...]:
        """Return what the last check has found in a file."""
        return self._placed[path][2] if path in self._placed else ()

    def _at_places(self, path: str, found: Iterable[Finding]) -> _Placed:
        data = self.workspace.files.get(path, b"")
        asked = tuple(found)
        known = self._placed.get(path)
        if known is not None and known[:2] == (data, asked):
            return known
        self.placings += 1
        return data, asked, tuple(sorted(with_places(data, asked), key=in_order))

    def _look_beyond(self) -> None:
        try:
            self._beyond = found_beyond_rules(self.workspace)
        except GovkitError:
            self._beyond = []  # no history to compare with; `govkit check` says so

    def _on_disk(self, path: str) -> bytes | None:
        try:
            return read_bytes(self.root, path)
        except (GovkitError, OSError):
            return None


def _bytes_of(text: str) -> bytes:
    """Return the bytes that the editor would save; half a character is kept, and refused later."""
    return text.encode("utf-8", errors="surrogatepass")
