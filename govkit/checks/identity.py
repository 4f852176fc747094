"""Family 2: an id is given once, looks as the charter says, and is never lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from govkit.checks.changed_ids import texts_with_changed_ids
from govkit.checks.context import Context
from govkit.checks.copies import a_copy, looks_copied, original_of
from govkit.checks.remarks import Findings, at, named_by_its_id, refusal, remark, taken_back
from govkit.consent.adoption import Adoption
from govkit.corpus.base import key_of
from govkit.corpus.documents import Document
from govkit.corpus.ids import INSTRUMENT, id_in_name
from govkit.findings import Finding
from govkit.records.kinds import (
    CHARTER_PATH,
    KINDS,
    NORMATIVE_KINDS,
    NUMBERED_KINDS,
    TEXT_KINDS,
    slug_of_path,
)
from govkit.records.scalars import SLUG
from govkit.records.slips import likely_word, plainer
from govkit.source.nearest import question_before
from govkit.source.scaffolds import slug_of

_WITHOUT_ID = ("charter", "translation")
"""There is one charter, and a translation has the id of the text that it translates."""


def no_charter(context: Context) -> Findings:
    """A coalition has a charter, in governance/charter.yaml: nearly all other rules rest on it."""
    if CHARTER_PATH not in context.corpus.by_path and not context.has_otherwise(CHARTER_PATH):
        yield Finding(
            "",
            "the charter is not there",
            CHARTER_PATH,
            stops="merge",
            expected=CHARTER_PATH,
            help=f"If it has another name, rename it. Else put it back: {taken_back(CHARTER_PATH)}",
        )


def duplicate_id(context: Context) -> Findings:
    """An id stands in one record only, and a record in one file; capitals make no difference."""
    seen: dict[str, Document] = {}
    for document in _copies_last(context, NUMBERED_KINDS, lambda each: each.id.casefold()):
        if not named_by_its_id(document):
            continue  # a copy whose id was not changed yet: `file-name` says so
        id = document.id
        first = seen.setdefault(id.casefold(), document)
        if first is not document:
            yield refusal(
                document,
                f"the id {id} stands in {first.path} too",
                at("id"),
                found=id,
                help=a_copy(document)
                if first.record == document.record
                else "Give the newer record a free id: `govkit new` names the next one.",
            )
    said: dict[tuple[str | None, str], Document] = {}
    for document in _copies_last(context, _REGISTERED, lambda each: (each.kind, each.words)):
        if document.record is None:
            continue
        first = said.setdefault((document.kind, document.words), document)
        if first is not document and first.record == document.record:
            yield refusal(
                document,
                f"this file says the same as {first.path}",
                found=document.id,
                help=a_copy(document),
            )


_REGISTERED = tuple(
    kind.name for kind in KINDS.values() if kind.slugged and kind.folder.startswith("registers/")
)


def _copies_last(
    context: Context, kinds: tuple[str, ...], said: Callable[[Document], Hashable]
) -> list[Document]:
    """Return the documents of some kinds that say what another one says, the copy last."""
    documents = context.corpus.of_kind(*kinds)
    counts = Counter(map(said, documents))
    clashing = [each for each in documents if counts[said(each)] > 1]
    return sorted(context.newest_last(clashing), key=looks_copied)


def duplicate_clause_id(document: Document, context: Context) -> Findings:
    """Each clause, paragraph and part has an id of its own within its record."""
    r: Any = document.record
    if document.kind in TEXT_KINDS:
        yield from _repeated(document, context)
    elif document.kind == "instrument":
        named = [(("preamble", i), part.id) for i, part in enumerate(r.preamble)]
        named += [(("interpretation", i), part.id) for i, part in enumerate(r.interpretation)]
        yield from _repeated_at(document, named)
        yield from _repeated_at(document, list(_section_ids(("parts",), r.parts)))
    elif document.kind == "member":
        yield from _repeated_at(document, [(("keys", i), key.id) for i, key in enumerate(r.keys)])


def _section_ids(keys: Any, sections: Any) -> Iterator[tuple[Any, str]]:
    for i, section in enumerate(sections):
        yield (*keys, i), section.id
        yield from _section_ids((*keys, i, "parts"), section.parts)


def _repeated(document: Document, context: Context) -> Findings:
    """Yield the clauses that have another's id, and the id to give them.

    Where the base has a clause of the same words, it is that one whose id was overwritten.
    """
    r: Any = document.record
    ids = [clause.id for clause in r.clauses]
    if len(set(map(str.casefold, ids))) == len(ids):
        return
    before = _clauses_before(document, context)
    lost = {_text_of(clause): id for id, clause in before.items() if id not in ids}
    overwritten = [
        (i, lost[words])
        for i, clause in enumerate(r.clauses)
        if (words := _text_of(clause)) in lost
    ]
    if not overwritten:
        yield from _repeated_at(document, [(("clauses", i), id) for i, id in enumerate(ids)])
    for i, id in overwritten:
        yield refusal(
            document,
            f"the id `{ids[i]}` is another clause's; this one was `{id}`",
            at("clauses", i, "id"),
            expected=id,
            found=ids[i],
            help=f"Write `id: {id}` again. The id of a clause is never changed.",
        )


def _clauses_before(document: Document, context: Context) -> dict[str, Any]:
    old = context.base.before.find((document.kind or "",), document.id) if context.base else None
    return {clause.id: clause for clause in getattr(old.record, "clauses", ())} if old else {}


def _text_of(clause: Any) -> str:
    return " ".join((getattr(clause, "text", None) or "").split())


def _repeated_at(document: Document, named: list[tuple[Any, str]]) -> Findings:
    counted: Counter[str] = Counter()
    offered: dict[str, str] = {}
    for keys, id in named:
        counted[id.casefold()] += 1
        if counted[id.casefold()] > 1:
            free = offered.setdefault(id, next_free([one for _, one in named], id))
            yield refusal(
                document,
                f"the id `{id}` was given before in this record",
                at(*keys, "id"),
                expected=free,
                found=id,
                help=f"Give this one the next free id, `{free}`. Withdrawn ones are not given "
                "again.",
            )


_LONGEST_LETTERS = 2


def next_free(ids: list[str], like: str) -> str:
    """Return the next id of the form of `like`: the next letter, or the next number."""
    taken = {id.casefold() for id in ids}
    begun = re.fullmatch(r"(.*?)([0-9]+)", like)
    if begun is None and len(like) > _LONGEST_LETTERS:
        return next(one for n in range(2, len(ids) + 3) if (one := f"{like}-{n}") not in taken)
    if begun:
        numbers = (f"{begun[1]}{n:0{len(begun[2])}d}" for n in range(1, len(ids) + 2))
        return next(one for one in numbers if one.casefold() not in taken)
    letters = [chr(n) for n in range(ord("a"), ord("z") + 1)]
    later = [one for one in letters if all(one > id for id in taken if id in letters)]
    several = (*later, *(a + b for a in letters for b in letters))
    return next(one for one in several if one not in taken)


def id_form(document: Document, context: Context) -> Findings:
    """An id has the form that the charter gives its kind; a slug has small letters and hyphens."""
    kind = document.kind or ""
    if kind == "charter":
        yield from _forms_of_none(document, context)
    if not context.has_form(document):
        if kind in context.forms_of_none:
            return  # said at the charter
        yield _wrong_form(document, context, "charter: id_prefixes, areas, id_form")
    elif kind == "instrument":
        if not INSTRUMENT.fullmatch(document.id):
            yield _wrong_form(document, context, None)
    elif kind and KINDS[kind].slugged and kind != "translation":
        yield from _no_slug(document, context)
    if kind in TEXT_KINDS:
        yield from _unlike(document)


def _forms_of_none(document: Document, context: Context) -> Findings:
    for kind in sorted(context.forms_of_none):
        form, several = context.forms[kind], context.corpus.of_kind(kind)
        yield refusal(
            document,
            f"no {kind} has an id as {form.example()}, as {several[0].id} shows",
            at("id_prefixes", kind),
            found=form.prefix,
            expected=several[0].id,
            help=f"Write the prefix that the ids have, as in {several[0].id}; ids never change.",
        )


def _no_slug(document: Document, context: Context) -> Findings:
    slug = slug_of_path(document.path)
    if re.fullmatch(SLUG, slug):
        return
    if original_of(document, context) is not None:
        return  # `duplicate-id` says so
    likely = likely_word(slug, re.compile(SLUG).fullmatch) or slug_of(slug)
    to = f" to {likely}.yaml" if likely else ""
    yield refusal(
        document,
        f"the file name `{slug}` is no slug",
        found=slug,
        expected="small letters, digits and hyphens, as personal-data",
        help=f"Rename the file{to}; its name is the id of the record.",
    )


def _unlike(document: Document) -> Findings:
    """Yield each clause whose id is a capital among small letters, or the other way round."""
    r: Any = document.record
    ids = "".join([c.id for c in r.clauses if len(c.id) == 1])
    if not ids or ids.islower() or ids.isupper():
        return  # as nearly always
    letters = [(i, c.id) for i, c in enumerate(r.clauses) if len(c.id) == 1 and c.id.isalpha()]
    small = sum(1 for _, id in letters if id.islower())
    for i, id in letters:
        if id.islower() != (2 * small >= len(letters)):
            yield remark(
                document,
                f"the id of this clause is `{id}`, and the others have "
                f"{'capitals' if id.islower() else 'small letters'}",
                at("clauses", i, "id"),
                expected=id.swapcase(),
                found=id,
                help=f"Write `id: {id.swapcase()}`.",
            )


def _wrong_form(document: Document, context: Context, enforces: str | None) -> Finding:
    form = context.forms.get(document.kind or "")
    other = next((each for each in context.forms.values() if each.match(document.id)), None)
    if other is not None:
        return _of_other_kind(document, context, other.kind)
    example = form.example() if form else "INS-provisions"
    likely = _likely_id(document, context)
    return refusal(
        document,
        f"`{document.id}` does not have the form of an id of this kind",
        at("id"),
        expected=likely or f"an id as {example}",
        found=document.id,
        help=question_before(
            f"Write an id as {example}"
            + (", or add its area to the charter." if enforces else "."),
            likely,
        ),
        enforces=enforces,
    )


def _of_other_kind(document: Document, context: Context, kind: str) -> Finding:
    many = KINDS[document.kind or kind].many
    return refusal(
        document,
        f"`{document.id}` is the id of a {kind}, and here stand {many}",
        at("id"),
        found=document.id,
        help=f"Move the file to {context.folder_of(kind, document.id)}/.",
    )


def _likely_id(document: Document, context: Context) -> str:
    """Return the id that was most likely meant: that of the file's name, or one of its form."""
    form = context.forms.get(document.kind or "")
    fits = form.match if form else INSTRUMENT.fullmatch
    named = id_in_name(slug_of_path(document.path))
    if fits(named):
        return named
    plain = plainer(document.id)
    padded = re.sub(r"(?<=[-.])([0-9])$", r"0\1", plain)
    tries = (plain.upper(), padded, padded.upper(), "INS-" + slug_of(plain))
    return next((one for one in tries if fits(one)), "")


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
            yield refusal(
                mine,
                f"the id {mine.id} was given on the other branch too, in {other.path}",
                at("id") if mine.kind in NUMBERED_KINDS else at(),
                found=mine.id,
                help="Give this record the next free id: `govkit new` names it. "
                "Mend the file name and the links too."
                if mine.kind in NUMBERED_KINDS
                else "Make one record of the two, or rename this file and mend the links to it.",
            )


def id_reissued(context: Context) -> Findings:
    """An id that was withdrawn is never given again."""
    base = context.base
    assert base is not None
    for old in base.before.documents:
        new = context.corpus.find((old.kind or "",), old.id)
        if new is None or new.record is None or old.record is None:
            continue
        if old.status == "withdrawn" and new.status != "withdrawn":
            yield refusal(
                new,
                f"{old.id} was withdrawn, and stands here again",
                at("status"),
                expected="withdrawn",
                found=new.status,
                help="Leave the withdrawn record as it was, and give the new text a new id.",
            )
        for i, clause in enumerate(getattr(new.record, "clauses", ()) or ()):
            if getattr(clause, "withdrawn", None) is None and _was_withdrawn(old.record, clause):
                yield refusal(
                    new,
                    f"clause {clause.id} was withdrawn, and stands here again",
                    at("clauses", i, "id"),
                    found=clause.id,
                    help="Keep the withdrawn clause, and give the new one the next free id.",
                )


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
            if not _missed_elsewhere(old, context):
                yield _removed(old, used)
        elif new.record is not None and old.kind in TEXT_KINDS and new.kind in TEXT_KINDS:
            yield from _removed_clauses(old, new, used)


def _has_adopted_words(adoptions: Sequence[Adoption]) -> bool:
    return bool(adoptions) and adoptions[-1].after is not None


def _missed_elsewhere(old: Document, context: Context) -> bool:
    """Say whether a text that is gone has another finding: a file of its name, links to it."""
    key = key_of(old)
    if key in context.announced or ("", old.id) in context.announced:
        return True
    if old.id in context.once(texts_with_changed_ids):
        return True
    return bool(context.corpus.back_links.get(key))


def _removed(old: Document, used: bool) -> Finding:
    return remark(
        old,
        f"the {old.kind} {old.id} is gone",
        stops="merge" if used else None,
        help="Put the file back with `status: withdrawn` and `withdrawn: {reason: …, on: …}`."
        if used
        else "It was a draft, so it may go. Its id should not be given again: "
        "`status: withdrawn` keeps it.",
    )


def _removed_clauses(old: Document, new: Document, used: bool) -> Findings:
    before: Any = old.record
    after: Any = new.record
    left = {clause.id for clause in after.clauses}
    known = {clause.id for clause in before.clauses}
    renamed = {
        _text_of(clause): i
        for i, clause in enumerate(after.clauses)
        if clause.id not in known and _text_of(clause)
    }
    for clause in before.clauses:
        if clause.id in left:
            continue
        i = renamed.get(_text_of(clause))
        yield remark(
            new,
            f"clause {clause.id} is gone"
            if i is None
            else f"clause {clause.id} is called {after.clauses[i].id} now; an id is never changed",
            at("clauses", key=True) if i is None else at("clauses", i, "id"),
            stops="merge" if used else None,
            expected=f"id: {clause.id}",
            help=f"Put it back, as `- {{id: {clause.id}, withdrawn: {{reason: …, on: …}}}}`."
            if i is None
            else f"Write `id: {clause.id}` again.",
        )
