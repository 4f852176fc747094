"""Criteria: one question about terms for each clause that binds a platform, made from the clause.

A criterion moves with its clause: whatever is changed in it, in its bounds or in whom it is for,
makes what was frozen in an evaluation stale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, cast

from govkit.assessment.thresholds import threshold_of
from govkit.corpus.books import items_of, slug_of_book
from govkit.corpus.documents import Document, NormativeText
from govkit.corpus.levels import level_ids, taken_in_book
from govkit.corpus.profile import Profile
from govkit.corpus.record_digests import record_digest
from govkit.corpus.text_digests import clause_digests
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.languages.evaluation_words import EvaluationWords, evaluation_words
from govkit.records.assessments import Criterion, DocumentSet, Evaluation, ScoreProfile
from govkit.records.kinds import TEXT_KINDS
from govkit.records.scalars import END_OF_TIME
from govkit.records.texts import Instrument
from govkit.records.wording import Wording

_NOT_ASKED = frozenset(Evaluation.model_fields) - {"criteria"}
BINDING = ("must", "must-not", "should", "should-not")
"""The forces that bind: what a clause declares or allows, nobody can keep or break."""


class CriteriaWanted(NamedTuple):
    """Of which texts criteria are made: a level of a book, single texts of it, or all of it."""

    book: str = "provisions"
    level: str = ""
    texts: tuple[str, ...] = ()


def criteria_of(
    corpus: Corpus, wanted: CriteriaWanted, profile: ScoreProfile
) -> tuple[Criterion, ...]:
    """Return the criteria in the order of the book. Raises `WrongUse` where nothing fits."""
    book = _book(corpus, wanted.book)
    words = evaluation_words(corpus.language)
    party = _bound_party(corpus)
    made = [
        each
        for text, option in _taken(corpus, book, wanted)
        for each in _of_text(text, option, party, words, profile)
    ]
    if not made:
        raise WrongUse("no clause of these texts binds a platform", "Name another level or text.")
    return tuple(made)


def criteria_digest(criteria: tuple[Criterion, ...]) -> str:
    """Return the digest of criteria: what a coder's answers are bound to."""
    asked = Evaluation.model_construct(book="", coders=(), begun=END_OF_TIME, criteria=criteria)
    return record_digest(asked, "govkit/criteria", _NOT_ASKED)


def set_digest(documents: DocumentSet) -> str:
    """Return the digest of a document set: of its canonical texts and what is missing from it."""
    return record_digest(documents, "govkit/document-set")


def stale_criteria(corpus: Corpus, evaluation: Evaluation, profile: ScoreProfile) -> dict[str, str]:
    """Return the criteria of an evaluation that are others now, each with what is other."""
    texts = tuple(dict.fromkeys(each.of.partition("(")[0] for each in evaluation.criteria))
    now: dict[str, Criterion] = {}
    words = evaluation_words(corpus.language)
    for id in texts:
        found = corpus.find(TEXT_KINDS, id)
        if found is not None and found.record is not None:
            made = _of_text(found, None, _bound_party(corpus), words, profile)
            now |= {each.of: each for each in made}
    return {
        each.of: why for each in evaluation.criteria if (why := _why_stale(each, now.get(each.of)))
    }


def applies(criterion: Criterion, documents: DocumentSet) -> bool:
    """Say whether a criterion is for the service of a set; a set that says nothing is for all."""
    axes = {axis: tuple(words) for axis, words in documents.platform.items()}
    return Profile(axes).covers(cast(Any, criterion))


def _why_stale(old: Criterion, new: Criterion | None) -> str:
    if new is None:
        return "the clause is withdrawn, or binds nobody any more"
    if new.digest != old.digest:
        return "the clause has other words"
    if new.thresholds != old.thresholds:
        return "the bounds of its number are others"
    return "" if new.applies_to == old.applies_to else "it is for other platforms"


def _book(corpus: Corpus, name: str) -> Document:
    books = {slug_of_book(each.id): each for each in corpus.of_kind("instrument")}
    found = books.get(name)
    if found is None or found.record is None:
        raise WrongUse(f"there is no book `{name}`", f"There are: {', '.join(sorted(books))}.")
    return found


def _taken(
    corpus: Corpus, book: Document, wanted: CriteriaWanted
) -> Iterator[tuple[Document, str | None]]:
    """Yield the texts that are asked about, with the option that a level takes of each."""
    instrument = cast(Instrument, book.record)
    ids: Collection[str] = list(items_of(instrument.parts))
    options: dict[str, str] = {}
    for each in wanted.texts:
        if each not in ids:
            raise WrongUse(f"{each} is no text of this book", "`govkit list` names them.")
    if wanted.level:
        levels = {level.id: level for level in instrument.levels}
        if wanted.level not in levels:
            known = ", ".join(level_ids(corpus)) or "none"
            raise WrongUse(f"there is no level `{wanted.level}`", f"There are: {known}.")
        level = taken_in_book(book, levels[wanted.level])
        options = dict(level.options)
        chosen = {*level.texts, *wanted.texts}
    else:
        chosen = set(wanted.texts) or set(ids)
    for id in ids:
        found = corpus.find(TEXT_KINDS, id) if id in chosen else None
        if found is not None and found.record is not None:
            yield found, options.get(id)


def _bound_party(corpus: Corpus) -> str:
    """Return the party that owes what terms say: the first one that the charter names."""
    parties = corpus.charter.parties if corpus.charter else ()
    return next(iter(parties), "platform")


def _of_text(
    document: Document,
    option: str | None,
    party: str,
    words: EvaluationWords,
    profile: ScoreProfile,
) -> Iterator[Criterion]:
    record: Any = document.record
    if getattr(record, "withdrawn", None):
        return
    digests = dict(clause_digests(document))
    in_option = {
        clause: each.id for each in getattr(record, "options", ()) for clause in each.clauses
    }
    for at, clause in enumerate(record.clauses):
        if clause.withdrawn is not None or clause.force not in BINDING:
            continue
        own = in_option.get(clause.id)
        if option and own and own != option:
            continue
        if clause.addressee and party not in clause.addressee:
            continue
        said = [each for each in document.said if each.keys[:2] == ("clauses", at)]
        yield Criterion(
            of=f"{document.id}({clause.id})",
            digest=digests[clause.id],
            question=_question(said, clause, record, words),
            force=clause.force,
            applies_to=clause.applies_to or getattr(record, "applies_to", None) or None,
            thresholds=tuple(_thresholds(said, record)),
            polarity_words=tuple(_hints(said, clause.force, words)),
            weight=profile.weights.get(clause.force, 0),
            guidance=_guidance(document.id, None if option else own, words),
        )


def _question(said: list[NormativeText], clause: Any, record: Any, words: EvaluationWords) -> str:
    lines = [words.question[clause.force]]
    parameters = getattr(record, "parameters", {})
    for each in said:
        shown = _shown(each.wording, parameters)
        field = each.keys[2]
        if field == "conditions":
            shown = words.only.format(words=shown.rstrip("."))
        elif field == "exceptions":
            shown = words.except_.format(words=shown.rstrip("."))
        lines.append(shown)
    return " ".join(lines)


def _shown(wording: Wording, parameters: Any) -> str:
    parts = []
    for block in wording.blocks:
        label = f"({block.label}) " if block.style not in ("p", "-") else ""
        parts.append(label + "".join(_run(run, parameters) for run in block.runs))
    return " ".join(parts)


def _run(run: Any, parameters: Any) -> str:
    if run.kind != "param":
        return str(run.words)
    parameter = parameters.get(run.target)
    return f"[{parameter.default}]" if parameter is not None else f"[{run.target}]"


def _thresholds(said: list[NormativeText], record: Any) -> Iterator[Any]:
    named = dict.fromkeys(run.target for each in said for run in each.wording.runs("param"))
    for name in named:
        parameter = getattr(record, "parameters", {}).get(name)
        found = threshold_of(name, parameter) if parameter is not None else None
        if found is not None:
            yield found


def _hints(said: list[NormativeText], force: str, words: EvaluationWords) -> Iterator[str]:
    terms = list(dict.fromkeys(run.words for each in said for run in each.wording.runs("term")))
    binding = "must-not" if force.endswith("not") else "must"
    seen: dict[str, None] = {}
    for hint in (*words.hints[binding], *words.hints["any"]):
        filled = [hint.format(term=term) for term in terms] if "{term}" in hint else [hint]
        seen.update(dict.fromkeys(filled))
    yield from seen


def _guidance(text: str, option: str | None, words: EvaluationWords) -> str | None:
    return words.option.format(option=option, text=text) if option else None
