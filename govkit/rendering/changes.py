"""The changes between two states as a document: each unit with its class and its redline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.corpus.changes.values import Change, Changes, ClauseChange, FieldChange
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.marks import without_marks
from govkit.corpus.whole import Corpus
from govkit.records.kinds import NUMBERED_KINDS
from govkit.rendering import change_phrases as words
from govkit.rendering.document import (
    Block,
    Clause,
    Code,
    Document,
    Fact,
    Facts,
    Front,
    Listing,
    Paragraph,
    Section,
    Span,
    Words,
)
from govkit.rendering.phrases import OF
from govkit.rendering.places import anchor_of
from govkit.rendering.plain_redline import legend
from govkit.rendering.redline import paragraphs_of
from govkit.rendering.typography import curled


def document_of_changes(
    corpus: Corpus, old: str, new: str, changes: Changes, *, marks: bool = True
) -> Document:
    """Return the changes as a document. `old` and `new` name the two states as they are printed.

    `corpus` is that of the newer state, for the names of the coalition. Without `marks`, links are
    left out of the redlines.
    """
    sections = [
        Section("back", "legend", "", "", (_said(words.EXPLAINED), *legend())),
        *(_section(change, marks=marks) for change in changes.changes),
        *_rest(changes),
    ]
    return Document(_front(corpus, old, new, changes), tuple(sections))


def _front(corpus: Corpus, old: str, new: str, changes: Changes) -> Front:
    charter = corpus.charter
    count = str(len(changes.changes)) if changes.changes else words.NOTHING
    facts = (
        Fact(words.FROM, (Code(old),)),
        Fact(words.TO, (Code(new),)),
        Fact(words.HOW_MANY, (Words(count),)),
        Fact(words.NEXT_VERSION, (Words(words.bump_in_words(changes.bump)),)),
    )
    return Front(
        id="changes",
        anchor="head",
        issuer=curled(charter.name) if charter else "",
        title=words.TITLE,
        symbol="",
        status="",
        draft="",
        notice=words.PREVAILS,
        edition="",
        day="",
        digest="",
        facts=Facts(facts),
        language=charter.languages.authoritative if charter else "en",
        contents="",
        of=OF,
    )


def _section(change: Change, *, marks: bool) -> Section:
    blocks: list[Block] = [Facts(tuple(_facts(change)))]
    if change.mixed:
        blocks.append(_said(words.MIXED))
    blocks += words_of_change(change, marks=marks)
    blocks += _evidence(change)
    anchor = f"change-{anchor_of(change.id)}"
    name = change.id if change.kind in NUMBERED_KINDS else change.kind.capitalize()
    return Section("text", anchor, name, curled(change.title), tuple(blocks))


def words_of_change(change: Change, *, marks: bool = True) -> Iterator[Block]:
    """Yield the redline of each field and clause that differs."""
    for field in change.fields:
        yield from _field(field, change)
    for clause in change.clauses:
        if clause.old != clause.new:  # else only its fields differ, and those are listed
            yield _clause(clause, change, marks=marks)


def _facts(change: Change) -> Iterator[Fact]:
    named = (
        (words.CLASS, words.class_in_words(change.class_)),
        (words.DECLARED, words.declared_in_words(change) if change.declared is not None else ""),
        (words.VERSION, words.bump_in_words(change.bump)),
        (words.DUTY, change.direction.platform_duty or ""),
        (words.PROTECTION, change.direction.user_protection or ""),
        (words.CONFORMITY, change.conformity),
        (words.RESTS_ON_IT, ", ".join(change.affects)),
    )
    for name, text in named:
        if text:
            yield Fact(name, (Words(text),))
    for name, digest in ((words.BEFORE, change.before), (words.AFTER, change.after)):
        if digest:
            yield Fact(name, (Code(digest),))


def _field(field: FieldChange, change: Change) -> Iterator[Block]:
    anchor = f"change-{anchor_of(change.id)}-{field.field.replace('.', '-').replace(' ', '-')}"
    blocks = paragraphs_of(redline(_as_text(field.old), _as_text(field.new)))
    yield Clause(anchor, field.field, words.of_class(field.class_), (), blocks)


def _as_text(value: Any) -> str:
    """Return a value of a field as text, one line for each part of a list of texts."""
    if value in (None, [], {}):
        return ""
    if isinstance(value, dict):
        said = {key: _as_text(inner) for key, inner in value.items()}
        return "; ".join(f"{key}: {text}" for key, text in said.items() if text)
    if isinstance(value, list):
        between = "\n\n" if any(" " in str(part) for part in value) else ", "
        return between.join(_as_text(part) for part in value)
    return str(value)


def _clause(clause: ClauseChange, change: Change, *, marks: bool) -> Clause:
    label = words.DEFINITION if clause.id == "definition" else f"({clause.id})"
    reasons = "; ".join(clause.reasons)
    remarks: tuple[tuple[Span, ...], ...] = ((Words(reasons),),) if reasons else ()
    old, new = (side if marks else without_marks(side) for side in (clause.old, clause.new))
    anchor = f"change-{anchor_of(change.id)}-{clause.id}"
    of_class = words.of_class(clause.class_)
    return Clause(anchor, label, of_class, remarks, paragraphs_of(redline(old, new)))


def _evidence(change: Change) -> Iterator[Block]:
    lines = tuple(
        (Words(f"({clause.id}) {evidence.kind}: "), Code(evidence.span))
        for clause in change.clauses
        for evidence in clause.evidence
    )
    if lines:
        yield Listing(words.EVIDENCE, lines)


def _rest(changes: Changes) -> Iterator[Section]:
    """Yield what stands behind the changes: sweeps, what was not compared, other records."""
    sweeps = tuple((Words(f"{sweep.id}: {', '.join(sweep.clauses)}"),) for sweep in changes.sweeps)
    unread = tuple(
        (Code(unread.path), Words(f" ({_side(unread.side)}): {unread.why}"))
        for unread in changes.unread
    )
    others = tuple((Code(path),) for path in changes.others)
    for anchor, title, lines in (
        ("sweeps", words.SWEEPS, sweeps),
        ("not-compared", words.NOT_COMPARED, unread),
        ("others", words.OTHERS, others),
    ):
        if lines:
            yield Section("back", anchor, "", title, (Listing("", lines),))


def _side(side: str) -> str:
    return words.OLD if side == "old" else words.NEW


def _said(text: str) -> Paragraph:
    return Paragraph((Words(text),))
