"""Two corpora in, an immutable list of changes out.

Units are matched by their permanent ids, never by number, position or file. Where the corpora hold
only a part of the files, it has to be the part that differs, with all terms, the books and the
charter of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from govkit.corpus.changes.around import ComparisonContext
from govkit.corpus.changes.bump import bump_of, highest
from govkit.corpus.changes.canonical import plain
from govkit.corpus.changes.declared import spans_left
from govkit.corpus.changes.direction import conformity_of
from govkit.corpus.changes.lexicon import Lexicon, lexicon_of
from govkit.corpus.changes.ripple import reaches_a_text, rests_on
from govkit.corpus.changes.sweeps import with_sweeps
from govkit.corpus.changes.units import UnitDifference, compare_units
from govkit.corpus.changes.values import (
    NO_DIRECTION,
    Change,
    Changes,
    Class,
    FieldChange,
    Unread,
    weight,
)
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.declarations import Declaration
from govkit.records.governance import Charter
from govkit.records.kinds import NORMATIVE_KINDS, PROCESS_KINDS, id_space

PRINTED_KINDS = ("source", "translation")
"""Kinds whose words are printed with the texts, and bind nobody: a change is editorial."""

Pair = tuple[str, str | None, str | None]
"""An id, and the digests of a unit before and after."""

_KIND_ORDER = (*NORMATIVE_KINDS, *PRINTED_KINDS)


def changes_between(
    old: Corpus,
    new: Corpus,
    *,
    lexicon: Lexicon | None = None,
    declared: Mapping[Pair, Declaration] | None = None,
    resting: Corpus | None = None,
) -> Changes:
    """Return what changed from one state to another, with classes, directions and the bump.

    `declared` maps (id, digest before, digest after) to what an author declares.
    `lexicon` knows the words of the older state; without one it is made from `old`. `resting` holds
    further records of the newer state that may use a changed term; only their references count.
    """
    charter = new.charter or old.charter
    pairs = list(_pairs(old, new))
    lexicon = lexicon or _lexicon(old, new, charter)
    around = _Context(old, new, charter, lexicon, declared or {}, resting)
    changes = [
        change
        for was, is_ in pairs
        if _is_readable(was) and _is_readable(is_)
        if (change := around.change(was, is_)) is not None
    ]
    swept, sweeps = with_sweeps(sorted(changes, key=_in_order))
    by_calendar = charter is not None and charter.bump == "calendar"
    return Changes(
        swept,
        None if by_calendar else highest(change.bump for change in swept),
        sweeps,
        tuple(_unread(pairs)),
        tuple(sorted(_others(old, new))),
    )


def _in_order(change: Change) -> tuple[int, str]:
    return (_KIND_ORDER.index(change.kind), change.id)


def _is_readable(document: Document | None) -> bool:
    return document is None or document.record is not None


def _lexicon(old: Corpus, new: Corpus, charter: Charter | None) -> Lexicon:
    terms = [*old.of_kind("term"), *new.of_kind("term")]
    return lexicon_of(language_of(charter), old.documents, terms)


def language_of(charter: Charter | None) -> str:
    """Return the code of the language that decides, without its region: `en` for `en-GB`."""
    return charter.languages.authoritative.split("-")[0] if charter else "en"


def _pairs(old: Corpus, new: Corpus) -> Iterator[tuple[Document | None, Document | None]]:
    """Yield the two states of each unit that differs or may differ."""
    before, after = _units(old), _units(new)
    for key in sorted(before.keys() | after.keys()):
        was, is_ = before.get(key), after.get(key)
        same = was is not None and is_ is not None and was.record is not None
        if not (same and was is not None and is_ is not None and was.record == is_.record):
            yield was, is_


def _units(corpus: Corpus) -> dict[tuple[str, str, str], Document]:
    found: dict[tuple[str, str, str], Document] = {}
    for document in corpus.documents:
        if document.kind in _KIND_ORDER:
            language = document.path.split("/")[1] if document.kind == "translation" else ""
            # A translation has the id of its text, so its language has to be in the key.
            space = "translation" if language else id_space(document.kind or "")
            found.setdefault((space, document.id, language), document)
    return found


def _unread(pairs: list[tuple[Document | None, Document | None]]) -> Iterator[Unread]:
    for was, is_ in pairs:
        sides: tuple[tuple[Literal["old", "new"], Document | None], ...]
        sides = (("old", was), ("new", is_))
        for side, document in sides:
            if document is not None and document.record is None:
                why = document.faults[0].message if document.faults else "it can't be read"
                yield Unread(document.path, document.id, side, why)


def _others(old: Corpus, new: Corpus) -> Iterator[str]:
    """Yield the paths of records that differ and are no unit."""
    for path in old.by_path.keys() | new.by_path.keys():
        was, is_ = old.by_path.get(path), new.by_path.get(path)
        kind = (is_ or was).kind  # type: ignore[union-attr]
        if kind is not None and kind not in (*_KIND_ORDER, *PROCESS_KINDS):
            same = was is not None and is_ is not None and was.record is not None
            if not (same and was is not None and is_ is not None and was.record == is_.record):
                yield path


class _Context:
    """The two states, and what they agree on."""

    def __init__(
        self,
        old: Corpus,
        new: Corpus,
        charter: Charter | None,
        lexicon: Lexicon,
        declared: Mapping[Pair, Declaration],
        resting: Corpus | None,
    ) -> None:
        self.users = [new] if resting is None else [new, resting]
        self.old, self.new, self.charter, self.declared = old, new, charter, declared
        parties = charter.parties if charter else ()
        # The charter's first party is the one whose duties the direction is about (decision 16).
        self.around = ComparisonContext(
            lexicon, parties[0] if parties else "platform", tuple(charter.axes) if charter else ()
        )
        # From the older state: a change must not lower its own class by setting `defined_words`
        # with it.
        self.bound_anyway = frozenset(_bound_anyway(old))

    def change(self, was: Document | None, is_: Document | None) -> Change | None:
        document = is_ or was
        assert document is not None
        if was is not None and is_ is not None and was.kind != is_.kind:
            return None  # one id in two kinds is a finding of the checks, not a change
        if document.kind in PRINTED_KINDS:
            return self.printed(was, is_, document)
        around = self.around._replace(marked_anyway=document.id in self.bound_anyway)
        compared = compare_units(was, is_, around)
        return None if compared is None else self.weigh(compared, was, is_)

    def printed(self, was: Document | None, is_: Document | None, document: Document) -> Change:
        """Return the change of a record that is printed beside the texts and binds nobody."""
        fields = tuple(_printed_fields(was, is_)) if was is not None and is_ is not None else ()
        return Change(
            document.id,
            document.kind or "",
            document.title,
            1,
            1,
            None,
            "patch",
            NO_DIRECTION,
            "still conforms",
            fields,
            (),
            old_path=_path(was),
            new_path=_path(is_),
        )

    def weigh(self, compared: UnitDifference, was: Document | None, is_: Document | None) -> Change:
        """Return the change of a unit: the declared class, what rests on it, the bump."""
        document = is_ or was
        assert document is not None
        before = self.old.digests.of(was) if was is not None else None
        after = self.new.digests.of(is_) if is_ is not None else None
        floor, assumed = compared.floor, compared.assumed
        users: tuple[tuple[str, str], ...] = ()
        if document.kind == "term" and weight(floor) >= 7:
            # Who used a term that is gone may have dropped it in the same step; the older state
            # knows them.
            users = rests_on(document.id, *self.users, *([self.old] if is_ is None else []))
            if was is None and not users:
                # A definition that nobody uses yet binds nobody: an addition (docs/changes.md).
                floor = assumed = 4
        declaration = self.declared.get((document.id, before, after))
        declared = declaration.class_ if declaration is not None else None
        class_ = _effective(floor, assumed, declared)
        left: tuple[str, ...] = ()
        if weight(class_) < 5:
            left = spans_left(compared.clauses, self.declared, (document.id, before, after))
        light = compared.light or (document.kind == "term" and not reaches_a_text(users))
        direction = compared.direction if weight(class_) >= 5 else NO_DIRECTION
        conformity = conformity_of(class_, direction, None if left else declared, light=light)
        rule = self.charter.bump if self.charter else "by-class"
        return Change(
            document.id,
            document.kind or "",
            document.title,
            class_,
            floor,
            declared,
            bump_of(rule, 5 if left else class_, conformity, light=light),
            direction,
            conformity,
            compared.fields,
            compared.clauses,
            tuple(id for _, id in users),
            before=before,
            after=after,
            mixed=compared.mixed,
            unanswered=left,
            old_path=_path(was),
            new_path=_path(is_),
        )


def _effective(floor: Class, assumed: Class, declared: int | None) -> Class:
    """Return the class that holds: the declared one, never under the floor."""
    if declared is None:
        return assumed
    return declared if declared > weight(floor) else floor


def _path(document: Document | None) -> str:
    return document.path if document is not None else ""


def _printed_fields(was: Document, is_: Document) -> Iterator[FieldChange]:
    before, after = (plain(document.record) or {} for document in (was, is_))
    for field in sorted(before.keys() | after.keys()):
        if before.get(field) != after.get(field):
            yield FieldChange(field, before.get(field), after.get(field), 1)


def _bound_anyway(corpus: Corpus) -> Iterator[str]:
    """Yield the ids of texts in books that give defined words their meaning, marked or not."""
    for document in corpus.of_kind("instrument"):
        record = document.record
        if record is not None and getattr(record, "defined_words", None):
            yield document.id
            for reference in document.references:
                if reference.role == "item":
                    yield reference.key
