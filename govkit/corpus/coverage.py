"""What is covered and what is not: texts by principle, by law, by right and user, by issue.

Each table is derived from what the records say of each other: relations, grounds, the rights that a
text names, whom it applies to, and which texts an issue says answer it. Texts that were withdrawn
or superseded cover nothing. What nothing covers is a gap and stands below its table as advice: a
principle can be meant to stand alone, and only its editors know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple, cast

from govkit.corpus.books import units_of
from govkit.corpus.documents import Document
from govkit.corpus.issue_matrix import answers_to, holds, issue_matrix
from govkit.corpus.levels import level_ids, taken_level
from govkit.corpus.profile import Profile
from govkit.corpus.whole import Corpus
from govkit.records.enumerations import COVERAGE_TABLES
from govkit.records.registers import Issue, Source

_BOOKS = ("provision", "recommendation", "principle")
_CARRIES = ("grounded-in", "procedural-for", "monitored-by")
"""The relations by which one text carries another. `see-also` only points, and texts that
`conflicts-with` names stand against each other."""

Row = tuple[str, ...]


class CoverageTable(NamedTuple):
    """One table: `head` and each of `rows` have a cell for each column.

    A cell with several ids has them one behind the other, with a comma between. `gaps` are
    sentences, each about something that nothing covers.
    """

    head: Row
    rows: tuple[Row, ...]
    gaps: tuple[str, ...]


def coverage_of(corpus: Corpus, table: str) -> CoverageTable:
    """Return a table of coverage by its name, one of `COVERAGE_TABLES`."""
    return _TABLES[table](corpus.once(_Texts))


class _Texts:
    """The texts that hold, and the pairs of them that a relation joins."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.of_kind = {
            kind: sorted(filter(holds, corpus.of_kind(kind)), key=lambda each: each.id)
            for kind in _BOOKS
        }
        self.all = [each for kind in _BOOKS for each in self.of_kind[kind]]

    @cached_property
    def _joined(self) -> frozenset[tuple[str, str]]:
        pairs = set()
        for document in self.all:
            for relation in _record(document).relations:
                if relation.as_ in _CARRIES:
                    pairs |= {(document.id, relation.to), (relation.to, document.id)}
        return frozenset(pairs)

    def joined(self, id: str, kind: str) -> list[str]:
        """Return the ids of the texts of a kind that carry a text or are carried by it."""
        return [each.id for each in self.of_kind[kind] if (id, each.id) in self._joined]


def _record(document: Document) -> Any:
    return document.record


def _row(document: Document, *ids: list[str]) -> Row:
    return (document.id, document.title, *map(", ".join, ids))


# --- the tables -----------------------------------------------------------------------------------


def _principles(texts: _Texts) -> CoverageTable:
    rows, gaps = [], []
    for each in texts.of_kind["principle"]:
        provisions = texts.joined(each.id, "provision")
        rows.append(_row(each, provisions, texts.joined(each.id, "recommendation")))
        if not provisions:
            gaps.append(f"No provision is grounded in {each.id}.")
    gaps += [
        f"{each.id} is grounded in no principle."
        for kind in ("provision", "recommendation")
        for each in texts.of_kind[kind]
        if not texts.joined(each.id, "principle")
    ]
    head = ("PRINCIPLE", "TITLE", "PROVISIONS", "RECOMMENDATIONS")
    return CoverageTable(head, tuple(rows), tuple(gaps))


def _recommendations(texts: _Texts) -> CoverageTable:
    rows, gaps = [], []
    for each in texts.of_kind["recommendation"]:
        provisions = texts.joined(each.id, "provision")
        rows.append(_row(each, provisions))
        if not provisions:
            gaps.append(f"No provision is joined to {each.id}.")
    return CoverageTable(("RECOMMENDATION", "TITLE", "PROVISIONS"), tuple(rows), tuple(gaps))


def _law(texts: _Texts) -> CoverageTable:
    """Return the texts by the passage of a source on which they rest."""
    rows = [
        (_short(texts, ground.source), ground.locator, each.id, ground.relation)
        for each in texts.all
        for ground in _record(each).grounds
    ]
    rows.sort(key=lambda row: (row[0].casefold(), row[1], row[2]))
    named = {ground.source for each in texts.all for ground in _record(each).grounds}
    gaps = [
        f"No text rests on {_short(texts, source.id)}, which binds."
        for source in texts.corpus.of_kind("source")
        if source.id not in named and _binds(source)
    ]
    return CoverageTable(("SOURCE", "PASSAGE", "TEXT", "RELATION"), tuple(rows), tuple(gaps))


def _grounds(texts: _Texts) -> CoverageTable:
    """Return the passages on which each text rests."""
    rows, gaps = [], []
    for each in texts.all:
        grounds = _record(each).grounds
        rows += [
            (each.id, _short(texts, ground.source), ground.locator, ground.relation)
            for ground in grounds
        ]
        if not grounds:
            gaps.append(f"{each.id} names no source.")
    return CoverageTable(("TEXT", "SOURCE", "PASSAGE", "RELATION"), tuple(rows), tuple(gaps))


def _short(texts: _Texts, source: str) -> str:
    document = texts.corpus.find(("source",), source)
    return source if document is None else cast(Source, document.record).short


def _binds(source: Document) -> bool:
    return source.record is not None and cast(Source, source.record).kind == "binding"


def _rights(texts: _Texts) -> CoverageTable:
    """Return how many provisions each right has, by user and platform.

    The rows are the words of the first axis of the charter, the columns those of the second, since
    what is asked is who is protected, and against which platform.
    """
    charter = texts.corpus.charter
    if charter is None:
        return CoverageTable(("RIGHT",), (), ())
    (first, who), (second, which) = (*charter.axes.items(), ("", ()), ("", ()))[:2]
    rows, gaps = [], []
    for right in charter.rights:
        touching = [each for each in texts.of_kind["provision"] if right in _record(each).rights]
        for user in who or ("all",):
            counts = [
                sum(_covers(each, {first: (user,), second: (size,)}) for each in touching)
                for size in which or ("all",)
            ]
            rows.append((right, user, *map(str, counts)))
            if not any(counts):
                gaps.append(f"No provision on {right} covers {user}.")
    head = ("RIGHT", first.upper() or "USERS", *(which or ("all",)))
    return CoverageTable(head, tuple(rows), tuple(gaps))


def _covers(document: Document, axes: dict[str, tuple[str, ...]]) -> bool:
    named = {axis: words for axis, words in axes.items() if axis}
    return Profile(named).covers(_record(document))


def _issues(texts: _Texts) -> CoverageTable:
    rows, gaps = [], []
    for row in issue_matrix(texts.corpus).rows:
        each = row.issue
        answers = [[text.id for text in row.answers if text.kind == kind] for kind in _BOOKS]
        responses = row.count("existing") + row.count("prospective")
        rows.append((*_row(each, *answers), str(responses)))
        if not any(answers):
            gaps.append(f"No text answers {each.id}.")
        elif not answers[0]:
            gaps.append(f"No provision answers {each.id}.")
    head = ("ISSUE", "TITLE", "PROVISIONS", "RECOMMENDATIONS", "PRINCIPLES", "RESPONSES")
    return CoverageTable(head, tuple(rows), tuple(gaps))


def _promises(texts: _Texts) -> CoverageTable:
    """Return what the documents that raised issues ask for, and the texts that give it.

    A document asks where an issue was `raised_in` it, and where a text names a passage of it.
    """
    found = list(_asked(texts))
    sources = [source for source, *_ in found]
    rows = [
        (_short(texts, source), what, ", ".join(ids))
        for source, what, ids in sorted(found, key=lambda row: (sources.index(row[0]), row[1]))
    ]
    gaps = [f"No text gives what {source} asks: {what}." for source, what, ids in rows if not ids]
    return CoverageTable(("DOCUMENT", "WHAT IT ASKS", "TEXTS"), tuple(rows), tuple(gaps))


def _asked(texts: _Texts) -> Iterator[tuple[str, str, list[str]]]:
    raised = set()
    for each in texts.corpus.of_kind("issue"):
        if each.record is not None:
            issue = cast(Issue, each.record)
            raised |= set(issue.raised_in)
            answers = [text.id for text in answers_to(texts.corpus, each)]
            for source in issue.raised_in:
                yield source, each.title, answers
    passages: dict[tuple[str, str], list[str]] = {}
    for each in texts.all:
        for ground in _record(each).grounds:
            if ground.source in raised:
                passages.setdefault((ground.source, ground.locator), []).append(each.id)
    for (source, locator), ids in passages.items():
        yield source, locator, ids


def _levels(texts: _Texts) -> CoverageTable:
    """Return which level has which text, with the option that it takes of it."""
    corpus = texts.corpus
    ids = level_ids(corpus)
    levels = [level for id in ids if (level := taken_level(corpus, id)) is not None]
    books = {book for level in levels for book in level.titles}
    held = {text.id for book in books for text in units_of(corpus, book)}
    rows, gaps = [], []
    for each in texts.all:
        if each.id in held:
            taken = [
                level.options.get(each.id, "yes") if each.id in level.texts else ""
                for level in levels
            ]
            rows.append((each.id, each.title, *taken))
            if not any(taken):
                gaps.append(f"No level has {each.id}.")
    return CoverageTable(("TEXT", "TITLE", *ids), tuple(rows), tuple(gaps))


_TABLES: dict[str, Callable[[_Texts], CoverageTable]] = dict(
    zip(
        COVERAGE_TABLES,
        (_principles, _recommendations, _law, _grounds, _rights, _issues, _promises, _levels),
        strict=True,
    )
)
