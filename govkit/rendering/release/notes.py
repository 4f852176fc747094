"""The notes of a release as a document: what weakens protection first, each change with its words,
who consented to it, who dissents and why, and who was not heard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govkit.corpus.changes.values import CLASS_NAMES, Change, Class
from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.records.kinds import NUMBERED_KINDS
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords, DecidedProposal
from govkit.release.notes import LEADS, Note, Notes, history_of, notes_of
from govkit.release.release import Release
from govkit.rendering.changes import words_of_change
from govkit.rendering.document import (
    Block,
    Document,
    Fact,
    Facts,
    Item,
    Items,
    Listing,
    Paragraph,
    Section,
    Table,
)
from govkit.rendering.notes import read_note
from govkit.rendering.phrases import DASH, capital
from govkit.rendering.places import NO_PLACES, anchor_of
from govkit.rendering.plain_redline import legend
from govkit.rendering.release import note_words, words
from govkit.rendering.release.adoption_facts import asides_of, decision_spans, facts_of
from govkit.rendering.release.edition import front_of_page
from govkit.rendering.release.people import People, plain
from govkit.rendering.spans import Code, Pointer, Span, Words
from govkit.rendering.typography import curled
from govkit.source.reading import without_addresses

_INLINE = 1200
"""Signs of both sides of a change that is printed in the notes themselves."""


def notes_document(release: Release) -> Document:
    """Return the notes of a release as a document."""
    adoptions = release.adoptions
    history = history_of((*release.earlier, release.manifest), release.corpus)
    instrument = release.manifest.instrument
    notes = notes_of(release.previous, release.corpus, instrument, adoptions, history)
    title = f"{release.messages['notes.notes']}: {curled(release.manifest.title)}"
    front = front_of_page(
        release, f"notes-{release.manifest.version}", title, _facts(release, notes)
    )
    return Document(front, tuple(_sections(release, notes, adoptions)))


def _facts(release: Release, notes: Notes) -> tuple[Fact, ...]:
    said = release.messages
    version = release.manifest.compared_with
    if notes.changes is None or version is None:
        return ()
    return (
        Fact(said["notes.compared-with"], (Words(words.version(said, version)),)),
        Fact(said["notes.asked"], (Words(note_words.bump_of(said, notes.changes.bump)),)),
    )


def _sections(release: Release, notes: Notes, adoptions: AdoptionRecords) -> Iterator[Section]:
    if release.foreword and release.foreword.strip():
        # Quotation marks are set by the reader of notes: in an address they are signs.
        blocks = read_note(without_addresses(release.foreword)[0], NO_PLACES)
        yield Section("front", "foreword", "", release.messages["notes.foreword"], blocks)
    if notes.is_first:
        yield _holds(release.corpus, adoptions)
    else:
        yield from changes_sections(release, notes)
    yield from _history(notes, release.messages)


def _holds(corpus: Corpus, adoptions: AdoptionRecords) -> Section:
    """Return the list of a first release: its texts, and what decided each."""
    said = corpus.messages
    rows = tuple(
        ((Code(id),), _title(corpus, id), _capital(decision_spans(adoption, said)))
        for id, adoption in adoptions.by_id.items()
    )
    blocks: list[Block] = [Paragraph((Words(said["notes.first"]),))]
    if rows:
        blocks.append(
            Table((said["release.text"], said["release.title"], said["release.decision"]), rows)
        )
    return Section("back", "holds", "", said["notes.holds"], tuple(blocks))


def _title(corpus: Corpus, id: str) -> tuple[Span, ...]:
    found = corpus.find((*NUMBERED_KINDS, "term"), id)
    return (Words(curled(found.title)),) if found and found.title else (Words("\u2013"),)


def _capital(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    first = spans[0]
    return (Words(capital(first.text)), *spans[1:]) if isinstance(first, Words) else spans


# --- what changed ---------------------------------------------------------------------------------


def changes_sections(release: Release, notes: Notes) -> Iterator[Section]:
    """Yield the changes: the sum first, then one section for each heading that has any."""
    said = release.messages
    assert notes.changes is not None
    if not notes.notes:
        yield Section(
            "back",
            "glance",
            "",
            said["notes.at-a-glance"],
            (Paragraph((Words(said["notes.nothing"]),)),),
        )
    else:
        blocks = (Paragraph((Words(said["notes.computed"]),)), _sum(notes, said))
        yield Section("back", "glance", "", said["notes.at-a-glance"], blocks)
        yield Section("back", "legend", "", said["release.legend"], legend(said))
    for lead in LEADS:
        found = notes.under(lead)
        if found:
            inner = tuple(_note(release, note) for note in found)
            yield Section("part", f"notes-{lead}", "", said[f"notes.leads.{lead}"], (), inner)
    yield from _rest(notes, said)


def counted(notes: Notes) -> Iterator[tuple[Class, tuple[int, int, int, int]]]:
    """Yield each class that occurs, the heaviest first, with how many changes go which way.

    The numbers are of changes that weaken protection, strengthen it, that are not clear, and that
    do not bear on it.
    """
    for class_ in reversed(CLASS_NAMES):
        columns = [_column(note) for note in notes.notes if note.change.class_ == class_]
        if columns:
            yield class_, (columns.count(0), columns.count(1), columns.count(2), columns.count(3))


def _sum(notes: Notes, said: Messages) -> Table:
    """Return how many changes there are of each class, and which way they go."""
    head = (
        said["notes.kind"],
        said["notes.weaker"],
        said["notes.stronger"],
        said["notes.not-clear"],
        said["notes.neither"],
        said["notes.all"],
    )
    rows = []
    for class_, counts in counted(notes):
        cells = [str(count) if count else "\u2013" for count in counts]
        name = said[f"notes.classes.{class_}"]
        named = said.say("notes.name-of-class", name=name, number=class_)
        row = (named, *cells, str(sum(counts)))
        rows.append(tuple((Words(cell),) for cell in row))
    return Table(head, tuple(rows))


def _column(note: Note) -> int:
    if note.lead == "weakens":
        return 0
    return {"stronger": 1, "unclear": 2}.get(note.change.direction.user_protection or "", 3)


def _note(release: Release, note: Note) -> Section:
    said = release.messages
    change, adoption = note.change, note.adoption
    blocks: list[Block] = [Facts(tuple(_facts_of(release, note)))]
    sentences = [
        Item(DASH, (Paragraph((Words(each),)),)) for each in note_words.sentences(said, change)
    ]
    blocks += [Items(tuple(sentences))] if sentences else []
    blocks += _words(change, said)
    if adoption is not None:
        blocks += asides_of(adoption, release.corpus)
    name = change.id if change.kind in NUMBERED_KINDS else change.kind.capitalize()
    return Section("text", anchor_of_note(change), name, curled(change.title), tuple(blocks))


def anchor_of_note(change: Change) -> str:
    """Return where the note on a change stands."""
    return f"note-{change.kind}-{anchor_of(change.id)}"


def _facts_of(release: Release, note: Note) -> Iterator[Fact]:
    said = release.messages
    change, adoption, corpus = note.change, note.adoption, release.corpus
    for name, text in (
        (said["notes.class"], note_words.class_of(said, change)),
        (said["notes.way"], note_words.way_of(said, change)),
        (said["notes.conformity"], note_words.conformity_of(said, change)),
        (said["notes.rests-on-it"], ", ".join(change.affects)),
    ):
        if text:
            yield Fact(name, (Words(text),))
    if adoption is not None:
        yield from facts_of(adoption, corpus, draft=release.is_draft)
        groups = consents_by_group(corpus, adoption)
        if groups:
            yield Fact(said["notes.consents"], (Words(groups),))
        for sentence in lowered(corpus, adoption):
            yield Fact(said["notes.lowered"], (Words(sentence),))


def consents_by_group(corpus: Corpus, adoption: AdoptionRecord) -> str:
    """Return how many of each group consented: `Academia 1, Civil society 2`."""
    if adoption.decided is None:
        return ""
    people = People(corpus, adoption.resolved)
    given = adoption.decided.given.by_group
    return ", ".join(f"{people.group(slug)} {given[slug]}" for slug in sorted(given) if given[slug])


def lowered(corpus: Corpus, adoption: AdoptionRecord) -> Iterator[str]:
    """Yield who lowered the class of a change under what the rule gives, and why."""
    resolved: DecidedProposal | None = adoption.resolved
    if resolved is None:
        return
    people = People(corpus, resolved)
    for act in resolved.acts("override", adoption.id):
        names = corpus.messages.several(people.names(act.by))
        yield corpus.messages.say("notes.lowered-by", names=names, reason=plain(act.reason))


def _words(change: Change, said: Messages) -> Iterator[Block]:
    """Yield the redline of a short change, or where the long one is."""
    told = tuple(field for field in change.fields if not note_words.is_told(field))
    change = replace(change, fields=told)
    size = sum(len(clause.old) + len(clause.new) for clause in change.clauses)
    size += sum(len(str(field.old)) + len(str(field.new)) for field in change.fields)
    if size <= _INLINE:
        yield from words_of_change(change, said, marks=False)
    else:
        yield Paragraph((Words(said.say("notes.redline", id=change.id)),))


def _rest(notes: Notes, said: Messages) -> Iterator[Section]:
    changes = notes.changes
    assert changes is not None
    listed: tuple[tuple[str, str, list[tuple[Span, ...]]], ...] = (
        (
            "sweeps",
            said["notes.sweeps"],
            [(Words(f"{sweep.id}: {', '.join(sweep.clauses)}"),) for sweep in changes.sweeps],
        ),
        ("rules", said["notes.rules"], [(Code(path),) for path in changes.others]),
        (
            "unread",
            said["notes.unread"],
            [(Code(each.path), Words(f": {each.why}")) for each in changes.unread],
        ),
    )
    for anchor, title, lines in listed:
        if lines:
            yield Section("back", anchor, "", title, (Listing("", tuple(lines)),))


def _history(notes: Notes, said: Messages) -> Iterator[Section]:
    """Yield the table of every text with the releases in which its words changed."""
    if not notes.history or notes.is_first:
        return
    told = {note.change.id: note.change for note in notes.notes}
    rows = []
    for issue in notes.history:
        change = told.get(issue.id)
        name: tuple[Span, ...] = (Code(issue.id),)
        if change is not None:
            name = (Pointer(anchor_of_note(change), name),)
        rows.append(
            (
                name,
                (Words(issue.version),),
                (Words(said.date(issue.day)),),
                (Words(capital(note_words.what(said, issue.what, issue.number))),),
            )
        )
    head = (
        said["release.text"],
        said["release.version"],
        said["release.released"],
        said["notes.kind"],
    )
    yield Section("back", "history", "", said["notes.history"], (Table(head, tuple(rows)),))
