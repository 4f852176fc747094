"""A label is looked at: statement, terms and texts are held against each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govkit.adoption.label_check import (
    StaleClause,
    StatementFault,
    drafted_again,
    edition_of,
    read_statement,
    stale_clauses,
    statement_faults,
)
from govkit.adoption.page_check import PageFinding, page_findings
from govkit.adoption.printed_words import printed_units
from govkit.adoption.statement import statement_digest
from govkit.errors import WrongUse
from govkit.procedures.adoption.platform_terms import LABEL, STATEMENT, TERMS
from govkit.rendering.adoption.terms_document import about
from govkit.store.worktree import read_named
from govkit.workspace import Workspace
from govkit.workspace.adopted import corpus_of_edition

_ENDINGS = (".html", ".md", ".docx", ".pdf", ".txt")


class LabelFiles(NamedTuple):
    """The files of a label: the statement, the terms, and the linked data where there are any."""

    statement: Path
    pages: tuple[Path, ...]
    data: Path | None


class LabelVerdict(NamedTuple):
    """What was found. `found` are the findings of each page, by its name."""

    found: dict[str, list[PageFinding]]
    faults: tuple[StatementFault, ...]
    stale: tuple[StaleClause, ...]
    notes: tuple[str, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """Return the names of the pages that were looked at."""
        return tuple(self.found)

    def of_page(self, name: str) -> Iterator[PageFinding]:
        """Yield what was found on a page: each clause, and of the frame what is not so."""
        for each in self.found[name]:
            if each.text or each.found != "true":
                yield each

    @property
    def true_count(self) -> int:
        """Return how many clauses of provisions stand on the pages as stated."""
        several = [each for found in self.found.values() for each in found]
        return sum(each.found == "true" and bool(each.text) for each in several)

    @property
    def false_count(self) -> int:
        """Return how many things are not so."""
        several = [each for found in self.found.values() for each in found]
        return len(self.faults) + sum(each.found != "true" for each in several)

    @property
    def is_true(self) -> bool:
        """Say whether all is as stated."""
        return not self.false_count

    def as_data(self) -> dict[str, Any]:
        """Return the verdict for programs."""
        return {
            "version": 1,
            "true": self.is_true,
            "pages": {name: [each._asdict() for each in self.of_page(name)] for name in self.found},
            "statement": [each._asdict() for each in self.faults],
            "stale": [each._asdict() for each in self.stale],
            "notes": list(self.notes),
        }


def files_beside(what: Path, pages: Sequence[Path]) -> LabelFiles:
    """Return the files of a label, given by its folder or its statement. Raises `WrongUse`."""
    statement = what / STATEMENT if what.is_dir() else what
    if not statement.exists():
        raise WrongUse(f"there is no {statement}", "Name the statement, or the folder it is in.")
    folder = statement.parent
    beside = [folder / f"{TERMS}{ending}" for ending in _ENDINGS]
    found = tuple(pages) or tuple(path for path in beside if path.is_file())
    if not found:
        raise WrongUse(
            f"no terms stand beside {statement.name}", "Name them: --terms their-terms.html."
        )
    data = folder / f"{LABEL}.jsonld"
    return LabelFiles(statement, found, data if data.is_file() else None)


def verified(
    workspace: Workspace, files: LabelFiles, texts: Sequence[tuple[str, str]]
) -> LabelVerdict:
    """Return what is true of a label; `texts` are the names and words of the pages."""
    name = files.statement.name
    statement = read_statement(read_named(files.statement), name)
    corpus, note = corpus_of_edition(workspace, edition_of(statement))
    terms = drafted_again(statement, corpus, name)
    units = tuple(printed_units(terms, list(about(terms))))
    faults = [*statement_faults(statement, terms), *_of_data(files.data, statement)]
    now = workspace.corpus
    stale = tuple(stale_clauses(statement, corpus, now)) if corpus is not now else ()
    notes = [note] if note else []
    return LabelVerdict(
        {page: page_findings(units, text) for page, text in texts},
        tuple(faults),
        stale,
        tuple(notes),
    )


def _of_data(path: Path | None, statement: dict[str, Any]) -> Iterator[StatementFault]:
    """Yield what the linked data of a label says of another statement."""
    if path is None:
        return
    try:
        data = json.loads(read_named(path))
        named = data.get("identifier") if isinstance(data, dict) else None
    except (ValueError, RecursionError):
        named = None
    digest = statement_digest(statement)
    if named != digest:
        yield StatementFault(path.name, f"identifier {str(named)[:80]}", digest)
