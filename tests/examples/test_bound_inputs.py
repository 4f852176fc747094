"""Whatever a sum is made from is bound: one value changed in a file, and `check` names that file.

Each value of each file is changed in turn into another one that can be read. Where the decision
comes out otherwise, there is a finding about the file.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from govkit.checks.run import findings_of
from govkit.consent.decide import decide
from govkit.consent.decision import RoundResult
from govkit.corpus.copies import read_copy
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus, corpus_of
from govkit.records.kinds import is_copy
from govkit.round.docket import docket_of
from govkit.source.record_bytes import plain, record_bytes
from govkit.workspace import open_workspace, read_documents

PROPOSAL = "2026-001"
CLOSED = datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC)
OTHERS = (
    ("civil-society", "business", "academia", "public-bodies"),
    ("example-chat", "example-market", "example-network-lab", "example-readers-union"),
    ("consent", "object", "stand-aside", "abstain", "withdraw"),
    ("enrolled", "listed"),
    ("organisation", "individual"),
    ("substance", "editorial", "procedure"),
    ("P7D", "P1D", "P60D"),
    ("E0", "E1", "E2", "E3"),
    ("roll", "active"),
)


def another(value: Any) -> list[Any]:
    """Other values that may stand in the place of one."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if not isinstance(value, str):
        return []
    if found := re.match(r"20\d\d-\d\d-\d\d", value):
        day = datetime.date.fromisoformat(found[0])
        moved = (day + datetime.timedelta(days=each) for each in (-40, 40))
        return [value.replace(found[0], each.isoformat()) for each in moved]
    if value.startswith("sha256:"):
        return [value[:-2] + ("00" if value[-2:] != "00" else "11")]
    return [each for pool in OTHERS if value in pool for each in pool if each != value]


def changed(value: Any, route: str = "") -> Iterator[tuple[str, Any]]:
    """Yield a value with one thing in it changed, or one part taken out, and which that was."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield f"{route}.{key}-", {k: v for k, v in value.items() if k != key}
            for where, other in changed(each, f"{route}.{key}"):
                yield where, value | {key: other}
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield f"{route}[-]", [*value[:i], *value[i + 1 :]]
            for where, other in changed(each, f"{route}[]"):
                yield where, [*value[:i], other, *value[i + 1 :]]
    else:
        for other in another(value):
            yield route, other


def reckoned(corpus: Corpus) -> RoundResult | None:
    docket = docket_of(corpus, PROPOSAL)
    return decide(docket, CLOSED) if docket else None


def read_again(corpus: Corpus, path: str, data: bytes) -> Document:
    if is_copy(path):
        return read_copy(path, data, corpus.charter)
    return next(read_documents([(path, data)]))


def test_each_value_that_a_sum_rests_on_is_bound(played: Path) -> None:
    corpus = open_workspace(played).corpus
    every = [*corpus.documents, *corpus.copies]
    before, tried, moved = reckoned(corpus), Counter[tuple[str, str]](), set[tuple[str, str]]()
    for at, document in enumerate(every):
        if document.kind in (None, "log-entry", "log-head") or document.record is None:
            continue
        if not document.path.startswith("governance/"):
            continue
        kind = f"copied {document.kind}" if is_copy(document.path) else document.kind
        for route, other in changed(plain(document.record)):
            # Of one kind of value two that are tried, and one that moves the sum, are enough.
            if tried[kind, route] > 1 or (kind, route) in moved:
                continue
            try:
                data = record_bytes(document.kind, other, document.path)
            except (ValueError, TypeError, KeyError):
                continue
            now = read_again(corpus, document.path, data)
            if now.record is None:
                continue
            tried[kind, route] += 1
            new = corpus_of([*every[:at], now, *every[at + 1 :]])
            if reckoned(new) != before:
                moved.add((kind, route))
                found = findings_of(new, CLOSED.date())
                assert any(each.path == document.path for each in found), (document.path, route)
    kinds = {kind for kind, _ in moved}
    assert kinds >= {"charter", "member", "revision", "position", "evidence", "proposal", "notice"}
    assert kinds >= {"comment", "copied policy", "genesis"}
