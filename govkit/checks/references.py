"""Family 3: whatever a record refers to is there, and is in force."""

from __future__ import annotations

from typing import Any

from govkit.checks.arrangement import IN_A_BOOK
from govkit.checks.circles import closing
from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, named_by_its_id, refusal, remark
from govkit.checks.unknown_references import Offers
from govkit.corpus.base import key_of
from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.term_words import OUT_OF_USE
from govkit.findings import Finding, Stops
from govkit.patterns import lazy_regex
from govkit.records.kinds import NUMBERED_KINDS, PROCESS_KINDS, TEXT_KINDS
from govkit.source.nearest import nearest

_MATURITY = {"draft": 0, "trial": 1, "adopted": 2}
_RESTING = (
    "term",
    "addressee",
    "beneficiary",
    "ref",
    "grounded-in",
    "procedural-for",
    "monitored-by",
)


def names_itself(document: Document, context: Context) -> Findings:
    """No record names itself as the other one."""
    for _, reference, target in context.corpus.links_of(document):
        if target is document and not reference.route.span and reference.role not in _MAY_BE_OWN:
            yield refusal(
                document,
                f"{document.id} names itself here",
                reference.route,
                found=reference.key,
                help="Name the other one that is meant, or take this entry out.",
            )


_MAY_BE_OWN = ("let-stand-by", "supersedes", "linked-blank")
"""A member may let a finding of its own file stand; of a circle `superseding-circle` speaks."""


def unknown_clause(document: Document, context: Context) -> Findings:
    """A link to a clause or list item leads to one that is there."""
    for _, reference, target in context.corpus.links_of(document):
        if not reference.inside or target is None or target.record is None:
            continue
        if target.kind not in NUMBERED_KINDS:
            continue
        missing = _missing_inside(target, reference.inside)
        if missing and not _has_double(target):
            yield refusal(
                document,
                f"{reference.key} has no {missing}",
                reference.route,
                found=reference.key + "".join(f"({part})" for part in reference.inside),
                help=_clauses_there(document, reference, target),
            )

    if document.kind == "instrument":
        for field, says in _CLAUSES_OF_A_BOOK.items():
            yield from _unknown_clause_of_a_book(document, field, says)
    if document.kind == "provision":
        yield from _unknown_clause_of_an_option(document)
        yield from _unknown_part_of_a_duty(document)


def _unknown_clause_of_an_option(document: Document) -> Findings:
    options = getattr(document.record, "options", ())
    live = [c.id for c in getattr(document.record, "clauses", ()) if c.withdrawn is None]
    for n, option in enumerate(options):
        for m, named in enumerate(option.clauses):
            if named not in live:
                yield refusal(
                    document,
                    f"{document.id} has no clause ({named}) that holds",
                    at("options", n, "clauses", m),
                    expected=nearest(named, live),
                    found=named,
                    help=f"Name a clause of this text: {', '.join(live) or 'none is left'}.",
                )


def _unknown_part_of_a_duty(document: Document) -> Findings:
    """Yield clauses and blanks that `on_change` names and that are not there."""
    duties = getattr(document.record, "on_change", ())
    live = [c.id for c in getattr(document.record, "clauses", ()) if c.withdrawn is None]
    blanks = list(getattr(document.record, "parameters", ()))
    for n, duty in enumerate(duties):
        for field, named, known in (("clause", duty.clause, live), ("time", duty.time, blanks)):
            if named is not None and named not in known:
                what = f"clause ({named}) that holds" if field == "clause" else f"blank {named}"
                yield refusal(
                    document,
                    f"{document.id} has no {what}",
                    at("on_change", n, field),
                    expected=nearest(named, known),
                    found=named,
                    help=f"Name one of this text: {', '.join(known) or 'none is there'}.",
                )


_CLAUSES_OF_A_BOOK = {
    "defined_words": "what the defined words mean",
    "consequences": "what follows from a breach",
    "counting.times": "how times run",
    "counting.notices": "when a notice has reached the user",
}
"""The fields of a book that name a clause of its interpretation, and what that clause says."""


def _unknown_clause_of_a_book(document: Document, field: str, says: str) -> Findings:
    record: Any = document.record
    outer, _, inner = field.partition(".")
    named = getattr(record, outer, None)
    named = getattr(named, inner, None) if inner else named
    ids = [part.id for part in record.interpretation] if named else []
    if named and named not in ids:
        yield refusal(
            document,
            f"{document.id} has no clause ({named}) in its interpretation",
            at(*field.split(".")),
            expected=nearest(named, ids),
            found=named,
            help=f"Name the clause that says {says}"
            + (f": {', '.join(ids)}." if ids else "; first write it in `interpretation`."),
        )


def _clauses_there(document: Document, reference: Reference, target: Document) -> str:
    """Return which clause the words of a link name, if it is there, and which there are."""
    record: Any = target.record
    parts = (
        record.clauses
        if target.kind != "instrument"
        else (*record.preamble, *record.interpretation)
    )
    ids = [part.id for part in parts]
    text = dict(document.texts).get(reference.route.keys, "")
    words = text[slice(*reference.route.span)] if reference.route.span else ""
    named = [id for id in _LABEL.findall(words.partition("](")[0]) if id in ids]
    near = f"Did you mean (ref:{reference.key}({named[0]}))? " if named else ""
    several = (
        f"({'), ('.join(ids[:26])})" if len(ids) > 1 else f"only ({ids[0]})" if ids else "none"
    )
    return f"{near}Its clauses: {several}."


_LABEL = lazy_regex(r"\(([A-Za-z0-9-]+)\)")


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


def withdrawn_reference(document: Document, context: Context) -> Findings:
    """No text in use refers to one that is withdrawn or superseded."""
    if document.status in OUT_OF_USE or document.kind in _SAYS_WHAT_WAS:
        return
    for _, reference, target in context.corpus.links_of(document):
        if target is None or target is document or reference.role in _KEEPS_WITHDRAWN:
            continue
        what = _out_of_use(target, reference)
        if not what or (reference.role == "item" and target.status == "withdrawn"):
            continue  # the line of a withdrawn text stays in the book
        successor = getattr(target.record, "superseded_by", None) or ""
        yield refusal(
            document,
            what,
            reference.route,
            expected=successor,
            found=target.id,
            help=f"Its successor is {successor}: name that one."
            if successor
            else "Take the link out, or say in the rationale what holds now.",
        )


_SAYS_WHAT_WAS = (*PROCESS_KINDS, "translation")
"""Kinds that follow another text or keep what happened: what is withdrawn was consented to once."""

_KEEPS_WITHDRAWN = ("supersedes", "superseded-by", "addressee", "beneficiary", "prose")
"""Roles that may lead to a withdrawn text, or whose term stands once in the charter's `parties`.

A rationale may tell what was before.
"""


def _out_of_use(target: Document, reference: Reference) -> str:
    """Return what holds no more, the record or the clause of it that is meant, or an empty text."""
    if target.status in OUT_OF_USE:
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
            if document.id not in named and not _takes_the_place(document, target, context):
                key = back.replace("-", "_")
                line = (
                    f"{key}: {document.id}"
                    if back == "superseded-by"
                    else f"{key}: [{document.id}]"
                )
                yield refusal(
                    document,
                    f"{target.id} does not name {document.id} in its `{key}`",
                    reference.route,
                    expected=f"{line} in {target.path}",
                    help=f"Write `{line}` in {target.path}, or take this entry out.",
                )


def _takes_the_place(new: Document, old: Document, context: Context) -> bool:
    """Say whether a decision, or a proposal that is open, says that one text supersedes another.

    The old one has its adopted words until it is decided, and then the reason of the decision.
    """
    from govkit.proposals.texts import superseded_by

    reason = superseded_by(new.id)
    stone = getattr(old.record, "withdrawn", None)
    if stone is not None:
        return bool(stone.reason == reason and stone.decision)
    return any(
        unit.id == old.id and unit.after is None and unit.cause == f"withdrawn: {reason}"
        for docket in context.undecided_dockets
        if docket.revision is not None
        for unit in docket.revision.units
    )


def superseding_circle(context: Context) -> Findings:
    """No text supersedes itself, also not by way of others."""
    documents = {document.id: document for document in context.corpus.of_kind(*TEXT_KINDS)}
    older = {
        id: [reference for reference in document.references if reference.role == "supersedes"]
        for id, document in documents.items()
    }
    for id, reference in closing(older):
        yield refusal(
            documents[id],
            f"this closes a circle: {reference.key} supersedes itself",
            reference.route,
            found=reference.key,
            help="Look at `supersedes` along the way, and take out the entry that is wrong.",
        )


def less_mature(document: Document, context: Context) -> Findings:
    """A text does not rest on one that is less mature than itself."""
    said: set[str] = set()
    mine = _MATURITY.get(document.status, 0)
    for _, reference, target in context.corpus.links_of(document) if mine else ():
        if target is None or reference.role not in _RESTING:
            continue
        if _MATURITY.get(target.status, mine) < mine and target.path not in said:
            said.add(target.path)
            yield remark(
                document,
                f"this text is {document.status}, and the {target.kind} {target.id}, "
                f"on which it rests, is {target.status}",
                reference.route,
                stops=_by_weight(reference),
                expected=document.status,
                found=target.status,
                help=f"Bring {target.id} forward first, or take the link out.",
            )


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
                yield refusal(
                    document,
                    f"{reference.key} is listed {where} too",
                    reference.route,
                    found=reference.key,
                    help="Keep one of the two lines.",
                )
            seen.setdefault(reference.key, document)


def orphan(context: Context) -> Findings:
    """Each text stands in a book, each principle carries a text, and each issue has an answer."""
    corpus, offers = context.corpus, Offers(context)
    meant = {
        nearest(reference.key, offers.known(reference.kinds))
        for _, reference, target in corpus.broken_links
        if target is None and reference.role == "item"
    }
    meant |= _in_books_lost(context)
    for document in corpus.of_kind(*TEXT_KINDS, "issue"):
        if document.record is None or document.status in OUT_OF_USE:
            continue
        roles = {link.role for _, link in corpus.back_links.get(key_of(document), ())}
        if roles.issuperset(_USES.get(document.kind or "", ("item",))):
            continue  # as nearly always
        if not named_by_its_id(document):
            continue  # which id is meant is not known
        if document.kind == "issue":
            record: Any = document.record
            answered = record.answered_by or record.none or "responds-to" in roles
            if not answered and "response" not in context.unread:
                help = "Name what answers it, or say in `none` why nothing does."
                yield _orphan(document, "nothing answers this issue", help)
            continue
        adopted = document.status in IN_A_BOOK  # `adopted-text-removed` says so
        adopted = adopted or document.id in meant  # a slip in the book, or none: it has its finding
        if "item" not in roles and "instrument" not in context.unread and not adopted:
            help = "Add its id to `parts` in the instrument.yaml of its book."
            yield _orphan(document, "this text stands in no book, so it is not printed", help)
        unread = not context.unread.isdisjoint(TEXT_KINDS)
        if document.kind == "principle" and "grounded-in" not in roles and not unread:
            help = "Add a `grounded-in` relation in a text that does."
            yield _orphan(document, "no text rests on this principle", help)


_USES = {"principle": ("item", "grounded-in"), "issue": ("responds-to",)}
"""What others say of a record of a kind that is no orphan; of a text of another, that it is in a
book."""


def _in_books_lost(context: Context) -> frozenset[str]:
    """Return the texts of the books that the charter still names and that are gone."""
    charter, base = context.corpus.charter, context.base
    if charter is None or base is None:
        return frozenset()
    gone = [
        book
        for book in base.before.of_kind("instrument")
        if book.id in charter.instruments and context.corpus.find(("instrument",), book.id) is None
    ]
    return frozenset(
        reference.key for book in gone for reference in book.references if reference.role == "item"
    )


def _orphan(document: Document, message: str, help: str) -> Finding:
    return remark(document, message, at("title"), help=help)
