"""What rests on a record: as a tree for people, and as one JSON object (docs/json.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import click

from govkit.cli.printing.words import number_of, visible
from govkit.corpus.documents import Document
from govkit.corpus.impact import Dependent, Impact, Link
from govkit.records.kinds import KINDS, NORMATIVE_KINDS
from govkit.records.references import ROLES

FORMAT_VERSION = 1

_INDENT = "  "
_MOST = 20
"""How many ids a sentence lists; the rest is counted."""


def impact_as_text(impact: Impact) -> str:
    """Return the tree, the sum by kind, and what would need a new consent."""
    document = impact.document
    name = document.id + "".join(f"({each})" for each in impact.part)
    head = click.style(f"{name}  {visible(document.title)}".rstrip(), bold=True)
    lines = [head, f"{document.kind}, {document.status or 'no status'}", ""]
    lines += _branch(impact.tree, 1)
    if impact.tree:
        lines.append("")
    lines += _sums(impact)
    return "\n".join(lines) + "\n"


def _branch(restings: Iterable[Dependent], level: int) -> Iterator[str]:
    indent = _INDENT * level
    for resting in restings:
        document = resting.document
        how = "; ".join(_roles(resting.links))
        if resting.again:
            yield f"{indent}{document.id}: {how} (listed elsewhere in full)"
            continue
        note = ", needs a new consent" if resting.needs_consent else ""
        state = f"{document.kind}, {document.status}" if document.status else document.kind
        name = click.style(document.id, bold=True)
        yield f"{indent}{name}  {visible(_title(document))}  [{state}{note}]"
        yield f"{indent}{_INDENT * 2}{how}"
        yield from _branch(resting.below, level + 1)


def _title(document: Document) -> str:
    if document.record is None:
        return "(can't be read)"
    return str(getattr(document.record, "short", None) or document.title)


def _roles(links: Iterable[Link]) -> Iterator[str]:
    """Yield each way in which it rests on the other once, with the clauses where it does."""
    places: dict[str, list[str]] = {}
    for link in links:
        clauses = places.setdefault(link.role, [])
        if link.clause and f"({link.clause})" not in clauses:
            clauses.append(f"({link.clause})")
    for role, clauses in places.items():
        yield ROLES.get(role, role) + (f" in {', '.join(clauses)}" if clauses else "")


def _sums(impact: Impact) -> Iterator[str]:
    if not impact.all:
        yield "Nothing rests on it."
        return
    counted = Counter(document.kind or "" for document in impact.all)
    kinds = ", ".join(
        number_of(counted[kind], kind, KINDS[kind].many) for kind in KINDS if counted[kind]
    )
    yield f"{number_of(len(impact.all), 'record rests', 'records rest')} on it: {kinds}."
    if impact.too_deep:
        yield f"Not shown, since they stand deeper: {impact.too_deep:,}."
    if impact.document.kind == "term":
        yield from _consent(impact)


def _consent(impact: Impact) -> Iterator[str]:
    if not impact.moved:
        yield "If the definition changes, no normative text changes with it."
        return
    texts = number_of(len(impact.moved), "normative record")
    yield f"If the definition changes, {texts} change{'s' * (len(impact.moved) == 1)} with it."
    again = impact.to_consent_again
    if not again:
        yield "Nobody has consented to any of them yet, so no consent is lost."
        return
    ids = ", ".join(document.id for document in again[:_MOST])
    more = f" and {len(again) - _MOST} more" if len(again) > _MOST else ""
    yield click.style(f"A new consent would be needed to: {ids}{more}.", fg="red")


def impact_as_data(impact: Impact) -> dict[str, Any]:
    """Return the tree and the sums as plain data."""
    counted = Counter(document.kind or "" for document in impact.all)
    return {
        "version": FORMAT_VERSION,
        **_record(impact.document),
        "count": len(impact.all),
        "by_kind": {kind: counted[kind] for kind in KINDS if counted[kind]},
        "not_shown": impact.too_deep,
        "changes_with_it": [document.id for document in impact.moved],
        "needs_new_consent": [document.id for document in impact.to_consent_again],
        "rests_on_it": [_resting(resting) for resting in impact.tree],
        **({"part": list(impact.part)} if impact.part else {}),
    }


def _record(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "status": document.status or None,
        "path": document.path,
    }


def _resting(resting: Dependent) -> dict[str, Any]:
    return {
        **_record(resting.document),
        "normative": resting.document.kind in NORMATIVE_KINDS,
        "changes_with_it": resting.moves,
        "needs_new_consent": resting.needs_consent,
        "how": [_link(link) for link in resting.links],
        "again": resting.again,
        "rests_on_it": [_resting(below) for below in resting.below],
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "as": link.role,
        "words": ROLES.get(link.role, link.role),
        "at": str(link.route),
        "clause": link.clause or None,
    }
