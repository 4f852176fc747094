"""The commits of a line as versions: who wrote what came in, and which release held it first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from govkit.corpus.changes.history import TextVersion
from govkit.corpus.documents import Document
from govkit.store import refs
from govkit.store.commits import Commit, brought_in, first_holders
from govkit.workspace.tracing import RecordPaths


class RecordVersions:
    """The versions of one record."""

    def __init__(
        self,
        root: Path,
        commits: Sequence[Commit],
        line: Sequence[Commit],
        traces: RecordPaths,
        charter: Document | None,
    ) -> None:
        """Take the commits and the line as `repository.commits` and `main_line` give them."""
        self.root, self.commits, self.line, self.traces = root, commits, line, traces
        self.charter = charter

    def of(self, commit: Commit) -> TextVersion:
        """Return the version that a commit of the line is."""
        return TextVersion(
            commit.id,
            commit.day,
            tuple(self._authors(commit)),
            commit.subject,
            self._releases[commit.id],
            len(commit.parents) > 1,
            commit.is_cut,
        )

    def _authors(self, commit: Commit) -> Iterator[str]:
        """Yield who wrote what a commit brought, each once; of a merge, those of its branch."""
        side = self._brought_in.get(commit.id, ()) if len(commit.parents) > 1 else ()
        wrote = [
            each.author
            for each in side
            if any(file.path in self.traces.paths for file in each.files)
        ]
        yield from dict.fromkeys(wrote or [commit.author])

    @cached_property
    def _brought_in(self) -> dict[str, list[Commit]]:
        return brought_in(self.commits, self.line)

    @cached_property
    def _releases(self) -> dict[str, str | None]:
        tags = refs.release_tags(self.root).items()
        mine = [(name, id) for name, id in tags if self._is_mine(name.split("/")[0])]
        holders = first_holders(self.commits, self.line, mine)
        return {commit.id: tag for commit, tag in zip(self.line, holders, strict=True)}

    def _is_mine(self, book: str) -> bool:
        """Say whether a release of a book holds the record: it is the record's own, or of no book.

        What lies in no book, as a definition, is held by the releases of all.
        """
        own = self._book_of_record()
        return not own or book == own or book not in self._folders

    @cached_property
    def _folders(self) -> dict[str, str]:
        """Return the folder of each book that the charter names."""
        charter: Any = self.charter.record if self.charter is not None else None
        named = charter.instruments if charter is not None else {}
        return {id.removeprefix("INS-"): folder for id, folder in named.items()}

    def _book_of_record(self) -> str:
        path = next(iter((*self.traces.now, *sorted(self.traces.sure))), "")
        holding = [
            (len(folder), book)
            for book, folder in self._folders.items()
            if path.startswith(f"{folder}/")
        ]
        return max(holding)[1] if holding else ""
