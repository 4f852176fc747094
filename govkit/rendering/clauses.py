"""Clauses: what binds, with its permanent label, its force, and what limits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.levels import options_of
from govkit.corpus.print_codes import codes_of
from govkit.findings import Keys
from govkit.records.base import Tombstone
from govkit.records.normative import Wording
from govkit.records.texts import Clause as ClauseRecord
from govkit.records.texts import Interpretation, Paragraph, WithdrawnClause
from govkit.rendering import phrases
from govkit.rendering.document import Aside, Clause, Limit, Section, Withdrawn
from govkit.rendering.document import Document as Tree
from govkit.rendering.document import Paragraph as Block
from govkit.rendering.notes import read_note, read_remark
from govkit.rendering.places import anchor_of
from govkit.rendering.printing import Printing, in_a_row
from govkit.rendering.spans import Span, Spans, Strong, Words
from govkit.rendering.wording import TermLinks, TermWords


class Usual(NamedTuple):
    """How most clauses of a text bind: their force, and the slugs of who is bound and protected."""

    force: str
    addressee: tuple[str, ...]
    beneficiary: tuple[str, ...]


def usual_of(record: Any) -> Usual | None:
    """Return what most clauses of a text say, each part for itself; the first of what is as common.

    None where a text has one clause: a head that says what stands in it would be said twice.
    """
    standing = [
        each for each in getattr(record, "clauses", ()) if not isinstance(each, WithdrawnClause)
    ]
    if len(standing) < 2:
        return None

    def most(several: list[Any]) -> Any:
        return Counter(several).most_common(1)[0][0] if several else ()

    return Usual(
        most([each.force for each in standing]),
        most([tuple(each.addressee) for each in standing if each.addressee]),
        most([tuple(each.beneficiary) for each in standing if each.beneficiary]),
    )


def fully_labelled(document: Tree) -> Tree:
    """Return a document whose clauses say the whole of how they bind, as in a file to be edited."""

    def labelled(section: Section) -> Section:
        blocks = tuple(
            replace(block, differs=None) if isinstance(block, Clause) else block
            for block in section.blocks
        )
        return replace(section, blocks=blocks, sections=tuple(map(labelled, section.sections)))

    return replace(document, sections=tuple(map(labelled, document.sections)))


class Clauses:
    """The clauses of one text, as they are printed."""

    def __init__(self, document: Document, printing: Printing) -> None:
        """Take a document that can be read."""
        self._document = document
        self._printing = printing
        self._wordings: Mapping[Keys, Wording] = {said.keys: said.wording for said in document.said}
        used = frozenset(
            reference.key
            for reference in document.references
            if reference.role in ("term", "addressee", "beneficiary")
        )
        self._terms = TermWords(printing.term_words, used)
        self._codes = {} if printing.selection.is_short else codes_of(document)
        self._usual = None if printing.selection.is_short else usual_of(document.record)

    def of_text(self) -> Iterator[Clause | Withdrawn]:
        """Yield the clauses of a provision, recommendation or principle that are selected."""
        record: Any = self._document.record
        for at, clause in enumerate(record.clauses):
            if not self._printing.selection.takes_clause(self._document, clause):
                continue
            if isinstance(clause, WithdrawnClause):
                yield self._withdrawn(clause)
            else:
                yield self._clause(at, clause)

    def of_frame(self, field: str) -> Iterator[Clause]:
        """Yield the paragraphs of a preamble or the clauses of an interpretation."""
        for at, part in enumerate(getattr(self._document.record, field)):
            yield self._part(field, at, part)

    def _part(self, field: str, at: int, part: Paragraph | Interpretation) -> Clause:
        force, differs = "", None
        if isinstance(part, Interpretation) and not self._printing.selection.is_short:
            force = self._force(part.force)
            # To say how the book is read is to declare: only another force is worth a line.
            differs = () if part.force == "declares" else ((Strong((Words(force),)),),)
        return Clause(
            anchor_of(self._document.id, part.id),
            f"({part.id})",
            force,
            (),
            self._text((field, at, "text"), part.id, self._setting()),
            field=f"{self._document.id}.{part.id}",
            differs=differs,
            code=self._codes.get(part.id, ""),
        )

    def _clause(self, at: int, clause: ClauseRecord) -> Clause:
        setting = self._setting((*clause.addressee, *clause.beneficiary))
        if self._printing.selection.is_short:
            return Clause(
                anchor_of(self._document.id, clause.id),
                f"({clause.id})",
                "",
                (),
                self._text(("clauses", at, "text"), clause.id, setting),
                (*self._limits(at, clause, setting), *self._standing(clause)),
                field=f"{self._document.id}.{clause.id}",
            )
        return Clause(
            anchor_of(self._document.id, clause.id),
            f"({clause.id})",
            self._force(clause.force),
            tuple(self._remarks(clause)),
            self._text(("clauses", at, "text"), clause.id, setting),
            tuple(self._limits(at, clause, setting)),
            self._guidance(clause),
            field=f"{self._document.id}.{clause.id}",
            differs=self._differs(clause),
            code=self._codes.get(clause.id, ""),
        )

    def _withdrawn(self, clause: WithdrawnClause) -> Withdrawn:
        return Withdrawn(
            anchor_of(self._document.id, clause.id),
            f"({clause.id})",
            withdrawal(clause.withdrawn, self._printing),
        )

    def _setting(self, parties: tuple[str, ...] = ()) -> TermLinks:
        return TermLinks(self._printing.places, self._terms, self._value_of, parties)

    def _value_of(self, name: str) -> str:
        parameter = getattr(self._document.record, "parameters", {}).get(name)
        return str(parameter.default) if parameter else phrases.spaced(name.replace("_", "-"))

    def _text(self, keys: Keys, id: str, setting: TermLinks) -> Any:
        def anchor(labels: tuple[str, ...]) -> str:
            return anchor_of(self._document.id, id, labels)

        return setting.blocks(self._wordings[keys], anchor)

    def _standing(self, clause: ClauseRecord) -> Iterator[Limit]:
        """Yield, for a short edition, the option of a clause and its scope: both limit it."""
        said = self._printing.messages
        for name, words in (
            (said["book.option"], ", ".join(self._options(clause))),
            (said["book.applies-to"], self._printing.narrowed(clause.applies_to or {})),
        ):
            if words:
                yield Limit(name, (Block((Words(words),)),))

    def _options(self, clause: ClauseRecord) -> tuple[str, ...]:
        """Return the options that a clause belongs to; none where the selection took one."""
        level = self._printing.selection.level
        if level is not None and self._document.id in level.options:
            return ()
        return options_of(self._document.record, clause.id)

    def usual(self) -> Spans:
        """Return how the clauses bind that say nothing else; empty where each says it itself."""
        if self._usual is None:
            return ()
        parts = [(Strong((Words(self._force(self._usual.force)),)),), *self._parties(self._usual)]
        return in_a_row(parts, " · ", " · ")

    def _remarks(self, clause: ClauseRecord) -> Iterator[Spans]:
        yield from self._parties(clause)
        yield from self._own(clause)

    def _differs(self, clause: ClauseRecord) -> tuple[Spans, ...] | None:
        """Return what of a clause is not as the head of its text says; None without such a head."""
        usual = self._usual
        if usual is None:
            return None
        force = self._force(clause.force)
        own = [(Strong((Words(force),)),)] if clause.force != usual.force else []
        return (*own, *self._parties(clause, usual), *self._own(clause, in_short=True))

    def _force(self, force: str) -> str:
        return self._printing.messages[f"book.forces.{force}"]

    def _parties(self, clause: ClauseRecord | Usual, usual: Usual | None = None) -> Iterator[Spans]:
        """Yield who is bound and who is protected, where it is not as usual."""
        said = self._printing.messages
        for words, field in (("book.addressed-to", "addressee"), ("book.protects", "beneficiary")):
            slugs = tuple(getattr(clause, field))
            if slugs and not (usual and slugs == getattr(usual, field)):
                parties = in_a_row(
                    [self._printing.term(slug) for slug in slugs], said["general.last"]
                )
                yield (Words(f"{said[words]} "), *parties)

    def _own(self, clause: ClauseRecord, *, in_short: bool = False) -> Iterator[Spans]:
        """Yield the options of a clause, and its scope where that is its own."""
        said = self._printing.messages
        options = self._options(clause)
        if options:
            yield (Words(f"{said['book.option'].lower()} {', '.join(options)}"),)
        if clause.applies_to is not None:
            narrowed = self._printing.narrowed(clause.applies_to) if in_short else ""
            scope = narrowed or self._printing.scope(clause.applies_to)
            yield (Words(f"{said['book.applies-here']} {scope}"),)

    def _limits(self, at: int, clause: ClauseRecord, setting: TermLinks) -> Iterator[Limit]:
        said = self._printing.messages
        for name, field in (
            (said["book.condition"], "conditions"),
            (said["book.exception"], "exceptions"),
        ):
            for number in range(len(getattr(clause, field))):
                wording = self._wordings["clauses", at, field, number]
                place = f"{self._document.id}.{clause.id}#{field}.{number}"
                yield Limit(name, setting.blocks(wording), place)

    def _guidance(self, clause: ClauseRecord) -> Aside | None:
        if not clause.guidance or "guidance" in self._printing.selection.notes_left_out:
            return None
        return Aside(
            self._printing.messages["book.guidance"],
            read_note(clause.guidance, self._printing.places),
            f"{self._document.id}.{clause.id}#guidance",
        )


def withdrawal(tombstone: Tombstone, printing: Printing) -> tuple[Span, ...]:
    """Return the sentence that stands in place of what was withdrawn."""
    begins = phrases.withdrawn(printing.messages, tombstone.on.isoformat(), tombstone.decision)
    reason = read_remark(tombstone.reason.rstrip(" .\n"), printing.places)
    return (Words(begins), *reason, Words("."))
