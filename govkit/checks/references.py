"""Family 3: whatever a record refers to is there, is in force, and is called by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from govkit.checks.rule import Context, at, remark
from govkit.corpus.base import key_of
from govkit.corpus.documents import Document, Reference
from govkit.findings import Finding, Route, Stops
from govkit.records.kinds import TEXT_KINDS, id_space
from govkit.source.validation import nearest

Findings = Iterator[Finding]

_MATURITY = {"draft": 0, "trial": 1, "adopted": 2}
_TITLE_AFTER_ID = re.compile(r"\s?(?:\(([^()\n]{3,120})\)|\"([^\"\n]{3,120})\")")
_LINK_TARGET = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\((?:ref|term):([^)\s]*)\)?")
_RESTING = ("grounded-in", "procedural-for", "monitored-by")


def unknown_reference(context: Context) -> Findings:
    """Whatever a record refers to exists."""
    corpus = context.corpus
    for document in corpus.documents:
        for reference in document.references:
            if corpus.find(reference.kinds, reference.key) is None:
                yield _unknown(context, document, reference)
        for reference in _prose_links(document):
            if corpus.find(reference.kinds, reference.key) is None:
                yield _unknown(context, document, reference)


def _unknown(context: Context, document: Document, reference: Reference) -> Finding:
    kinds = reference.kinds
    spaces = {id_space(kind) for kind in kinds}
    known = sorted(
        id for (space, id), found in context.corpus.by_id.items()
        if space in spaces and found[0].kind in kinds
    )  # fmt: skip
    near = nearest(reference.key, known)
    what = kinds[0] if len(kinds) == 1 else "text"
    where = f"registers/{what}s/{reference.key}.yaml" if len(kinds) == 1 else ""
    if what == "member":
        where = f"governance/members/{reference.key}.yaml"
    new = f"`govkit new {what}` makes it" + (f" ({where})." if where else ".")
    return remark(
        document, f"there is no {what} `{reference.key}`", reference.route, stops="merge",
        expected=near, found=reference.key,
        help=(f"Did you mean `{near}`? " if near else "") + f"If it is to be added, {new}"
        if what not in ("text", "instrument")
        else (f"Did you mean `{near}`?" if near else "Correct the id, or take the link out."),
    )  # fmt: skip


def _prose_links(document: Document) -> Iterator[Reference]:
    """Yield the term: and ref: links in rationale, guidance and notes."""
    normative = {said.keys for said in document.said}
    for keys, text in document.texts:
        if keys in normative or "](" not in text:
            continue
        for found in re.finditer(r"\]\((term|ref):([A-Za-z0-9.-]+)((?:\([^()\s]*\))*)\)", text):
            route = Route(keys, found.span())
            kinds = ("term",) if found[1] == "term" else (*TEXT_KINDS, "instrument")
            inside = tuple(part for part in re.split(r"[()]", found[3]) if part)
            yield Reference(route, kinds, found[2], "prose", inside)


def unknown_clause(context: Context) -> Findings:
    """A link to a clause or list item leads to one that is there."""
    for document in context.corpus.documents:
        for reference in (*document.references, *_prose_links(document)):
            if not reference.inside:
                continue
            target = context.corpus.find(reference.kinds, reference.key)
            if target is None or target.record is None:
                continue
            missing = _missing_inside(target, reference.inside)
            if missing:
                yield remark(
                    document, f"{reference.key} has no {missing}", reference.route, stops="merge",
                    found=reference.key + "".join(f"({part})" for part in reference.inside),
                    help=f"`govkit show {reference.key}` prints its clauses.",
                )  # fmt: skip


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
        if said.clause == clause and said.keys[-1] == "text" and labels:
            if tuple(labels) not in said.wording.labels():
                return f"item {''.join(f'({label})' for label in labels)} in clause ({clause})"
    return ""


def withdrawn_reference(context: Context) -> Findings:
    """No text in use refers to one that is withdrawn or superseded."""
    for document in context.corpus.documents:
        if document.status in ("withdrawn", "superseded") or document.kind == "translation":
            continue
        for reference in document.references:
            if reference.role in ("supersedes", "superseded-by"):
                continue
            target = context.corpus.find(reference.kinds, reference.key)
            if target is None or target.status not in ("withdrawn", "superseded"):
                continue
            if reference.role == "item" and target.status == "withdrawn":
                continue  # its line stays in the book
            successor = getattr(target.record, "superseded_by", None) or ""
            yield remark(
                document, f"{target.id} is {target.status}", reference.route, stops="merge",
                expected=successor, found=target.id,
                help=f"Its successor is {successor}." if successor else "Take the link out, or "
                "say in the rationale what holds now.",
            )  # fmt: skip


def copied_title(context: Context) -> Findings:
    """A title of another record is not copied by hand, or is equal to it."""
    pattern = context.mentions
    if pattern is None:
        return
    for document in context.corpus.documents:
        for keys, text in document.texts:
            for found in pattern.finditer(text):
                target = context.corpus.find(TEXT_KINDS, found.group())
                titled = _TITLE_AFTER_ID.match(text, _after_link(text, found.end()))
                if target is None or titled is None or not target.title:
                    continue
                copied = titled[1] or titled[2]
                if copied != target.title and _looks_like_title(copied):
                    yield _copied(document, target, copied, at(*keys, span=titled.span()))
            yield from _copied_in_links(context, document, keys, text)


def _after_link(text: str, end: int) -> int:
    """Return where to look for a title: behind the bracket that closes a link, if one does."""
    return end + 1 if text[end : end + 1] == ")" else end


def _copied_in_links(context: Context, document: Document, keys: Any, text: str) -> Findings:
    for found in _LINK_TARGET.finditer(text):
        target = context.corpus.find(TEXT_KINDS, found[2].split("(")[0])
        words = found[1]
        if target is None or not target.title or "(" in found[2] or words == target.title:
            continue
        if _looks_like_title(words) and words[:1].isupper() and nearest(words, [target.title]):
            yield _copied(document, target, words, at(*keys, span=found.span(1)))


def _looks_like_title(words: str) -> bool:
    return words[:1].isupper() and " " in words.strip()


def _copied(document: Document, target: Document, copied: str, route: Route) -> Finding:
    return remark(
        document, f"{target.id} has another title", route, stops="release",
        expected=target.title, found=copied,
        help=f"Write the id in a link and leave the title out: the print supplies it. "
        f"As [this provision](ref:{target.id}).",
    )  # fmt: skip


def plain_mention(context: Context) -> Findings:
    """The id of another record stands in a link, so that it is checked and printed with its title."""
    pattern = context.mentions
    if pattern is None:
        return
    for document in context.corpus.documents:
        normative = {said.keys for said in document.said}
        for keys, text in document.texts:
            if len(keys) == 1 and keys[0] in ("id", "of", "superseded_by"):
                continue
            if keys[0] in _ID_FIELDS:
                continue
            for found in pattern.finditer(text):
                if text[max(0, found.start() - 5) : found.start()].endswith("(ref:"):
                    continue
                yield remark(
                    document, f"{found.group()} is named here without a link",
                    at(*keys, span=found.span()),
                    stops="release" if keys in normative else None, found=found.group(),
                    help=f"Write [words](ref:{found.group()}).",
                )  # fmt: skip


_ID_FIELDS = frozenset(("relations", "supersedes", "parts", "answered_by", "suppress"))


def not_reciprocal(context: Context) -> Findings:
    """What a text supersedes names it as its successor, and the reverse."""
    for document in context.corpus.of_kind(*TEXT_KINDS):
        for reference in document.references:
            if reference.role not in ("supersedes", "superseded-by"):
                continue
            target = context.corpus.find(TEXT_KINDS, reference.key)
            if target is None or target.record is None:
                continue
            back = "superseded-by" if reference.role == "supersedes" else "supersedes"
            named = {other.key for other in target.references if other.role == back}
            if document.id not in named:
                key = back.replace("-", "_")
                yield remark(
                    document, f"{target.id} does not say so in return", reference.route,
                    stops="merge", expected=f"{key}: {document.id} in {target.path}",
                    help=f"Add `{key}: {document.id}` in {target.path}.",
                )  # fmt: skip


def superseding_circle(context: Context) -> Findings:
    """No text supersedes itself, also not by way of others."""
    older = {
        document.id: sorted(r.key for r in document.references if r.role == "supersedes")
        for document in context.corpus.of_kind(*TEXT_KINDS)
    }
    for document in context.corpus.of_kind(*TEXT_KINDS):
        for reference in document.references:
            if reference.role == "supersedes" and _reaches(older, reference.key, document.id):
                yield remark(
                    document, f"{document.id} supersedes itself by way of {reference.key}",
                    reference.route, stops="merge", found=reference.key,
                    help="Take out the entry that is wrong.",
                )  # fmt: skip


def _reaches(graph: dict[str, list[str]], start: str, goal: str) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(graph.get(here, ()))
    return False


def less_mature(context: Context) -> Findings:
    """A text does not rest on one that is less mature than itself."""
    for document in context.corpus.documents:
        mine = _MATURITY.get(document.status, 0)
        if not mine or document.kind == "charter":
            continue
        for reference in document.references:
            if reference.role not in ("term", "addressee", "beneficiary", "ref", *_RESTING):
                continue
            target = context.corpus.find(reference.kinds, reference.key)
            if target is not None and _MATURITY.get(target.status, mine) < mine:
                yield remark(
                    document, f"this text is {document.status}, and {target.id} is "
                    f"{target.status}", reference.route, stops=_by_weight(reference),
                    expected=document.status, found=target.status,
                    help=f"Bring {target.id} forward first, or take the link out.",
                )  # fmt: skip


def _by_weight(reference: Reference) -> Stops:
    return None if reference.role == "monitored-by" else "release"


def listed_twice(context: Context) -> Findings:
    """A text stands in one place of one book."""
    seen: dict[str, Document] = {}
    for document in context.corpus.of_kind("instrument"):
        for reference in document.references:
            if reference.role != "item":
                continue
            if reference.key in seen:
                first = seen[reference.key]
                where = "here before" if first is document else f"in {first.path}"
                yield remark(
                    document, f"{reference.key} stands {where} too", reference.route,
                    stops="merge", found=reference.key, help="Keep one of the two.",
                )  # fmt: skip
            seen.setdefault(reference.key, document)


def orphan(context: Context) -> Findings:
    """Each text stands in a book, each principle has a text that rests on it, each issue an answer."""
    corpus = context.corpus
    for document in corpus.of_kind(*TEXT_KINDS, "issue"):
        if document.record is None or document.status in ("withdrawn", "superseded"):
            continue
        roles = {link.role for _, link in corpus.back_links.get(key_of(document), ())}
        if document.kind == "issue":
            record: Any = document.record
            if not record.answered_by and not record.none and "responds-to" not in roles:
                yield _orphan(document, "nothing answers this issue",
                              "Name what answers it, or say in `none` why nothing does.")  # fmt: skip
            continue
        if "item" not in roles:
            yield _orphan(document, "this text stands in no book, so it is not printed",
                          "Add its id to `parts` in the instrument.yaml of its book.")  # fmt: skip
        if document.kind == "principle" and "grounded-in" not in roles:
            yield _orphan(document, "no text rests on this principle",
                          "Add a `grounded-in` relation in a text that does.")  # fmt: skip


def _orphan(document: Document, message: str, help: str) -> Finding:
    return remark(document, message, at("title"), help=help)
