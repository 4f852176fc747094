"""Family 2, second half: a text that was adopted or released is found again under another id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, named_by_its_id, refusal
from govkit.consent.adoption import Adoption
from govkit.corpus.documents import Document
from govkit.corpus.ids import id_in_name
from govkit.corpus.whole import Corpus
from govkit.records.kinds import KINDS, NORMATIVE_KINDS, TEXT_KINDS, id_space, slug_of_path
from govkit.records.releases import Manifest


class KnownId(NamedTuple):
    """An id that is known for good: the digest of its words, and what made it known, in words."""

    digest: str
    how: str


class ChangedId(NamedTuple):
    """A text that has another id now, and the one that it had."""

    document: Document
    id: str
    how: str


def changed_id(context: Context) -> Findings:
    """A text that was adopted or released keeps its id."""
    for document, id, how in context.once(texts_with_changed_ids).values():
        slugged = KINDS[document.kind or ""].slugged
        back = f"Rename the file back to {id}.yaml." if slugged else f"Write `id: {id}` again."
        if document.kind in TEXT_KINDS and id_in_name(slug_of_path(document.path)) != id:
            back = f"Write `id: {id}` again, and let the name of the file begin with it."
        yield refusal(
            document,
            f"{id} {how}, and is called {document.id} here",
            at() if slugged else at("id"),
            expected=id,
            found=document.id,
            help=f"{back} An id is never changed.",
        )


def texts_with_changed_ids(context: Context) -> Mapping[str, ChangedId]:
    """Return the texts whose id was changed, by the id that they had."""
    corpus = context.corpus
    missing = {
        id: known
        for id, known in known_ids(corpus, context.adoptions).items()
        if corpus.find(NORMATIVE_KINDS, id) is None
    }
    free = [
        document
        for document in (corpus.of_kind(*NORMATIVE_KINDS) if missing else ())
        if document.record is not None
        and (document.id not in context.adoptions or not named_by_its_id(document))
    ]
    found: dict[str, ChangedId] = {}
    for had in (_by_place, _by_words):
        for id in sorted(missing.keys() - found.keys()):
            text = next((each for each in free if had(each, id, missing[id], context)), None)
            if text is not None:
                found[id] = ChangedId(text, id, missing[id].how)
                free.remove(text)
    return {id: found[id] for id in sorted(found)}


def known_ids(corpus: Corpus, adoptions: Mapping[str, Sequence[Adoption]]) -> dict[str, KnownId]:
    """Return the ids that were released or adopted, and were not withdrawn by a decision."""
    found: dict[str, KnownId] = {}
    for document in corpus.of_kind("manifest"):
        if isinstance(document.record, Manifest):
            how = f"was released ({document.path.split('/', 1)[1].rpartition('/')[0]})"
            found |= {unit.id: KnownId(unit.digest, how) for unit in document.record.units}
    for id, several in adoptions.items():
        newest = several[-1]
        found.pop(id, None)
        if newest.after is not None:
            found[id] = KnownId(newest.after, f"was adopted ({newest.named})")
    return found


def _by_place(document: Document, id: str, _: KnownId, context: Context) -> bool:
    """Say whether a text stands where one with this id belongs."""
    if document.kind in TEXT_KINDS and id_in_name(slug_of_path(document.path)) == id:
        return True
    charter = context.corpus.charter
    folder = charter.instruments.get(id) if charter is not None else None
    return folder is not None and document.path == f"{folder}/instrument.yaml"


def _by_words(document: Document, id: str, known: KnownId, context: Context) -> bool:
    """Say whether a text is the one of this id by its words, or by its title in the base."""
    base = context.base
    if context.corpus.digests.of(replace(document, id=id)) == known.digest:
        return True
    old = base.before.find((document.kind or "",), id) if base is not None else None
    return old is not None and old.title == document.title != ""


def is_gone(id: str, kinds: tuple[str, ...], context: Context) -> bool:
    """Say whether an adopted text that no file has is what a reference means.

    `adopted-text-removed`, `decided-not-applied` or `changed-id` says so.
    """
    spaces = {id_space(kind) for kind in kinds}
    changed = context.once(texts_with_changed_ids).get(id)
    if changed is not None:
        return id_space(changed.document.kind or "") in spaces
    known = context.adoptions.get(id, ())
    return bool(known) and known[-1].after is not None and context.corpus.find(kinds, id) is None
