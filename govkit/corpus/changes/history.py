"""The life of one record: its states in order, and what each step from one to the next changed.

A state that can't be read is named, and the next one that can be read is compared across the gap.
Each step is weighed by the charter, and by the words of the corpus, as they were then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from govkit.corpus.changes.canonical import plain
from govkit.corpus.changes.compare import PRINTED_KINDS, Pair, changes_between, language_of
from govkit.corpus.changes.lexicon import lexicon_with
from govkit.corpus.changes.values import Change, Class
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus, corpus_of
from govkit.records.declarations import Declaration
from govkit.records.kinds import NORMATIVE_KINDS

CLASSED_KINDS = (*NORMATIVE_KINDS, *PRINTED_KINDS)
"""Kinds whose changes have a class. The others bind nobody, and are not printed with the texts."""


@dataclass(frozen=True)
class TextVersion:
    """Where a state stands: a commit, or the work folder (`commit` is empty).

    `day` is that of the committer, in UTC. `authors` are those who wrote what came in, oldest
    first: more than one only where `is_merge`. `release` is the first release that holds it.
    `is_cut` says that the known history begins here, so that nobody can say what this commit did.
    """

    commit: str = ""
    day: str = ""
    authors: tuple[str, ...] = ()
    subject: str = ""
    release: str | None = None
    is_merge: bool = False
    is_cut: bool = False


class DeclaredChanges(NamedTuple):
    """What authors declare for the record, by its id and a pair of digests.

    `before` and `after` are the terms on both sides of a step, without which no digest is known.
    """

    declarations: Mapping[Pair, Declaration]
    before: Sequence[Document]
    after: Sequence[Document]


@dataclass(frozen=True)
class RecordMoment:
    """A record as it stood in one version; `document` is None where it was not there.

    `charter` is the charter of that moment. `occurrences` says how often a word stood in the whole
    corpus one version earlier. `users` gives what uses the record then, if it is a term. `declared`
    gives what authors declare, or None where nobody ever declared anything for this record.
    """

    version: TextVersion
    document: Document | None
    charter: Document | None
    occurrences: Callable[[str], int]
    users: Callable[[], Corpus]
    declared: Callable[[], DeclaredChanges | None]


@dataclass(frozen=True)
class HistoryStep:
    """What one version did to the record.

    `class_` is None for kinds that have no classes, and where nothing could be compared: `unread`
    says why. `fields` are the names of fields that differ, clauses aside. `since` is the commit
    that it was compared with where unreadable versions lie between. `verb` is `new`, `removed`,
    `changed`, `form` (the form of the file alone), `unread` or `cut`.
    """

    version: TextVersion
    verb: str
    class_: Class | None
    change: Change | None = None
    fields: tuple[str, ...] = ()
    since: str = ""
    unread: str = ""
    old_path: str = ""
    new_path: str = ""

    @property
    def is_form_only(self) -> bool:
        """Return whether nothing that the record says is another: its file is written otherwise."""
        return self.verb == "form"


def steps_of(moments: Sequence[RecordMoment]) -> Iterator[HistoryStep]:
    """Yield what each moment changed, newest first. `moments` are oldest first."""
    for at in range(len(moments) - 1, -1, -1):
        yield step_of(moments, at)


def step_of(moments: Sequence[RecordMoment], at: int) -> HistoryStep:
    """Return what the moment at a place of the row changed."""
    moment = moments[at]
    document = moment.document
    before = moments[at - 1].document if at else None
    step = HistoryStep(moment.version, "", None, old_path=_path(before), new_path=_path(document))
    if moment.version.is_cut:
        return replace(step, verb="cut")
    if document is not None and document.record is None:
        return replace(step, verb="unread", unread=_why(document))
    base = _last_readable(moments, at)
    was = moments[base].document if base is not None else None
    gap = base is not None and base != at - 1
    since = moments[base].version.commit if base is not None and gap else ""
    verb, class_, change, fields = _compared(was, moment)
    return replace(step, verb=verb, class_=class_, change=change, fields=fields, since=since)


def _last_readable(moments: Sequence[RecordMoment], at: int) -> int | None:
    """Return the newest moment before `at` that can be read, or where the record was not there."""
    for earlier in range(at - 1, -1, -1):
        document = moments[earlier].document
        if document is None or document.record is not None:
            return earlier
    return None


def _compared(
    was: Document | None, moment: RecordMoment
) -> tuple[str, Class | None, Change | None, tuple[str, ...]]:
    """Return the verb, the class, the change, and the fields that differ."""
    is_ = moment.document
    document = is_ or was
    if document is None:  # what was removed could never be read
        return "removed", None, None, ()
    if was is not None and is_ is not None and was.kind != is_.kind:
        was = None  # a text that became one of another kind is a new text
    verb = "new" if was is None else "removed" if is_ is None else "changed"
    if document.kind not in CLASSED_KINDS:
        fields = tuple(_fields(was, is_))
        return (verb if fields or verb != "changed" else "form"), None, None, fields
    change = _change(was, moment)
    if change is None or (verb == "changed" and not (change.fields or change.clauses)):
        return "form", 0, None, ()
    return verb, change.class_, change, tuple(_outside_clauses(change))


def _change(was: Document | None, moment: RecordMoment) -> Change | None:
    is_ = moment.document
    document = is_ or was
    assert document is not None
    # Terms of that day are needed for digests alone, and so only where somebody declared
    # (decision 12).
    declared = moment.declared() or DeclaredChanges({}, (), ())
    old = _corpus(was, moment.charter, declared.before)
    new = _corpus(is_, moment.charter, declared.after)
    terms = [each for each in (was, is_) if each is not None and each.kind == "term"]
    lexicon = lexicon_with(language_of(new.charter), moment.occurrences, terms)
    # Only of a new definition do the users decide a class; reading them for each step would be
    # slow.
    resting = moment.users() if was is None and terms else None
    found = changes_between(
        old, new, lexicon=lexicon, declared=declared.declarations, resting=resting
    ).changes
    mine = (each for each in found if (each.kind, each.id) == (document.kind, document.id))
    return next(mine, None)


def _corpus(
    document: Document | None, charter: Document | None, terms: Sequence[Document]
) -> Corpus:
    others = [term for term in terms if document is None or term.path != document.path]
    return corpus_of([*others, *(each for each in (document, charter) if each is not None)])


def _outside_clauses(change: Change) -> Iterator[str]:
    """Yield the fields that differ and belong to no clause."""
    lists = ("clauses.", "preamble.", "interpretation.")
    for field in change.fields:
        if not field.field.startswith(lists):
            yield field.field


def _fields(was: Document | None, is_: Document | None) -> Iterator[str]:
    before: Any = plain(was.record) if was is not None and is_ is not None else None
    after: Any = plain(is_.record) if was is not None and is_ is not None else None
    for field in sorted((before or {}).keys() | (after or {}).keys()):
        if before.get(field) != after.get(field):
            yield field


def _why(document: Document) -> str:
    return document.faults[0].message if document.faults else "it can't be read"


def _path(document: Document | None) -> str:
    return document.path if document is not None else ""
