"""Family 2: an id is given once, looks as the charter says, and is never lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from govkit.checks.rule import Context, at, named_by_its_id, remark
from govkit.consent.adoption import Adoption
from govkit.corpus.base import key_of
from govkit.corpus.documents import Document
from govkit.corpus.ids import INSTRUMENT
from govkit.findings import Finding
from govkit.records.kinds import (
    KINDS,
    NORMATIVE_KINDS,
    NUMBERED_KINDS,
    TEXT_KINDS,
    slug_of_path,
)
from govkit.records.scalars import SLUG

Findings = Iterator[Finding]

_WITHOUT_ID = ("charter", "translation")
"""There is one charter, and a translation has the id of the text that it translates."""


def duplicate_id(context: Context) -> Findings:
    """An id stands in one record only; capitals make no difference."""
    seen: dict[str, Document] = {}
    for document in context.newest_last(context.corpus.of_kind(*NUMBERED_KINDS)):
        if not named_by_its_id(document):
            continue  # a copy whose id was not changed yet: `file-name` says so
        id = document.id
        first = seen.setdefault(id.casefold(), document)
        if first is not document:
            yield remark(
                document, f"the id {id} stands in {first.path} too", at("id"), stops="merge",
                found=id,
                help="Give the newer record a free id: `govkit new` names the next one.",
            )  # fmt: skip


def duplicate_clause_id(document: Document, _: Context) -> Findings:
    """Each clause, paragraph and part has an id of its own within its record."""
    r: Any = document.record
    if document.kind in TEXT_KINDS:
        yield from _repeated(document, ("clauses",), [clause.id for clause in r.clauses])
    elif document.kind == "instrument":
        named = [(("preamble", i), part.id) for i, part in enumerate(r.preamble)]
        named += [(("interpretation", i), part.id) for i, part in enumerate(r.interpretation)]
        yield from _repeated_at(document, named)
        yield from _repeated_at(document, list(_section_ids(("parts",), r.parts)))
    elif document.kind == "member":
        yield from _repeated(document, ("keys",), [key.id for key in r.keys])


def _section_ids(keys: Any, sections: Any) -> Iterator[tuple[Any, str]]:
    for i, section in enumerate(sections):
        yield (*keys, i), section.id
        yield from _section_ids((*keys, i, "parts"), section.parts)


def _repeated(document: Document, keys: Any, ids: list[str]) -> Findings:
    if len(set(map(str.casefold, ids))) < len(ids):
        yield from _repeated_at(document, [((*keys, i), id) for i, id in enumerate(ids)])


def _repeated_at(document: Document, named: list[tuple[Any, str]]) -> Findings:
    counted: Counter[str] = Counter()
    for keys, id in named:
        counted[id.casefold()] += 1
        if counted[id.casefold()] > 1:
            yield remark(
                document, f"the id `{id}` was given before in this record", at(*keys, "id"),
                stops="merge", found=id,
                help="Give this one the next free id. Withdrawn ones are not given again.",
            )  # fmt: skip


def id_form(document: Document, context: Context) -> Findings:
    """An id has the form that the charter gives its kind; a slug has small letters and hyphens."""
    kind = document.kind or ""
    if not context.has_form(document):
        example = context.forms[kind or ""].example()
        yield _wrong_form(document, example, "charter: id_prefixes, areas, id_form")
    elif kind == "instrument":
        if not INSTRUMENT.fullmatch(document.id):
            yield _wrong_form(document, "INS-provisions", None)
    elif kind and KINDS[kind].slugged and kind != "translation":
        slug = slug_of_path(document.path)
        if not re.fullmatch(SLUG, slug):
            yield remark(
                document, f"the file name `{slug}` is no slug", stops="merge", found=slug,
                expected="small letters, digits and hyphens, as personal-data",
                help="Rename the file; its name is the id of the record.",
            )  # fmt: skip


def _wrong_form(document: Document, example: str, enforces: str | None) -> Finding:
    return remark(
        document, f"`{document.id}` does not have the form of an id of this kind", at("id"),
        stops="merge", expected=f"an id as {example}", found=document.id,
        help="Correct the id" + (", or add its area to the charter." if enforces else "."),
        enforces=enforces,
    )  # fmt: skip


def id_collision(context: Context) -> Findings:
    """Two branches do not give the same id to two different records."""
    base = context.base
    assert base is not None
    known = {key_of(document) for document in base.before.documents}
    theirs = {key_of(document): document for document in base.other.documents if document.kind}
    for path in sorted(base.changed):
        mine = context.corpus.by_path.get(path)
        if mine is None or not mine.kind or mine.kind in _WITHOUT_ID or key_of(mine) in known:
            continue
        other = theirs.get(key_of(mine))
        if other is not None and (other.path != mine.path or other.record != mine.record):
            yield remark(
                mine, f"the id {mine.id} was given on the other branch too, in {other.path}",
                at("id") if mine.kind in NUMBERED_KINDS else at(), stops="merge", found=mine.id,
                help="Give this record the next free id: `govkit new` names it. "
                "Mend the file name and the links too." if mine.kind in NUMBERED_KINDS
                else "Make one record of the two, or rename this file and mend the links to it.",
            )  # fmt: skip


def id_reissued(context: Context) -> Findings:
    """An id that was withdrawn is never given again."""
    base = context.base
    assert base is not None
    for old in base.before.documents:
        new = context.corpus.find((old.kind or "",), old.id)
        if new is None or new.record is None or old.record is None:
            continue
        if old.status == "withdrawn" and new.status != "withdrawn":
            yield remark(
                new, f"{old.id} was withdrawn, and stands here again", at("status"), stops="merge",
                expected="withdrawn", found=new.status,
                help="Leave the withdrawn record as it was, and give the new text a new id.",
            )  # fmt: skip
        for i, clause in enumerate(getattr(new.record, "clauses", ()) or ()):
            if getattr(clause, "withdrawn", None) is None and _was_withdrawn(old.record, clause):
                yield remark(
                    new, f"clause {clause.id} was withdrawn, and stands here again",
                    at("clauses", i, "id"), stops="merge", found=clause.id,
                    help="Keep the withdrawn clause, and give the new one the next free id.",
                )  # fmt: skip


def _was_withdrawn(old: Any, clause: Any) -> bool:
    before = getattr(old, "clauses", ())
    if not isinstance(before, tuple):
        return False
    return any(c.id == getattr(clause, "id", None) and c.withdrawn is not None for c in before)


def id_removed(context: Context) -> Findings:
    """An id that was in use stays: a withdrawn text or clause is kept, with the reason."""
    base = context.base
    assert base is not None
    for old in base.before.documents:
        if old.kind not in NORMATIVE_KINDS or old.record is None:
            continue
        used = old.status != "draft"
        new = context.corpus.find((old.kind,), old.id)
        if new is None and _has_adopted_words(context.adoptions.get(old.id, ())):
            continue  # `adopted-text-removed` or `decided-not-applied` says so
        if new is None:
            yield _removed(old, used)
        elif new.record is not None and old.kind in TEXT_KINDS and new.kind in TEXT_KINDS:
            yield from _removed_clauses(old, new, used)


def _has_adopted_words(adoptions: Sequence[Adoption]) -> bool:
    return bool(adoptions) and adoptions[-1].after is not None


def _removed(old: Document, used: bool) -> Finding:
    return remark(
        old, f"the {old.kind} {old.id} is gone", stops="merge" if used else None,
        help="Put the file back with `status: withdrawn` and `withdrawn: {reason: …, on: …}`."
        if used else "It was a draft, so it may go. Its id should not be given again: "
        "`status: withdrawn` keeps it.",
    )  # fmt: skip


def _removed_clauses(old: Document, new: Document, used: bool) -> Findings:
    before: Any = old.record
    after: Any = new.record
    left = {clause.id for clause in after.clauses}
    for clause in before.clauses:
        if clause.id not in left:
            yield remark(
                new, f"clause {clause.id} is gone", at("clauses", key=True),
                stops="merge" if used else None,
                expected=f"id: {clause.id}",
                help=f"Put it back as {{id: {clause.id}, withdrawn: {{reason: …, on: …}}}}.",
            )  # fmt: skip
