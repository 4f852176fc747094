"""The apparatus of a text: blanks, sources, correspondences, rights weighed, related texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from typing import Any

from govkit.corpus.documents import Document
from govkit.languages.catalogue import Messages
from govkit.records.base import Authority, Balancing, Mapping, NumberParameter, TextParameter
from govkit.rendering import phrases
from govkit.rendering.document import Listing
from govkit.rendering.notes import read_remark
from govkit.rendering.printing import Printing, in_a_row
from govkit.rendering.spans import Blank, Link, Pointer, Span, Spans, Words, leads_out
from govkit.rendering.typography import curled

_Parameter = NumberParameter | TextParameter
_Parameters = AnyMapping[str, _Parameter]

UNVERIFIED = "not-verified"
"""The anchor of the line that says what the sign of an unchecked reference means."""


def apparatus(document: Document, printing: Printing) -> tuple[Listing, ...]:
    """Return the lists that stand below the clauses of a text; empty ones are left out."""
    said = printing.messages
    r: Any = document.record
    blanks: _Parameters = getattr(r, "parameters", {})
    if printing.selection.is_short:
        bounds = [_bounds(said, *entry, blanks) for entry in _blanks(document, printing)]
        return (Listing(said["book.blanks"], (in_a_row(bounds, "; "),)),) if bounds else ()
    lists = (
        (
            said["book.blanks"],
            [_blank(said, *entry, blanks) for entry in _blanks(document, printing)],
        ),
        (said["book.grounds"], [ground_line(ground, printing) for ground in r.grounds]),
        (said["book.mappings"], [_mapping(mapping, printing) for mapping in r.mappings]),
        (said["book.balancing"], [_balancing(balancing, printing) for balancing in r.balancing]),
        (said["book.relations"], list(_relations(document, printing))),
        (said["book.burden"], list(_burden(document, printing))),
    )
    noted = any(mapping.note for mapping in r.mappings)
    running = {said["book.grounds"], said["book.relations"]}
    running |= set() if noted else {said["book.mappings"]}
    return tuple(
        Listing(title, tuple(lines), running=title in running) for title, lines in lists if lines
    )


def ground_line(ground: Authority, printing: Printing) -> Spans:
    """Return a source that a text rests on: how, where in it, and whether anyone looked it up."""
    said = printing.messages
    relation = phrases.capital(said[f"book.ground-relations.{ground.relation}"])
    place: Span = Words(curled(ground.locator))
    if ground.verified.at and leads_out(ground.verified.at):
        place = Link(ground.verified.at, (place,))
    line = (Words(f"{relation} "), *printing.source(ground.source), Words(", "), place)
    return line if ground.verified.by else (*line, *unverified(said))


def unverified(said: Messages) -> Spans:
    """Return the sign beside a reference that nobody has checked; it leads to what it means."""
    return (Pointer(UNVERIFIED, (Words(said["book.not-verified-sign"]),)),)


def _blanks(document: Document, printing: Printing) -> Iterator[tuple[str, _Parameter]]:
    """Yield the blanks, but not those that stand only in clauses that are left out."""
    r: Any = document.record
    left_out = printing.selection.left_out(document)
    used = {run.target for said, run in document.blanks if said.clause not in left_out}
    for name, parameter in getattr(r, "parameters", {}).items():
        if name in used or not left_out:
            yield name, parameter


def _bounds(said: Messages, name: str, parameter: _Parameter, parameters: _Parameters) -> Spans:
    """Return a blank with what it may be filled in with, as short as it goes."""
    limits = _limits(said, parameter, parameters)
    begin: Spans = (Blank(name, str(parameter.default)),)
    return (*begin, Words(f" {limits}")) if limits else begin


def _blank(said: Messages, name: str, parameter: _Parameter, parameters: _Parameters) -> Spans:
    value = str(parameter.default)
    meaning = curled(parameter.meaning.strip().rstrip("."))
    default = (
        curled(f'"{value}"')
        if isinstance(parameter, TextParameter)
        else said.quantity(parameter.default, parameter.type)
    )
    holds = phrases.bounds(said, default, _limits(said, parameter, parameters))
    return (Blank(name, value), Words(f" {meaning}. {holds}"))


def _limits(said: Messages, parameter: _Parameter, parameters: _Parameters) -> str:
    """Return between which values a blank may be filled in; empty where any will do."""
    if isinstance(parameter, TextParameter):
        return ""
    minimum, maximum = (
        "" if number is None else said.quantity(number, parameter.type)
        for number in (parameter.minimum, parameter.maximum)
    )
    linked = ""
    if parameter.linked is not None:
        more = parameter.linked.plus
        key = "book.linked-more" if more else "book.linked"
        quantity = said.quantity(more, parameter.type) if more else ""
        other = parameters.get(parameter.linked.to)
        blank = f"[{other.default}]" if other else parameter.linked.to
        linked = said.say(key, blank=blank, more=quantity)
    return phrases.limits(said, minimum, maximum, linked)


def _mapping(mapping: Mapping, printing: Printing) -> Spans:
    line = (*printing.source(mapping.source), Words(f", {curled(mapping.locator)}"))
    if not mapping.note:
        return line
    return (*line, Words(". "), *read_remark(mapping.note, printing.places))


def _balancing(balancing: Balancing, printing: Printing) -> Spans:
    said = printing.messages
    rights = said.several([printing.right(slug) for slug in balancing.between])
    spans: list[Span] = [Words(curled(f"{rights}: {balancing.test}."))]
    if balancing.note:
        spans += [Words(" "), *read_remark(balancing.note, printing.places)]
    if balancing.cases:
        cases = in_a_row([printing.source(case) for case in balancing.cases], said["general.last"])
        spans += [Words(f" {said['book.cases']} "), *cases, Words(".")]
    return tuple(spans)


def _burden(document: Document, printing: Printing) -> Iterator[Spans]:
    burden = printing.note(document, "burden")
    if burden is not None:
        for name in ("people", "systems"):
            words = curled(getattr(burden, name).rstrip(" ."))
            yield (Words(f"{printing.messages[f'book.burden-{name}']}: {words}."),)


def _relations(document: Document, printing: Printing) -> Iterator[Spans]:
    said = printing.messages
    r: Any = document.record
    for kind, words in said.group("book.text-relations").items():
        yield from _line(words, [link.to for link in r.relations if link.as_ == kind], printing)
    yield from _line(said["book.refers-to"], _referred_to_outside(document, printing), printing)


def _referred_to_outside(document: Document, printing: Printing) -> Iterable[str]:
    """Return the texts that the words refer to and another book holds.

    A reader of paper finds them here; inside the book the words themselves lead there.
    """
    r: Any = document.record
    related = {link.to for link in r.relations}
    keys = (reference.key for reference in document.references if reference.role == "ref")
    return [
        key for key in dict.fromkeys(keys) if key not in related and not printing.places.holds(key)
    ]


def _line(words: str, ids: Iterable[str], printing: Printing) -> Iterator[Spans]:
    texts = [printing.text(id) for id in ids]
    if texts:
        yield (Words(f"{words} "), *in_a_row(texts, "; ", "; "))
