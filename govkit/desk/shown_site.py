"""The site of a folder as its files are now, with what a check finds and what was edited.

It is laid out again only when something changed, and a page is written when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from govkit.corpus.changes.values import Change
from govkit.corpus.documents import Document
from govkit.desk.folder import DeskFolder
from govkit.desk.marks import LEVELS, help_of
from govkit.errors import GovkitError
from govkit.findings import Finding
from govkit.procedures.site.gathering import cache_of_site, gather_site
from govkit.proposals.submission import class_and_direction, name_of
from govkit.records.kinds import NUMBERED_KINDS
from govkit.rendering.changed_words import changes_in_words
from govkit.rendering.changes import words_of_change
from govkit.rendering.document import Section
from govkit.rendering.phrases import capital
from govkit.rendering.places import anchor_of, source_anchor, term_anchor
from govkit.rendering.plain_redline import legend
from govkit.rendering.spans import Code, Pointer, Spans, Words
from govkit.site.building import LaidOut, More, laid_out
from govkit.site.frame import HOME
from govkit.site.layout import lines, section, sentence
from govkit.site.page import Page
from govkit.workspace import Workspace
from govkit.workspace.comparison import compare
from govkit.workspace.edited_texts import with_files
from govkit.workspace.folder_version import folder_version, last_commit
from govkit.workspace.states import FolderState, state_of_folder

SCRIPT = "serve/reload.js"
VERSION = "serve/version"
_MOST = 200
"""Findings that a page lists; `govkit check` lists all."""


@dataclass(frozen=True)
class Shown:
    """What is shown at one version: the site, or why there is none."""

    version: str
    site: LaidOut | None
    trouble: GovkitError | None = None
    findings: tuple[Finding, ...] = ()


class ShownSite:
    """The site of a folder, made again when something in the folder is another."""

    def __init__(self, folder: DeskFolder) -> None:
        """Begin with nothing made."""
        self.folder = folder
        self._shown: Shown | None = None
        # What `govkit site` has kept is read; what is made here lasts as long as the server.
        self.cache = cache_of_site(folder.root)
        self._committed: FolderState | None = None
        self._written: dict[str, bytes | None] = {}

    def version(self) -> str:
        """Return the name of what the folder holds now; another day has another one."""
        day = self.folder.now().date().isoformat()
        named = f"{folder_version(self.folder.root)} {day}"
        return sha256(named.encode()).hexdigest()[:24]

    def now(self) -> Shown:
        """Return what is shown now."""
        with self.folder.lock:
            version = self.version()
            if self._shown is None or self._shown.version != version:
                self._written = {}
                self._shown = self._made(version)
            return self._shown

    def file(self, path: str) -> bytes | None:
        """Return a file of the site as it is now, or None where it has none of this name."""
        with self.folder.lock:
            shown = self.now()
            if shown.site is None:
                return None
            if path not in self._written:
                self._written[path] = shown.site.file(path)
            return self._written[path]

    def _made(self, version: str) -> Shown:
        findings: tuple[Finding, ...] = ()
        try:
            workspace = self.folder.opened()
            findings = self.folder.found(workspace)
            findings = tuple(workspace.placed(findings))
            site = gather_site(workspace, self.folder.now(), formats=(), cache=self.cache)
            more = _Additions(workspace, findings, self._changes(workspace), version)
            return Shown(version, laid_out(site, turn=more.to), None, findings)
        except GovkitError as error:
            return Shown(version, None, error, findings)

    def _changes(self, workspace: Workspace) -> tuple[Change, ...] | None:
        """Return what changed since the last commit, as it is printed; None without a commit."""
        root = workspace.root
        commit = last_commit(root)
        if commit is None:
            return None
        if self._committed is None or self._committed.name != commit.name:
            self._committed = commit
        before = self._committed
        folder = state_of_folder(root, root)
        differ = [
            path for path in sorted({*before.ids, *folder.ids}) if not before.is_same(path, folder)
        ]
        if not differ:
            return ()
        data = folder.read([path for path in differ if path in folder.ids])
        after = with_files(root, before, {path: data.get(path) for path in differ})
        compared = compare(before, after)
        return changes_in_words(compared.before, compared.after, compared.changes).changes


@dataclass(frozen=True)
class _Additions:
    """What is put on top of the pages: findings, and what was edited since the last commit."""

    workspace: Workspace
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] | None
    version: str

    def to(self, page: Page) -> More:
        """Return what is found in the text of a page, and a script that asks for news."""
        sections: tuple[Section, ...] = ()
        document = self._texts.get(page.anchor)
        if page.anchor == HOME:
            sections = (self._all_findings(), self._all_changes())
        elif document is not None:
            sections = (*self._found_in(document), *self._change_of(document))
        return More(sections, (f"{SCRIPT}?{self.version}",))

    @cached_property
    def _texts(self) -> Mapping[str, Document]:
        """Return the records that have a page, by the anchor that names the page."""
        corpus = self.workspace.corpus
        found = {anchor_of(each.id): each for each in corpus.of_kind(*NUMBERED_KINDS)}
        found |= {f"of-{term_anchor(each.id)}": each for each in corpus.of_kind("term")}
        found |= {f"of-{source_anchor(each.id)}": each for each in corpus.of_kind("source")}
        return {anchor: each for anchor, each in found.items() if each.record is not None}

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        return {document.path: anchor for anchor, document in self._texts.items()}

    def _found_in(self, document: Document) -> Iterator[Section]:
        about = list(self.workspace.about({document.path}, self.findings))
        rows = lines(_line(each) for each in about[:_MOST])
        yield section("found-here", "Findings of check", *(rows or (sentence(_NOTHING_FOUND),)))

    def _change_of(self, document: Document) -> Iterator[Section]:
        said = self.workspace.corpus.messages
        if self.changes is None:
            yield section("edited-here", _EDITED, sentence(_NO_COMMIT))
            return
        own = [each for each in self.changes if document.path in (each.new_path, each.old_path)]
        if not own:
            yield section("edited-here", _EDITED, sentence("Nothing: all words are committed."))
        for change in own:
            first = sentence(f"{capital(class_and_direction(change))}.")
            yield section(
                "edited-here", _EDITED, first, *legend(said), *words_of_change(change, said)
            )

    def _all_findings(self) -> Section:
        rows: list[Spans] = []
        for each in self.findings[:_MOST]:
            anchor = self._pages.get(each.path)
            rows.append((Pointer(anchor, _line(each)),) if anchor else _line(each))
        more = len(self.findings) - _MOST
        if more > 0:
            rows.append((Words(f"{more:,} more: `govkit check` lists all."),))
        listed = lines(rows) or (sentence(_NOTHING_FOUND),)
        return section("found-here", f"Findings of check ({len(self.findings):,})", *listed)

    def _all_changes(self) -> Section:
        if self.changes is None:
            return section("edited-here", _EDITED, sentence(_NO_COMMIT))
        rows = [self._changed(each) for each in self.changes]
        nothing = sentence("Nothing: all words are committed.")
        return section("edited-here", _EDITED, *(lines(rows) or (nothing,)))

    def _changed(self, change: Change) -> Spans:
        words = f"{name_of(change)}: {class_and_direction(change)}"
        anchor = self._pages.get(change.new_path or "")
        return (Pointer(anchor, (Words(words),)),) if anchor else (Words(words),)


_EDITED = "Changed since the last commit"
_NO_COMMIT = "This folder has no commit yet, so there is nothing to compare with."
_NOTHING_FOUND = "Nothing."


def _line(finding: Finding) -> Spans:
    """Return a finding: how grave it is, what is wrong, where, and what to do."""
    place = f":{finding.place.line}" if finding.place else ""
    help_ = help_of(finding)
    return (
        Words(f"{LEVELS[finding.level]}: {finding.message} ("),
        Code(f"{finding.path}{place}"),
        Words(f"). {help_}" if help_ else ")"),
    )
