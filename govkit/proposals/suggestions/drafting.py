"""A file that came back drawn up as edits of the records, and all of it that is no edit, listed.

Every edit is made by itself and read again; one that can't be made goes to the list with the
reason, and the others stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from govkit.corpus.documents import Document
from govkit.languages.words import words_of_force
from govkit.proposals.suggestions.fields import PrintedField, fields_of, straight
from govkit.proposals.suggestions.printed_lines import PrintedLines
from govkit.proposals.suggestions.record_edits import RecordEdits
from govkit.proposals.suggestions.returned import LooseText, place, without_label
from govkit.proposals.suggestions.values import (
    PlacedComment,
    Suggestion,
    Texts,
    UnplacedWords,
    name_of,
)
from govkit.source.marked_docx import MarkedFile

_MOST_NAMED = 6


def draw_up(file: MarkedFile, texts: Texts) -> Suggestion:
    """Return what a file asks for."""
    old = [each for document in texts.before for each in fields_of(document)]
    now = old
    if texts.now is not texts.before:
        now = [each for document in texts.now for each in fields_of(document)]
    done = Suggestion()
    done.placement = place(file, old, texts.is_printed)
    done.remarks += _left_out(file, old, done.placement.present)
    keys = {each.key: each for each in old}
    found = {text.words: keys[key] for key, of in done.placement.of.items() for text in of}
    done.comments = [*placed_comments(file, old, found)]
    force = words_of_force(texts.language)
    carries = force.presets[texts.preset] if force is not None else None
    by_record: dict[str, list[PrintedField]] = {}
    for each in old:
        by_record.setdefault(each.document.path, []).append(each)
    current = {(each.document.path, each.tag): each for each in now}
    removed_by = _removed_by(file)
    documents = {each.path: each for each in texts.now}
    loose = [*done.placement.loose]
    for path, fields in by_record.items():
        if not any(each.document.id in done.placement.present for each in fields[:1]):
            continue
        edits = RecordEdits(
            documents.get(path), texts.data.get(path, b""), done, current, removed_by, carries
        )
        edits.take(fields, loose, texts)
        if edits.data != texts.data.get(path, b""):
            done.files[path] = edits.data
    done.unplaced += [_unplaced(each) for each in loose]
    was = {each.path: each for each in texts.before}
    same = {path: each for path, each in was.items() if _is_same(each, documents.get(path))}
    lines = PrintedLines(file, done.placement, old, texts.is_printed)
    done.unplaced += [*lines.changed(same), *_notes(file, texts.is_printed)]
    return done


def _left_out(
    file: MarkedFile, fields: Iterable[PrintedField], present: frozenset[str]
) -> Iterable[str]:
    """Yield what to say of clauses of a table's texts for which it has no row."""
    if not file.marks_alone:
        return
    clauses = [each for each in fields if each.is_clause and each.document.id in present]
    gone = [name_of(each) for each in clauses if each.key not in file.keys]
    if gone:
        named = ", ".join(gone[:_MOST_NAMED]) + (" …" if len(gone) > _MOST_NAMED else "")
        yield (
            f"no row for {named}: what has none stays; to take a clause out, empty the words in "
            "its row"
        )


def _is_same(was: Document, now: Document | None) -> bool:
    return now is not None and was.record == now.record


def _removed_by(file: MarkedFile) -> dict[str, set[str]]:
    """Return who took words out under a mark."""
    found: dict[str, set[str]] = {}
    for passage in file.before:
        for piece in passage.pieces:
            if piece.author:
                found.setdefault(piece.key, set()).add(piece.author)
    return found


def placed_comments(
    file: MarkedFile,
    fields: Iterable[PrintedField],
    rewritten: Mapping[str, PrintedField] | None = None,
) -> Iterable[PlacedComment]:
    """Yield the comments of a file, each with the text and clause that it is about.

    `rewritten` are the fields of paragraphs whose words changed, by the words now.
    """
    fields = [*fields]
    known = {block.key: each for each in fields for block in each.blocks}
    known |= {each.key: each for each in fields}
    by_words = {block.words: each for each in fields for block in each.blocks}
    by_words = {**(rewritten or {}), **by_words}
    for comment in file.comments:
        found = known.get(comment.key) or _around(straight(comment.around), by_words)
        if found is None and comment.quote:
            quote = straight(comment.quote)
            held = [each for words, each in by_words.items() if quote in words]
            found = held[0] if len(held) == 1 else None
        if found is None:
            yield PlacedComment(comment, "", "")
        else:
            yield PlacedComment(comment, found.document.id, found.clause, _blanks_in(found))


def _around(words: str, by_words: dict[str, PrintedField]) -> PrintedField | None:
    """Return the field whose words a paragraph has, with or without what is printed before them."""
    bare = without_label(words)
    readings = (words, bare, bare.partition(": ")[2], words.partition(" ")[2])
    return next((by_words[each] for each in readings if each in by_words), None)


def _blanks_in(field: PrintedField) -> dict[str, str]:
    """Return the values of the blanks that stand in a field."""
    names = {run.target for run in field.wording.runs("param")}
    return {name: value for name, value in field.blanks.items() if name in names}


def _unplaced(loose: LooseText) -> UnplacedWords:
    near = loose.before or loose.behind
    place = name_of(near) if near is not None else ""
    beside = f"after {place}" if loose.before is not None else f"before {place}"
    return UnplacedWords(
        loose.text.words,
        beside if place else "",
        "they stand under no clause, and are none that the file was printed with",
    )


def _notes(file: MarkedFile, is_printed: Callable[[str], bool]) -> Iterable[UnplacedWords]:
    """Yield words in notes and at the edges of pages that came in."""
    was = {block.text for block in file.beside[1]}
    tracked = bool(file.authors)
    for block in file.beside[0]:
        words = straight(block.text)
        new = block.text not in was if tracked else False
        if new or (block.part == "note" and not is_printed(words)):
            yield UnplacedWords(words, "", "they stand in a note or at the edge of a page")
