"""A file that was copied, renamed or lost: the one mistake behind many findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.checks.changed_ids import is_gone
from govkit.checks.context import Context
from govkit.checks.remarks import named_by_its_id
from govkit.consent.adoption import proposal_of
from govkit.corpus.base import Key
from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.ids import INSTRUMENT
from govkit.patterns import lazy_regex
from govkit.records.declarations import Declaration
from govkit.records.kinds import KINDS, NUMBERED_KINDS, id_space
from govkit.source.nearest import nearest
from govkit.source.scaffolds import slug_of

_COPIED_NAME = lazy_regex(r"(?i)\bcopy\b|\bcopie\b|\bkopie\b|\bcopia\b|\([0-9]+\)|[-_ ]old\b|~")
"""What file managers put into the name of a copy."""


class RenamedRecord(NamedTuple):
    """A record that is missed: the references to it, the record as it was, and its new file.

    `old` is None where no base tells of it, `new` where nothing here looks like it.
    """

    key: Key
    kinds: tuple[str, ...]
    references: tuple[tuple[Document, Reference], ...]
    old: Document | None
    new: Document | None


def looks_copied(document: Document) -> bool:
    """Say whether the name of a file is one that a file manager gives to a copy."""
    return _COPIED_NAME.search(document.path.rsplit("/", 1)[-1]) is not None


def a_copy(document: Document) -> str:
    """Return what to do with a file that is the copy of another."""
    return "It is a copy: delete this file. To begin another record with it, give it " + (
        "an id of its own first: `govkit new` names the next one."
        if document.kind in NUMBERED_KINDS
        else "a name and words of its own."
    )


def original_of(document: Document, context: Context) -> Document | None:
    """Return another record of the same kind that says exactly the same, or None."""
    for other in context.corpus.of_kind(document.kind or ""):
        if other is not document and other.words == document.words:
            return other if other.record == document.record else None
    return None


def unknown(context: Context) -> Iterator[tuple[Document, Reference, Document | None]]:
    """Yield the references that lead nowhere, or to a record of another kind."""
    for document, reference, target in context.corpus.broken_links:
        if not _said_elsewhere(context, document, reference):
            yield document, reference, target


def renamed_records(context: Context) -> tuple[RenamedRecord, ...]:
    """Return, of records that are referred to and not there, those renamed or removed."""
    return tuple(_moved(context))


def _moved(context: Context) -> Iterator[RenamedRecord]:
    missing: dict[tuple[tuple[str, ...], str], list[tuple[Document, Reference]]] = {}
    for document, reference, target in unknown(context):
        if target is None:
            missing.setdefault((reference.kinds, reference.key), []).append((document, reference))
    for (kinds, id), references in missing.items():
        old = context.base.before.find(kinds, id) if context.base is not None else None
        if old is not None and (old.record is None or old.path in context.corpus.by_path):
            old = None
        new = _renamed(context, kinds, id, old) if KINDS[kinds[0]].slugged else None
        sure = old is not None and new is not None
        if sure or (len(references) > 1 and (old is not None or new is not None)):
            yield RenamedRecord((id_space(kinds[0]), id), kinds, tuple(references), old, new)


def _renamed(
    context: Context, kinds: tuple[str, ...], id: str, old: Document | None
) -> Document | None:
    """Return the one record that nothing refers to and that is most likely the one looked for."""
    links = context.corpus.back_links
    free = [
        document
        for document in context.corpus.of_kind(*kinds)
        if not links.get((id_space(kinds[0]), document.id))
    ]
    if old is not None:
        same = [one for one in free if one.record == old.record or one.title == old.title]
        return same[0] if same else None
    same = [one for one in free if slug_of(one.title) == id]
    near = nearest(id, [one.id for one in free])
    return same[0] if same else next((one for one in free if one.id == near), None)


def _said_elsewhere(context: Context, document: Document, reference: Reference) -> bool:
    """Say whether the mistake behind a reference that leads nowhere has a finding of its own."""
    charter = context.corpus.charter
    if reference.role in ("addressee", "beneficiary"):
        return charter is not None  # at the charter's `parties`, or as not-in-charter
    if reference.role == "translates" and not named_by_its_id(document):
        return True
    if reference.role == "instrument":
        path = f"{charter.instruments[reference.key] if charter else ''}/instrument.yaml"
        return path in context.corpus.by_path or context.has_otherwise(path)
    if "instrument" in context.unread and INSTRUMENT.fullmatch(reference.key):
        return True
    if is_gone(reference.key, reference.kinds, context):
        return True
    if (proposal_of(document), reference.key) in context.kept or _speaks_of_removed(document):
        return True
    spaces = ("", *map(id_space, reference.kinds))
    return any((space, reference.key) in context.announced for space in spaces)


def _speaks_of_removed(document: Document) -> bool:
    """Say whether this is what an author says about the removal of a text."""
    return isinstance(document.record, Declaration) and document.record.after is None
