"""One record for a person to read on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from govkit.cli.printing.screen import width, wrapped
from govkit.cli.printing.words import visible
from govkit.consent.policy_text import deciding_in_words, policy_in_words
from govkit.corpus.base import key_of
from govkit.corpus.documents import Document
from govkit.corpus.impact import clause_of
from govkit.corpus.levels import options_of
from govkit.corpus.whole import Corpus
from govkit.proposals.call_inputs import counted_inputs, inputs_of
from govkit.records.kinds import TEXT_KINDS, slug_of_path
from govkit.records.normative import Block, Run, read

_WIDTH = 88


def record_as_text(
    corpus: Corpus, document: Document, lines: list[str], part: tuple[str, ...] = ()
) -> str:
    """Return the record in plain text; `lines` are those of its file.

    `part` is a clause, and the way to an item in it: then only its words are shown.
    """
    parts = [*_head(corpus, document, part)]
    if document.record is None:
        parts += ["", "The file can't be read; `govkit check` says why."]
    elif document.kind in TEXT_KINDS:
        parts += [*_text(document, part)]
    else:
        parts += ["", *(visible(line) for line in lines if not line.startswith("# yaml-language"))]
        parts += [*_deciding(corpus, document), *_inputs(corpus, document)]
    parts += [*_links(corpus, document, part)]
    return "\n".join(parts).rstrip("\n") + "\n"


def record_as_data(corpus: Corpus, document: Document) -> dict[str, Any]:
    """Return what a record is, as plain data: what every list of records has of it."""
    return {
        "kind": document.kind,
        "id": document.id,
        "title": document.title,
        "status": document.status or None,
        "path": document.path,
        "digest": corpus.digests.of(document),
    }


def _head(corpus: Corpus, document: Document, part: tuple[str, ...]) -> Iterator[str]:
    title = f"  {visible(document.title)}" if document.title else ""
    inside = "".join(f"({each})" for each in part)
    yield click.style(f"{document.id}{inside}{title}", bold=True)
    yield f"{document.kind}, {document.status or 'no status'}, in {visible(document.path)}"
    digest = corpus.digests.of(document)
    if digest:
        yield digest


def _text(document: Document, part: tuple[str, ...]) -> Iterator[str]:
    record: Any = document.record
    yield from _before(record, part)
    for clause in record.clauses:
        if part and clause.id != part[0]:
            continue
        yield ""
        if clause.withdrawn is not None:
            yield f"({clause.id}) withdrawn on {clause.withdrawn.on}: {clause.withdrawn.reason}"
            continue
        yield _begin(clause, record)
        yield from _wording(clause.text, record, way=part[1:])
        if part[1:]:
            continue
        for name, texts in (("Condition", clause.conditions), ("Exception", clause.exceptions)):
            for text in texts:
                yield from _wording(text, record, f"{name}: ")
    for name, parameter in ({} if part else getattr(record, "parameters", {})).items():
        yield ""
        yield f"[{name}] {parameter.default} {parameter.type} unless the platform fills in another"
        if linked := getattr(parameter, "linked", None):
            more = f", and {linked.plus} more" if linked.plus else ""
            yield f"    and at least {linked.to}{more}"


def _before(record: Any, part: tuple[str, ...]) -> Iterator[str]:
    """Yield that a text was withdrawn, and the sentence that says what it gives."""
    if gone := getattr(record, "withdrawn", None):
        decision = f" by decision {gone.decision}" if gone.decision else ""
        yield ""
        yield from wrapped(
            f"Withdrawn on {gone.on}{decision}: {visible(gone.reason)} These words bind nobody:",
            width(_WIDTH),
        )
    if not part and getattr(record, "summary", None):
        yield ""
        yield from wrapped(f"In short: {visible(record.summary)}", width(_WIDTH))


def _begin(clause: Any, record: Any) -> str:
    """Return the first line of a clause: its force, its parties, and the options it stands in."""
    force = click.style(f"({clause.id}) {clause.force.upper().replace('-', ' ')}", fg="cyan")
    bound, protected = ", ".join(clause.addressee), ", ".join(clause.beneficiary)
    parties = f"  {bound} -> {protected}" if bound and protected else ""
    options = ", ".join(options_of(record, clause.id))
    return force + parties + (f"  option {options}" if options else "")


def _wording(text: str, record: Any, before: str = "", way: tuple[str, ...] = ()) -> Iterator[str]:
    for block in read(text).below(way):
        indent = "    " + "    " * block.depth
        words = before + "".join(_words(run, record) for run in block.runs)
        marker = _marker(block)
        first = indent[: len(indent) - len(marker)] + marker
        yield from wrapped(visible(words), width(_WIDTH), first, indent)
        before = ""


def _marker(block: Block) -> str:
    if block.style == "p":
        return ""
    return ("-" if block.style == "-" else f"({block.label})").ljust(4)


def _words(run: Run, record: Any) -> str:
    if run.kind != "param":
        return run.words
    parameter = getattr(record, "parameters", {}).get(run.target)
    return f"[{parameter.default}]" if parameter else f"[{run.target}]"


def _deciding(corpus: Corpus, document: Document) -> Iterator[str]:
    """Yield in plain words how a policy decides, or how a charter does by its policies."""
    charter = corpus.charter
    if charter is None or document.kind not in ("charter", "policy"):
        return

    policies: Any = {each.id: each.record for each in corpus.of_kind("policy") if each.record}
    yield ""
    yield click.style("In words", bold=True)
    if document.kind == "charter":
        words = deciding_in_words(charter, policies)
    else:
        words = policy_in_words(policies[document.id], charter.groups)
    yield from paragraphs(words or "The charter names no policy yet.")


def _inputs(corpus: Corpus, document: Document) -> Iterator[str]:
    """Yield what answered a call, in the order in which it came."""
    if document.kind != "call":
        return
    came = inputs_of(corpus, slug_of_path(document.path))
    yield ""
    yield click.style("What came in", bold=True) + f"  {counted_inputs(came)}"
    for each in came:
        when = str(each.received_at.date()) if each.received_at else "not in the log"
        giver = f", from {each.giver}" if each.giver else ""
        late = ", late" if each.late else ""
        words = visible(f"{when}  {each.input.kind}: {each.input.title}{giver}{late}")
        yield from wrapped(words, width(_WIDTH), "  ", "    ")
        place = each.input.address or each.input.file or each.input.message_id
        if place:
            yield f"    {visible(place)}"


def paragraphs(words: str) -> Iterator[str]:
    """Yield the lines of some paragraphs, folded, with a blank line between."""
    for paragraph in words.strip().split("\n\n"):
        yield from wrapped(visible(" ".join(paragraph.split())), width(_WIDTH))
        yield ""


def _links(corpus: Corpus, document: Document, part: tuple[str, ...]) -> Iterator[str]:
    out = {
        (reference.role, _name(corpus.find(reference.kinds, reference.key), reference.key))
        for reference in document.references
        if not part or clause_of(document, reference) == part[0]
    }
    links = corpus.back_links.get(key_of(document), ())
    back = {
        (reference.role, _name(other, other.id))
        for other, reference in links
        if reference.inside[: len(part)] == part
    }
    for head, names in (("Refers to", out), ("Referred to by", back)):
        if names:
            yield "\n" + click.style(head, bold=True)
            yield from (f"  {role.ljust(15)} {name}" for role, name in sorted(names))


def _name(document: Document | None, key: str) -> str:
    if document is None:
        return f"{key} (not there)"
    title = getattr(document.record, "short", None) or document.title
    return visible(document.id if title == document.id else f"{document.id}  {title}".rstrip())
