"""What an editor has open: the governed folders, the pages in them, and what was shown of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types
from pygls import uris

from govkit.corpus.documents import Document
from govkit.errors import GovkitError, of_the_system
from govkit.findings import Finding
from govkit.lsp.open_folder import OpenFolder
from govkit.lsp.places import PagePlaces
from govkit.source.gate import LIMIT
from govkit.source.nearest import advice
from govkit.store.worktree import find_root
from govkit.workspace.buffers import document_at, path_in_folder

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "advice": types.DiagnosticSeverity.Information,
}


class Page(NamedTuple):
    """A governed file: its folder, its path there, and its text with the places in it."""

    folder: OpenFolder
    path: str
    places: PagePlaces

    @property
    def document(self) -> Document | None:
        """Return the document of the file as it is typed."""
        return document_at(self.folder.workspace, self.path)

    @property
    def is_small(self) -> bool:
        """Say whether the file is small enough to be looked into; a larger one is a finding."""
        return len(self.places.text) <= LIMIT


class Editor:
    """The folders of one editor. `encoding` is what it counts the characters of a line in."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Begin with no folder; `today` tells the day when it is asked."""
        self.encoding = "utf-16"
        self.today = today
        self.folders: dict[Path, OpenFolder] = {}
        self.versions: dict[str, int | None] = {}
        """The version of each page that is open, by its address."""
        self.addresses: dict[tuple[Path, str], str] = {}
        """How the editor itself writes the address of a page."""
        self._shown: dict[str, list[types.Diagnostic]] = {}
        self._last: dict[str, tuple[Finding, ...]] = {}

    def folder_of(self, file: Path) -> OpenFolder | None:
        """Return the open folder that a file is in; it is opened when it is first asked for.

        None where the file is in no governed folder. Raises `GovkitError` where it can't be read.
        """
        try:
            root = find_root(file.parent)
        except OSError:
            return None
        if root is None:
            return None
        if root not in self.folders:
            self.folders[root] = OpenFolder(root)
            gc.freeze()  # what was read stays as long as the editor; no need to search it again
        return self.folders[root]

    def place_of(self, uri: str) -> tuple[OpenFolder, str] | None:
        """Return the folder and the path of a page; None for any page that is not governed."""
        file = file_of(uri)
        folder = self.folder_of(file) if file is not None else None
        if file is None or folder is None:
            return None
        path = path_in_folder(folder.root, file)
        if path is None:
            return None
        self.addresses[(folder.root, path)] = uri
        return folder, path

    def page(self, uri: str) -> Page | None:
        """Return the page of an address; None where it is no governed file."""
        found = self.place_of(uri)
        return self.page_at(*found) if found is not None else None

    def page_at(self, folder: OpenFolder, path: str) -> Page:
        """Return the page of a path."""
        return Page(folder, path, PagePlaces(folder.text(path), self.encoding))

    def uri(self, folder: OpenFolder, path: str) -> str:
        """Return the address of a file, as the editor writes it where it has it open."""
        known = self.addresses.get((folder.root, path))
        return known or uris.from_fs_path(str(folder.root / path)) or ""

    def news(self, folder: OpenFolder) -> Iterable[types.PublishDiagnosticsParams]:
        """Check a folder, and yield what differs from what was shown, by page."""
        found = folder.check(self.today())
        prefix = uris.from_fs_path(str(folder.root)) or ""
        shown = {self.uri(folder, path): (path, findings) for path, findings in found.items()}
        gone = [uri for uri in self._shown if uri not in shown and self._is_in(uri, folder, prefix)]
        for uri, (path, findings) in sorted(shown.items()):
            if self._last.get(uri) is findings and uri in self._shown:
                continue
            self._last[uri] = findings
            places = PagePlaces(folder.text(path), self.encoding)
            diagnostics = [as_diagnostic(each, places) for each in findings]
            if self._shown.get(uri) != diagnostics:
                self._shown[uri] = diagnostics
                yield types.PublishDiagnosticsParams(uri, diagnostics, self.versions.get(uri))
        for uri in gone:
            del self._shown[uri]
            yield types.PublishDiagnosticsParams(uri, [], self.versions.get(uri))

    def _is_in(self, uri: str, folder: OpenFolder, prefix: str) -> bool:
        if uri.startswith(f"{prefix}/"):
            file = file_of(uri)
            return file is not None and path_in_folder(folder.root, file) is not None
        return any(
            known == uri for (root, _), known in self.addresses.items() if root == folder.root
        )


def file_of(uri: str) -> Path | None:
    """Return the file of an address; None for one that is no file, or that no system can hold."""
    try:
        name = uris.to_fs_path(uri)
    except ValueError:
        return None
    return Path(name) if name and "\0" not in name and name.startswith("/") else None


def as_diagnostic(finding: Finding, places: PagePlaces) -> types.Diagnostic:
    """Return a finding as an editor shows it: what is wrong, and in the next line what to do."""
    message = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return types.Diagnostic(
        places.range_of(finding.place) if finding.place else places.range(0, 0),
        message,
        severity=_SEVERITIES[finding.level],
        code=finding.rule,
        source="govkit",
    )


def in_words(error: GovkitError | OSError) -> str:
    """Return why something could not be done, in a sentence or two."""
    said = of_the_system(error) if isinstance(error, OSError) else error
    return f"{said.message}. {advice(said)}".strip()
