"""What every rule says a finding with: where it stands, and what is told there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.corpus.base import Key
from govkit.corpus.documents import Document
from govkit.corpus.ids import id_in_name
from govkit.findings import NOWHERE, Finding, Route, Stops
from govkit.records.kinds import TEXT_KINDS, id_space, kind_of_path, slug_of_path
from govkit.source.folder_contents import as_record

Findings = Iterator[Finding]
"""What a rule is a generator of."""

NAMED_BY_OF = ("translation", "declaration")
"""The kinds that are about another record, and whose files are named for it."""


def remark(
    document: Document, message: str, route: Route = NOWHERE, *, stops: Stops = None, **more: Any
) -> Finding:
    """Return a finding in this document; the runner fills in the slug of the rule.

    `more` are `expected`, `found`, `help` and `enforces`.
    """
    return Finding("", message, document.path, route, document.id, stops, **more)


def refusal(document: Document, message: str, route: Route = NOWHERE, **more: Any) -> Finding:
    """Return a finding in this document that stops a merge."""
    return remark(document, message, route, stops="merge", **more)


def taken_back(place: str) -> str:
    """Return how a file that is gone comes back, in words to be done literally.

    `place` is its path, or a pattern of git's that finds it. Whether its end was committed, a check
    does not know: the first command is for the one case, the second for the other.
    """
    gone = f"git log --no-renames --diff-filter=D --name-only -- {place}"
    return (
        f"`git restore --source=HEAD --staged --worktree -- {place}`. Where git knows no such "
        f"file, a commit took it away: `{gone}` names both; then `git restore --source=COMMIT~ -- "
        "FILE`, and commit it."
    )


def key_of_name(path: str) -> Key:
    """Return the (id space, id) that the name of a file speaks of, whatever its ending.

    The space is empty where the place of the file gives no kind.
    """
    named = as_record(path)
    return (id_space(kind_of_path(named) or ""), id_in_name(slug_of_path(named)))


def named_by_its_id(document: Document) -> bool:
    """Say whether the name of the file is the id inside, or begins with it.

    True for the kinds in which no id stands inside or the name is fixed.
    """
    stem = slug_of_path(document.path)
    if document.kind in NAMED_BY_OF:
        return stem == getattr(document.record, "of", stem)
    return document.kind not in TEXT_KINDS or f"{stem}-".startswith(f"{document.id}-")


def at(*keys: str | int, span: tuple[int, int] | None = None, key: bool = False) -> Route:
    """Return a route: `at("clauses", 2, "force")`; `key=True` means the key itself."""
    return Route(keys, span, key)
