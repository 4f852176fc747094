"""The changes between two states as a document: each unit with its class and its redline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from govkit.corpus.changes.values import Change, Changes, ClauseChange, Direction, FieldChange
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.marks import without_marks
from govkit.corpus.redline.operations import Redline
from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.records.kinds import NUMBERED_KINDS
from govkit.rendering import change_phrases, phrases
from govkit.rendering.document import (
    Block,
    Clause,
    Document,
    Fact,
    Facts,
    Front,
    Listing,
    MarginNote,
    Paragraph,
    Section,
)
from govkit.rendering.places import anchor_of
from govkit.rendering.plain_redline import legend, tracked_legend
from govkit.rendering.redline import paragraphs_of
from govkit.rendering.spans import Code, Span, Words
from govkit.rendering.tracked import tracked_paragraphs
from govkit.rendering.typography import curled


def document_of_changes(
    corpus: Corpus,
    old: str,
    new: str,
    changes: Changes,
    *,
    marks: bool = True,
    tracked: bool = False,
) -> Document:
    """Return the changes as a document. `old` and `new` name the two states as they are printed.

    `corpus` is that of the newer state, for the names of the coalition. Without `marks`, links are
    left out of the redlines. With `tracked`, they are for a format with tracked changes, which has
    comments too (`rendering/tracked`).
    """
    said = corpus.messages
    signs = tracked_legend(said) if tracked else legend(said)
    sections = [
        Section("back", "legend", "", "", (_said(said["changes.explained"]), *signs)),
        *(
            section_of_change(change, said, marks=marks, tracked=tracked)
            for change in changes.changes
        ),
        *_rest(changes, said),
    ]
    return Document(_front(corpus, old, new, changes), tuple(sections))


def _front(corpus: Corpus, old: str, new: str, changes: Changes) -> Front:
    said = corpus.messages
    charter = corpus.charter
    count = str(len(changes.changes)) if changes.changes else said["changes.nothing"]
    facts = (
        Fact(said["changes.from"], (Code(old),)),
        Fact(said["changes.to"], (Code(new),)),
        Fact(said["changes.how-many"], (Words(count),)),
        Fact(
            said["changes.next-version"], (Words(change_phrases.bump_in_words(said, changes.bump)),)
        ),
    )
    return Front(
        id="changes",
        anchor="head",
        issuer=curled(charter.name) if charter else "",
        title=said["changes.title"],
        notice=said["changes.prevails"],
        facts=Facts(facts),
        language=corpus.language,
        of=said["general.of"],
    )


def section_of_change(
    change: Change, said: Messages, *, marks: bool = True, tracked: bool = False
) -> Section:
    """Return a change with what is said of it, and its redline."""
    blocks: list[Block] = [change_note(change, said)] if tracked else []
    blocks.append(Facts(tuple(_facts(change, said))))
    if change.mixed:
        blocks.append(_said(said["changes.mixed"]))
    blocks += words_of_change(change, said, marks=marks, tracked=tracked)
    blocks += _evidence(change, said)
    anchor = f"change-{anchor_of(change.id)}"
    name = change.id if change.kind in NUMBERED_KINDS else change.kind.capitalize()
    return Section("text", anchor, name, curled(change.title), tuple(blocks))


def words_of_change(
    change: Change, said: Messages, *, marks: bool = True, tracked: bool = False
) -> Iterator[Block]:
    """Yield the redline of each field and clause that differs."""
    paragraphs = tracked_paragraphs if tracked else paragraphs_of
    for field in change.fields:
        yield from _field(field, change, said, paragraphs)
    for clause in change.clauses:
        if clause.old != clause.new:  # else only its fields differ, and those are listed
            found = _clause(clause, change, said, paragraphs, marks=marks)
            note = clause_note(clause, said) if tracked else None
            yield replace(found, note=note)


def change_note(change: Change, said: Messages) -> MarginNote:
    """Return what a comment says of a change: its class and which way it goes."""
    lines = [
        f"{phrases.capital(said['changes.class'])} {change_phrases.class_of_change(said, change)}",
        *ways_in_words(change.direction, said),
    ]
    return MarginNote(tuple((Words(line),) for line in lines))


def clause_note(clause: ClauseChange, said: Messages) -> MarginNote:
    """Return what a comment says of a changed clause: class, direction, and what is asked of its
    author.
    """
    lines = [
        phrases.capital(change_phrases.of_class(said, clause.class_)),
        *ways_in_words(clause.direction, said),
        *clause.reasons,
        *(f"{said['changes.evidence']}: {each.span}" for each in clause.evidence),
    ]
    return MarginNote(tuple((Words(line),) for line in lines))


def ways_in_words(direction: Direction, said: Messages) -> list[str]:
    """Return which way a change goes, for the platform and for the users."""
    named = (
        (said["changes.duty"], direction.platform_duty),
        (said["changes.protection"], direction.user_protection),
    )
    return [f"{name}: {way}" for name, way in named if way]


def _facts(change: Change, said: Messages) -> Iterator[Fact]:
    named = (
        (said["changes.class"], change_phrases.class_of_change(said, change)),
        (
            said["changes.declared"],
            change_phrases.declared_in_words(said, change) if change.declared is not None else "",
        ),
        (said["changes.version"], change_phrases.bump_in_words(said, change.bump)),
        (said["changes.duty"], change.direction.platform_duty or ""),
        (said["changes.protection"], change.direction.user_protection or ""),
        (said["changes.conformity"], change.conformity),
        (said["changes.rests-on-it"], ", ".join(change.affects)),
    )
    for name, text in named:
        if text:
            yield Fact(name, (Words(text),))
    for name, digest in (
        (said["changes.before"], change.before),
        (said["changes.after"], change.after),
    ):
        if digest:
            yield Fact(name, (Code(digest),))


Paragraphs = Callable[[Redline, Messages], tuple[Paragraph, ...]]
"""How a redline becomes paragraphs: for the eye, or as tracked changes."""


def _field(
    field: FieldChange, change: Change, said: Messages, paragraphs: Paragraphs
) -> Iterator[Block]:
    anchor = f"change-{anchor_of(change.id)}-{re.sub('[^a-z0-9]+', '-', field.field.lower())}"
    blocks = paragraphs(
        redline(change_phrases.as_text(field.old), change_phrases.as_text(field.new)), said
    )
    yield Clause(anchor, field.field, change_phrases.of_class(said, field.class_), (), blocks)


def _clause(
    clause: ClauseChange, change: Change, said: Messages, paragraphs: Paragraphs, *, marks: bool
) -> Clause:
    label = said["changes.definition"] if clause.id == "definition" else f"({clause.id})"
    reasons = "; ".join(clause.reasons)
    remarks: tuple[tuple[Span, ...], ...] = ((Words(reasons),),) if reasons else ()
    old, new = (side if marks else without_marks(side) for side in (clause.old, clause.new))
    anchor = f"change-{anchor_of(change.id)}-{clause.id}"
    of_class = change_phrases.of_class(said, clause.class_)
    blocks = paragraphs(redline(old, new), said)
    return Clause(anchor, label, of_class, remarks, blocks, field=_field_of(clause, change))


def _field_of(clause: ClauseChange, change: Change) -> str:
    """Return the field that the words of a changed clause are (docs/word-format.md)."""
    if clause.id in ("title", "text"):
        return f"{change.id}#{clause.id}"
    if clause.id == "definition":
        return f"{change.kind}:{change.id}#definition"
    return f"{change.id}.{clause.id}"


def _evidence(change: Change, said: Messages) -> Iterator[Block]:
    lines = tuple(
        (Words(f"({clause.id}) {evidence.kind}: "), Code(evidence.span))
        for clause in change.clauses
        for evidence in clause.evidence
    )
    if lines:
        yield Listing(said["changes.evidence"], lines)


def _rest(changes: Changes, said: Messages) -> Iterator[Section]:
    """Yield what stands behind the changes: sweeps, what was not compared, other records."""
    sweeps = tuple((Words(f"{sweep.id}: {', '.join(sweep.clauses)}"),) for sweep in changes.sweeps)
    others = tuple((Code(path),) for path in changes.others)
    if sweeps:
        title = said["changes.sweeps"]
        yield Section("back", "sweeps", "", title, (Listing("", sweeps),))
    yield from sections_of_unread(changes, said)
    if others:
        yield Section("back", "others", "", said["changes.others"], (Listing("", others),))


def sections_of_unread(changes: Changes, said: Messages) -> Iterator[Section]:
    """Yield the section of the records that could not be compared, where there are any."""
    unread = tuple(
        (Code(unread.path), Words(f" ({_side(unread.side, said)}): {unread.why}"))
        for unread in changes.unread
    )
    if unread:
        title = said["changes.not-compared"]
        yield Section("back", "not-compared", "", title, (Listing("", unread),))


def _side(side: str, said: Messages) -> str:
    return said["changes.old"] if side == "old" else said["changes.new"]


def _said(text: str) -> Paragraph:
    return Paragraph((Words(text),))
