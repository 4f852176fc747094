"""A book or text in another language, or in two: the printed tree, with its words exchanged.

The tree is laid out from the original, as always; then each clause gets the words of its
translation, bound to the digest that it was made from. What has none stays in the original and
says so. Only the words that bind are translated, so lists and notes are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from govkit.corpus.documents import Document as Record
from govkit.corpus.translations import Standing, standing_of, translatable
from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages, messages
from govkit.records.normative import Wording
from govkit.rendering.document import (
    Block,
    Clause,
    Document,
    Fact,
    Facts,
    Limit,
    Paragraph,
    Section,
    SideBySide,
    Withdrawn,
)
from govkit.rendering.places import Places
from govkit.rendering.spans import Code, Mark, Spans, Words
from govkit.rendering.typography import curled
from govkit.rendering.wording import TermLinks

_DIGEST_SHOWN = 12
_KEPT = (Clause, Withdrawn, Paragraph, SideBySide)
_SOURCE_ONLY = ("sources", "levels", "coverage")


def in_language(corpus: Corpus, language: str) -> Corpus:
    """Return the corpus with the words around its texts in another language."""
    return replace(corpus, printed_in=language)


class _Translating:
    """One translation of one print; in a bilingual one each clause has both."""

    def __init__(self, corpus: Corpus, language: str, places: Places, *, bilingual: bool) -> None:
        self._corpus, self._language, self._bilingual = corpus, language, bilingual
        self._places = places
        self._source = corpus.language
        self.said: Messages = messages(self._source if bilingual else language)
        self._standings: dict[str, Standing | None] = {}

    @cached_property
    def _known(self) -> Mapping[str, Record]:
        return {document.id: document for document in translatable(self._corpus)}

    def standing(self, id: str) -> Standing | None:
        """Return how far the translation of a record is; None for what can't be translated."""
        if id not in self._standings:
            record = self._known.get(id)
            found = standing_of(self._corpus, record, self._language) if record else None
            self._standings[id] = found
        return self._standings[id]

    @property
    def printed(self) -> list[Standing]:
        """Return the standings of all that was printed."""
        return [each for each in self._standings.values() if each is not None]

    # --- sections -------------------------------------------------------------------------------

    def section(self, section: Section, book: str) -> Section | None:
        """Return a section in the language, or None for one that the original has alone."""
        if section.role == "back" and section.anchor in _SOURCE_ONLY:
            return None
        if section.role == "back":
            return replace(section, language="" if self._bilingual else self._source)
        id = section.field.partition("#")[0] or section.number
        blocks = tuple(block for each in section.blocks for block in self._block(each, id))
        inner = tuple(
            done for each in section.sections if (done := self.section(each, book)) is not None
        )
        title = self._title(section, book)
        return replace(section, blocks=blocks, sections=inner, title=title)

    def _title(self, section: Section, book: str) -> str:
        own = ""
        if section.role == "part":
            frame = self.standing(book)
            record = frame.record if frame else None
            own = record.parts.get(section.anchor.removeprefix("part-"), "") if record else ""
        elif section.number:
            standing = self.standing(section.number)
            own = standing.title if standing else ""
        return self.beside(section.title, curled(own))

    def beside(self, title: str, own: str) -> str:
        """Return a title: its translation, or in a bilingual print both."""
        if self._bilingual and own:
            return f"{title} · {own}"
        return own or title

    def _block(self, block: Block, id: str) -> Iterator[Block]:
        if isinstance(block, Clause):
            yield self._clause(block)
        elif isinstance(block, Facts):
            said = self.said
            left = {said["book.rights"], said["book.category"], said["book.summary"]}
            facts = tuple(fact for fact in block.facts if fact.name not in left)
            if facts:
                yield Facts(facts)
        elif isinstance(block, _KEPT):
            yield block

    # --- clauses --------------------------------------------------------------------------------

    def _clause(self, clause: Clause) -> Block:
        id, _, label = clause.field.partition(".")
        standing = self.standing(id)
        found = standing.clause(label) if standing else None
        plain = replace(clause, guidance=None)
        if standing is None or found is None:
            return plain
        if found.translated is None:
            if not self._bilingual:
                return replace(
                    plain, language=self._source, state=self.said["translation.original"]
                )
            none = Paragraph((Mark(self.said["translation.none"]),))
            empty = replace(plain, anchor="", blocks=(none,), limits=(), remarks=(), field="")
            return SideBySide(self._with_digest(plain, found.digest, self._source), empty)
        is_behind = found.state == "behind"
        own = replace(
            plain,
            blocks=self._words(standing, ("clauses", label, "text")),
            limits=tuple(self._limits(standing, label, plain.limits)),
            state=self.said["translation.behind"] if is_behind else "",
            is_behind=is_behind,
        )
        if not self._bilingual:
            return own
        own = replace(own, anchor="", remarks=(), differs=None, force="", field="")
        return SideBySide(
            self._with_digest(plain, found.digest, self._source),
            self._with_digest(own, found.bound, self._language),
        )

    def _with_digest(self, clause: Clause, digest: str, language: str) -> Clause:
        short = digest.removeprefix("sha256:")[:_DIGEST_SHOWN]
        return replace(clause, digest=short, language=language)

    def _limits(self, standing: Standing, label: str, limits: tuple[Limit, ...]) -> Iterator[Limit]:
        """Yield the conditions and exceptions in the order of the original."""
        for limit in limits:
            place = limit.field.rpartition("#")[2]
            field, _, at = place.partition(".")
            blocks = self._words(standing, ("clauses", label, field, int(at))) if at else ()
            yield replace(limit, blocks=blocks or limit.blocks, field="")

    def _words(self, standing: Standing, keys: tuple[str | int, ...]) -> Any:
        document = standing.document
        assert document is not None, standing
        wordings: Mapping[Any, Wording] = {said.keys: said.wording for said in document.said}
        wording = wordings.get(keys)
        if wording is None:
            return ()
        record: Any = standing.original.record
        blanks = getattr(record, "parameters", {})
        setting = TermLinks(
            self._places,
            value_of=lambda name: str(blanks[name].default) if name in blanks else name,
        )
        return setting.blocks(wording)


def translated(
    document: Document, corpus: Corpus, language: str, places: Places, *, bilingual: bool = False
) -> Document:
    """Return a print in another language; `places` are those of the print.

    The front says which language prevails, who translated and who reviewed, and how many clauses
    are behind or missing.
    """
    work = _Translating(corpus, language, places, bilingual=bilingual)
    book = document.front.id
    sections = tuple(
        done for each in document.sections if (done := work.section(each, book)) is not None
    )
    head = work.standing(book)
    own = curled(head.title) if head else ""
    front = replace(
        document.front,
        title=work.beside(document.front.title, own),
        language=corpus.language if bilingual else language,
        facts=Facts((*_facts(work, corpus, language), *document.front.facts.facts)),
    )
    return replace(document, front=front, sections=sections)


def _facts(work: _Translating, corpus: Corpus, language: str) -> Iterator[Fact]:
    said = work.said
    names = said.group("general.languages")
    code = corpus.language.split("-")[0]
    prevails = said.say("translation.prevails", language=names.get(code, corpus.language))
    yield Fact(said["translation.name"], (Words(f"{prevails} {said['translation.only']}"),))
    printed = [each for each in work.printed if each.clauses]
    there = [each for each in printed if each.record is not None]
    by = dict.fromkeys(each.record.translated_by for each in there if each.record)
    reviewed = dict.fromkeys(each.record.reviewed_by for each in there if each.record)
    named = [name for name in by if name]
    if named:
        yield Fact(said["translation.by"], (Words(said.several(named)),))
    yield Fact(said["translation.review"], _reviewed(said, list(reviewed)))
    counts = {state: sum(each.counts[state] for each in printed) for state in _STATES}
    yield Fact(
        said["translation.standing"],
        (Words(said.say("translation.counts", **{k: str(v) for k, v in counts.items()})),),
    )


_STATES = ("current", "behind", "missing")


def _reviewed(said: Messages, names: list[str | None]) -> Spans:
    if not names or None in names:
        return (Words(said["translation.unreviewed"]),)
    return (Code(said.several([name for name in names if name])),)
