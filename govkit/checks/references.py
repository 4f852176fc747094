"""Family 3: whatever a record refers to is there, and is in force."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from govkit.checks.arrangement import IN_A_BOOK
from govkit.checks.changed_ids import is_gone
from govkit.checks.circles import closing
from govkit.checks.copies import Moved
from govkit.checks.rule import Context, at, named_by_its_id, remark
from govkit.consent.adoption import proposal_of
from govkit.corpus.base import key_of
from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.ids import INSTRUMENT
from govkit.findings import Finding, Stops
from govkit.records.declarations import Declaration
from govkit.records.kinds import KINDS, NUMBERED_KINDS, TEXT_KINDS, id_space
from govkit.source.validation import nearest

Findings = Iterator[Finding]
Keys = tuple[str | int, ...]

_MATURITY = {"draft": 0, "trial": 1, "adopted": 2}
_RESTING = (
    "term", "addressee", "beneficiary", "ref", "grounded-in", "procedural-for", "monitored-by",
)  # fmt: skip
_OUT_OF_USE = ("withdrawn", "superseded")


def unknown_reference(context: Context) -> Findings:
    """Whatever a record refers to exists."""
    explained = {(missed.kinds, missed.key[1]) for missed in context.missed}
    offers = _Offers(context)
    for document, reference, target in unknown(context):
        if target is not None or (reference.kinds, reference.key) not in explained:
            yield _unknown(context, offers.near(document, reference), document, reference, target)


def renamed_file(context: Context) -> Findings:
    """A file that others refer to stays, under its name: the name is the id."""
    for missed in context.missed:
        yield _renamed_or_gone(context, missed)


def unknown(context: Context) -> Iterator[tuple[Document, Reference, Document | None]]:
    """Yield the references that lead nowhere, or to a record of another kind."""
    for document, reference, target in context.corpus.links:
        if target is not None and target.kind in reference.kinds:
            continue
        if not _said_elsewhere(context, document, reference):
            yield document, reference, target


def _renamed_or_gone(context: Context, missed: Moved) -> Finding:
    """Return the one finding for all links to a record whose file was renamed or removed."""
    id, count = missed.key[1], len(missed.references)
    links = "1 link leads" if count == 1 else f"{count} links lead"
    where = missed.references[0][0].path
    if missed.new is not None:
        name = missed.new.path.rsplit("/", 1)[-1]
        return remark(
            missed.new, f"{links} to `{id}`, which is not there: this file is `{missed.new.id}`",
            stops="merge", expected=f"{id}.yaml", found=name,
            help=f"Rename the file back to {id}.yaml. The name of a file is its id, and an id is "
            "never changed.",
        )  # fmt: skip
    assert missed.old is not None
    assert context.base is not None
    return remark(
        missed.old, f"the {missed.old.kind} `{id}` is gone, and {links} to it (first in {where})",
        stops="merge", expected=id,
        help=f"Put it back: `git checkout {context.base.commit[:12]} -- {missed.old.path}`. To do "
        "without it, take the links out: `govkit check` without --since lists them.",
    )  # fmt: skip


def _said_elsewhere(context: Context, document: Document, reference: Reference) -> bool:
    """Say whether the mistake behind a reference that leads nowhere has a finding of its own."""
    charter = context.corpus.charter
    if reference.role in ("addressee", "beneficiary"):
        return charter is not None  # at the charter's `parties`, or as not-in-charter
    if reference.role == "translates" and not named_by_its_id(document):
        return True
    if reference.role == "instrument":
        folder = charter.instruments[reference.key] if charter else ""
        return f"{folder}/instrument.yaml" in context.corpus.by_path
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


def _unknown(
    context: Context, near: str, document: Document, reference: Reference, other: Document | None
) -> Finding:
    """Return the finding; `near` is what may be meant, empty for nothing.

    `other` has the id that is named, and is of a kind that does not fit.
    """
    kinds, key = reference.kinds, reference.key
    what = (
        "text" if "provision" in kinds else " or ".join(_CALLED.get(kind, kind) for kind in kinds)
    )
    message, help = f"there is no {what} `{key}`", "Correct the id, or take the link out."
    if other is not None:
        message = f"{key} is of the kind {other.kind}, which does not fit here"
        help = f"Name a record of one of these kinds: {', '.join(kinds)}."
    elif len(kinds) == 1 and KINDS[kinds[0]].by_hand and what != "instrument":
        place = f"{KINDS[what].folder}/{key.rpartition('/')[2]}.yaml"
        help = f"If it is to be added, `govkit new {what}` makes it ({place})."
        help = (f"Did you mean `{near}`? " if near else "") + help
    elif near:
        help = f"Did you mean `{near}`?"
    old = context.base.before.find(kinds, key) if context.base is not None else None
    if other is None and old is not None:
        assert context.base is not None
        help = (
            f"It was removed: put it back with `git checkout {context.base.commit[:12]} -- "
            f"{old.path}`, or take the link out."
        )
    if other is None and old is None and key in context.no_records:
        help = f"{context.no_records[key]} is no record, so nothing reads it. {help}"
    return remark(
        document, message, reference.route, stops="merge", expected=near, found=key, help=help
    )


_CALLED = {"manifest": "release"}


_MOST_OFFERS = 100
"""Offers in one file. A check shows twenty findings of a rule, and each offer takes a search."""


class _Offers:
    """What may be meant by ids that are nowhere; each list is put together once."""

    def __init__(self, context: Context) -> None:
        self.corpus = context.corpus
        self.made: Counter[str] = Counter()
        self.known = cache(self._known)
        self.named = cache(self._named)

    def near(self, document: Document, reference: Reference) -> str:
        """Return the id that may be meant by a reference, empty where there is none near."""
        self.made[document.path] += 1
        if self.made[document.path] > _MOST_OFFERS:
            return ""
        left_out = self._left_out(document, reference)
        known = [id for id in self.known(reference.kinds) if id not in left_out]
        return nearest(reference.key, known)

    def _known(self, kinds: tuple[str, ...]) -> list[str]:
        spaces = {id_space(kind) for kind in kinds}
        return sorted(
            id for (space, id), found in self.corpus.by_id.items()
            if space in spaces and found[0].kind in kinds
        )  # fmt: skip

    def _left_out(self, document: Document, reference: Reference) -> Collection[str]:
        """Return what can't be meant: the record itself, and what its list has already."""
        if reference.route.span:
            return ()  # the words of a text may name one twice, and their own text
        if reference.role == "item":  # a text stands in one book, so no book's list has it twice
            return frozenset().union(*self.named("", "item").values())
        beside = self.named(document.path, reference.role).get(_list_of(reference), ())
        return {document.id, *beside}

    def _named(self, path: str, role: str) -> dict[Keys, set[str]]:
        """Return the ids that each list of a file names in a role; of all books for no path."""
        one = self.corpus.by_path.get(path)
        found: dict[Keys, set[str]] = {}
        for document in (one,) if one is not None else self.corpus.of_kind("instrument"):
            for each in document.references:
                if each.role == role:
                    found.setdefault(_list_of(each), set()).add(each.key)
        return found


def _list_of(reference: Reference) -> Keys:
    """Return the keys of the list that a reference stands in; none where it is the only one."""
    keys = reference.route.keys
    if keys[0] == "relations":  # one list of entries, of which the id is one field
        return keys[:1]
    return keys[:-1] if isinstance(keys[-1], int) else keys


def names_itself(context: Context) -> Findings:
    """No record names itself as the other one."""
    for document, reference, target in context.corpus.links:
        if target is document and not reference.route.span and reference.role not in _MAY_BE_OWN:
            yield remark(
                document, f"{document.id} names itself here", reference.route, stops="merge",
                found=reference.key,
                help="Name the other one that is meant, or take this entry out.",
            )  # fmt: skip


_MAY_BE_OWN = ("let-stand-by", "supersedes")
"""A member may let a finding of its own file stand; of a circle `superseding-circle` speaks."""


def unknown_clause(context: Context) -> Findings:
    """A link to a clause or list item leads to one that is there."""
    for document, reference, target in context.corpus.links:
        if not reference.inside or target is None or target.record is None:
            continue
        if target.kind not in NUMBERED_KINDS:
            continue
        missing = _missing_inside(target, reference.inside)
        if missing and not _has_double(target):
            yield remark(
                document, f"{reference.key} has no {missing}", reference.route, stops="merge",
                found=reference.key + "".join(f"({part})" for part in reference.inside),
                help=_clauses_there(document, reference, target),
            )  # fmt: skip

    for document in context.corpus.of_kind("instrument"):
        yield from _unknown_defining_clause(document)


def _unknown_defining_clause(document: Document) -> Findings:
    record: Any = document.record
    named = record.defined_words if record is not None else None
    ids = [part.id for part in record.interpretation] if named else []
    if named and named not in ids:
        yield remark(
            document, f"{document.id} has no clause ({named}) in its interpretation",
            at("defined_words"), stops="merge", expected=nearest(named, ids), found=named,
            help="Name the clause that says what the defined words mean"
            + (f": {', '.join(ids)}." if ids else "; first write it in `interpretation`."),
        )  # fmt: skip


def _clauses_there(document: Document, reference: Reference, target: Document) -> str:
    """Return which clause the words of a link name, if it is there, and which there are."""
    record: Any = target.record
    parts = record.clauses if target.kind != "instrument" else (
        *record.preamble, *record.interpretation
    )  # fmt: skip
    ids = [part.id for part in parts]
    text = dict(document.texts).get(reference.route.keys, "")
    words = text[slice(*reference.route.span)] if reference.route.span else ""
    named = [id for id in _LABEL.findall(words.partition("](")[0]) if id in ids]
    near = f"Did you mean (ref:{reference.key}({named[0]}))? " if named else ""
    several = (
        f"({'), ('.join(ids[:26])})" if len(ids) > 1 else f"only ({ids[0]})" if ids else "none"
    )
    return f"{near}Its clauses: {several}."


_LABEL = re.compile(r"\(([A-Za-z0-9-]+)\)")


def _has_double(target: Document) -> bool:
    """Say whether two clauses have one id: then the one that is missed most likely has another's.

    `duplicate-clause-id` says so.
    """
    ids = [clause.id for clause in getattr(target.record, "clauses", ())]
    return len(set(ids)) < len(ids)


def _missing_inside(target: Document, inside: tuple[str, ...]) -> str:
    clause, *labels = inside
    record: Any = target.record
    if target.kind == "instrument":
        ids = {part.id for part in (*record.preamble, *record.interpretation)}
    else:
        ids = {part.id for part in record.clauses}
    if clause not in ids:
        return f"clause ({clause})"
    for said in target.said:
        of_clause = said.clause == clause and said.keys[-1] == "text"
        if labels and of_clause and tuple(labels) not in said.wording.labels():
            return f"item {''.join(f'({label})' for label in labels)} in clause ({clause})"
    return ""


def withdrawn_reference(context: Context) -> Findings:
    """No text in use refers to one that is withdrawn or superseded."""
    for document, reference, target in context.corpus.links:
        if target is None or target is document or document.status in _OUT_OF_USE:
            continue
        if document.kind == "translation" or reference.role in _KEEPS_WITHDRAWN:
            continue
        what = _out_of_use(target, reference)
        if not what or (reference.role == "item" and target.status == "withdrawn"):
            continue  # the line of a withdrawn text stays in the book
        successor = getattr(target.record, "superseded_by", None) or ""
        yield remark(
            document, what, reference.route, stops="merge", expected=successor, found=target.id,
            help=f"Its successor is {successor}: name that one." if successor else "Take the link "
            "out, or say in the rationale what holds now.",
        )  # fmt: skip


_KEEPS_WITHDRAWN = ("supersedes", "superseded-by", "addressee", "beneficiary", "prose")
"""Roles that may lead to a withdrawn text, or whose term stands once in the charter's `parties`.

A rationale may tell what was before.
"""


def _out_of_use(target: Document, reference: Reference) -> str:
    """Return what holds no more, the record or the clause of it that is meant, or an empty text."""
    if target.status in _OUT_OF_USE:
        return f"{target.id} is {target.status}"
    clauses = getattr(target.record, "clauses", ()) if reference.inside else ()
    for clause in clauses:
        if clause.id == reference.inside[0] and clause.withdrawn is not None:
            return f"clause ({clause.id}) of {target.id} is withdrawn"
    return ""


def not_reciprocal(context: Context) -> Findings:
    """What a text supersedes names it as its successor, and the reverse."""
    for document in context.corpus.of_kind(*TEXT_KINDS):
        for reference in document.references:
            if reference.role not in ("supersedes", "superseded-by"):
                continue
            target = context.corpus.find(TEXT_KINDS, reference.key)
            if target is None or target.record is None or target is document:
                continue
            back = "superseded-by" if reference.role == "supersedes" else "supersedes"
            named = {other.key for other in target.references if other.role == back}
            if document.id not in named:
                key = back.replace("-", "_")
                line = (
                    f"{key}: {document.id}"
                    if back == "superseded-by"
                    else f"{key}: [{document.id}]"
                )
                yield remark(
                    document, f"{target.id} does not name {document.id} in its `{key}`",
                    reference.route, stops="merge", expected=f"{line} in {target.path}",
                    help=f"Write `{line}` in {target.path}, or take this entry out.",
                )  # fmt: skip


def superseding_circle(context: Context) -> Findings:
    """No text supersedes itself, also not by way of others."""
    documents = {document.id: document for document in context.corpus.of_kind(*TEXT_KINDS)}
    older = {
        id: [reference for reference in document.references if reference.role == "supersedes"]
        for id, document in documents.items()
    }
    for id, reference in closing(older):
        yield remark(
            documents[id], f"this closes a circle: {reference.key} supersedes itself",
            reference.route, stops="merge", found=reference.key,
            help="Look at `supersedes` along the way, and take out the entry that is wrong.",
        )  # fmt: skip


def less_mature(context: Context) -> Findings:
    """A text does not rest on one that is less mature than itself."""
    said: set[tuple[str, str]] = set()
    for document, reference, target in context.corpus.links:
        mine = _MATURITY.get(document.status, 0)
        if not mine or target is None or reference.role not in _RESTING:
            continue
        pair = (document.path, target.path)
        if _MATURITY.get(target.status, mine) < mine and pair not in said:
            said.add(pair)
            yield remark(
                document, f"this text is {document.status}, and the {target.kind} {target.id}, "
                f"on which it rests, is {target.status}",
                reference.route, stops=_by_weight(reference), expected=document.status,
                found=target.status,
                help=f"Bring {target.id} forward first, or take the link out.",
            )  # fmt: skip


def _by_weight(reference: Reference) -> Stops:
    return None if reference.role == "monitored-by" else "release"


def listed_twice(context: Context) -> Findings:
    """A text stands in one place of one book."""
    seen: dict[str, Document] = {}
    for document in context.newest_last(context.corpus.of_kind("instrument")):
        for reference in document.references:
            if reference.role != "item":
                continue
            if reference.key in seen:
                first = seen[reference.key]
                where = "further up in this book" if first is document else f"in {first.path}"
                yield remark(
                    document, f"{reference.key} is listed {where} too", reference.route,
                    stops="merge", found=reference.key, help="Keep one of the two lines.",
                )  # fmt: skip
            seen.setdefault(reference.key, document)


def orphan(context: Context) -> Findings:
    """Each text stands in a book, each principle carries a text, and each issue has an answer."""
    corpus, offers = context.corpus, _Offers(context)
    meant = {
        nearest(reference.key, offers.known(reference.kinds))
        for _, reference, target in corpus.links if target is None and reference.role == "item"
    }  # fmt: skip
    for document in corpus.of_kind(*TEXT_KINDS, "issue"):
        if document.record is None or document.status in _OUT_OF_USE:
            continue
        if not named_by_its_id(document):
            continue  # which id is meant is not known
        roles = {link.role for _, link in corpus.back_links.get(key_of(document), ())}
        if document.kind == "issue":
            record: Any = document.record
            answered = record.answered_by or record.none or "responds-to" in roles
            if not answered and "response" not in context.unread:
                help = "Name what answers it, or say in `none` why nothing does."
                yield _orphan(document, "nothing answers this issue", help)
            continue
        adopted = document.status in IN_A_BOOK  # `adopted-text-removed` says so
        adopted = adopted or document.id in meant  # a slip in the book, which has its finding
        if "item" not in roles and "instrument" not in context.unread and not adopted:
            help = "Add its id to `parts` in the instrument.yaml of its book."
            yield _orphan(document, "this text stands in no book, so it is not printed", help)
        unread = not context.unread.isdisjoint(TEXT_KINDS)
        if document.kind == "principle" and "grounded-in" not in roles and not unread:
            help = "Add a `grounded-in` relation in a text that does."
            yield _orphan(document, "no text rests on this principle", help)


def _orphan(document: Document, message: str, help: str) -> Finding:
    return remark(document, message, at("title"), help=help)
