"""The report on evaluations of real terms: one service in full, or several side by side.

It begins with what a reader has to know before any figure: who coded, when, against which words,
how far they agree, how much was answered, and what is stale. A grade stands there only where the
score gives one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from govkit.assessment.agreement import FEWEST, Agreement
from govkit.assessment.day_found import (
    ClauseFound,
    DayFound,
    all_asked,
    asked_differently,
    changes_between,
)
from govkit.assessment.remedies import Remedy
from govkit.corpus.whole import Corpus
from govkit.records.assessments import Quote as Quotation
from govkit.records.kinds import TEXT_KINDS
from govkit.rendering.assessment_map import map_svg
from govkit.rendering.document import (
    Block,
    Document,
    Fact,
    Facts,
    Front,
    Listing,
    Paragraph,
    Quote,
    Section,
    Subhead,
    Table,
    Written,
)
from govkit.rendering.spans import Code, Span, Spans, Strong, Words
from govkit.rendering.typography import curled
from govkit.source.reading import without_addresses

NOTICE = (
    "This compares promises in published terms with clauses. It says nothing of what the service "
    "does, and is no legal advice."
)
_BESIDE = 4
"""Evaluations that stand beside each other in one table; further ones have a table of their own."""


def assessment_report(
    corpus: Corpus, shown: Sequence[DayFound], days: Sequence[Sequence[DayFound]]
) -> Document:
    """Return the report: `shown` are the evaluations to show, `days` all those of each service."""
    one = len(shown) == 1
    sections = [_section("evaluations", "What was done", [*_about(shown)])]
    if not one:
        sections.append(_section("compared", "Side by side", [*_compared(shown)]))
    sections += _over_time(days)
    sections += (each for day in shown if day.is_shown for each in _in_full(corpus, day, one))
    names = [each.papers.documents.service for each in shown]
    title = f"Terms of {shown[0].name}" if one else f"Terms of {', '.join(names)}"
    charter = corpus.charter
    front = Front(
        id="assessment-report",
        anchor="head",
        issuer=curled(charter.name) if charter else "",
        title=_own(title),
        notice=NOTICE,
        facts=Facts(()),
        language="en",
        contents="Contents",
        of="of",
        skip="Skip the contents",
    )
    return Document(front, tuple(sections))


def _section(anchor: str, title: str, blocks: Iterable[Block]) -> Section:
    return Section("back", anchor, "", title, tuple(blocks))


# --- what was done, and how firm it is -----------------------------------------------------------


def _about(shown: Sequence[DayFound]) -> Iterator[Block]:
    for day in shown:
        if len(shown) > 1:
            yield Subhead((Words(_own(day.name)),))
        yield Facts(tuple(Fact(n, (Words(_own(w)),)) for n, w in facts_of(day)))


def facts_of(day: DayFound) -> Iterator[tuple[str, str]]:
    """Yield what a reader has to know of an evaluation: a name and words for each fact."""
    papers, score = day.papers, day.score
    if papers.documents.invented:
        yield "Invented", "an example: no such service exists"
    yield "State", _state(day)
    if day.superseded_by:
        yield "Superseded", f"newer terms are in {day.superseded_by}"
    if day.is_shown:
        yield "Agreement", agreement_words(day.agreement)
    yield "Coverage", f"{score.coverage:g} of 100; a grade asks for {score.floor}"
    yield "Score", score_words(day)
    first, last = day.coded()
    when = f", from {first} to {last}" if first else ""
    yield "Coded by", f"{', '.join(papers.evaluation.coders)}{when}"
    yield "Held against", _against(day)
    yield "Terms", "; ".join(_documents(day)) or "no document"
    if papers.documents.links_not_in_set:
        links = ", ".join(each.text for each in papers.documents.links_not_in_set)
        yield "Not read", f"linked pages that are not in the set: {links}"
    if day.stale:
        yield "Stale", f"the clause is another since, so the answer does not count: {_row(day)}"


def _row(day: DayFound) -> str:
    return ", ".join(day.stale)


def _state(day: DayFound) -> str:
    if day.state == "final":
        return "final"
    why = {
        "draft": "not coded yet, so there is no answer to show",
        "sealed": "coded and sealed; the answers are not shown yet",
        "revealed": "not final: the coders have not settled what they differ in",
        "reconciled": "not final: the company has not been asked yet",
        "feedback": "not final: the company still has time to answer",
    }
    return why[day.state]


def score_words(day: DayFound) -> str:
    """Return the score in words; a grade only where there is one."""
    score = day.score
    if score.points is None:
        return f"none: {score.why_no_grade}"
    grade = f"grade {score.grade}" if score.grade else f"no grade: {score.why_no_grade}"
    soft = "" if day.state == "final" else ", not final"
    return f"{score.points:g} of 100, {grade}{soft} (profile {score.profile})"


def agreement_words(found: Agreement | None) -> str:
    """Return how far the coders agree, in one line."""
    if found is None:
        return "not measured: there was one coder"
    measures = [
        f"{'of all answers' if m.name == 'per cent' else m.name} {m.value:.2f}"
        for m in found.measures
        if m.value is not None
    ]
    few = f"; under {FEWEST} answers this says little" if found.compared < FEWEST else ""
    differ = f"they differed in {len(found.differing)} of {found.compared}"
    return f"{', '.join(measures) or 'not measured'}; {differ}{few}"


def _against(day: DayFound) -> str:
    evaluation = day.papers.evaluation
    asked = f"{len(evaluation.criteria)} clauses of {evaluation.book}"
    if evaluation.release:
        return f"{asked}, release {evaluation.release}"
    if evaluation.commit:
        return f"{asked}, commit {evaluation.commit}"
    begun = str(evaluation.begun)[:10]
    return f"{asked} as of {begun}; no release is named, the digest of each clause is kept"


def _documents(day: DayFound) -> Iterator[str]:
    for each in day.papers.documents.documents:
        state = "" if each.state == "present" else f" ({each.state})"
        source = f", {without_scheme(each.source)}" if each.source else ""
        fetched = f", fetched {str(each.fetched_at)[:10]}" if each.fetched_at else ""
        commit = f", commit {each.upstream_commit[:10]}" if each.upstream_commit else ""
        yield f"{each.type}{state}{source}{fetched}{commit}"


def without_scheme(address: str) -> str:
    """Return an address as people write it, without what stands before the host."""
    return address.partition("://")[2] or address


# --- side by side --------------------------------------------------------------------------------


def _compared(shown: Sequence[DayFound]) -> Iterator[Block]:
    head = ("", *(_own(each.name) for each in shown))
    figures = (
        ("Score", *(score_words(each) for each in shown)),
        ("Coverage", *(f"{each.score.coverage:g} of 100" for each in shown)),
        ("State", *(_state(each) for each in shown)),
    )
    if len(shown) <= _BESIDE:
        yield Table(head, tuple(_cells(row) for row in figures))
    yield from _answers(shown)
    other = asked_differently(shown)
    if other:
        words = f"Asked in other words, so not to be compared: {', '.join(other)}."
        yield Paragraph((Words(words),))


def _answers(days: Sequence[DayFound]) -> Iterator[Block]:
    yield Written(map_svg(days), ())
    for first in range(0, len(days), _BESIDE):
        several = days[first : first + _BESIDE]
        rows = tuple(
            _cells((of, *((c.word if (c := day.clause(of)) else "not asked") for day in several)))
            for of in all_asked(several)
        )
        yield Table(("Clause", *(_own(day.name) for day in several)), rows)


def _cells(row: Sequence[str]) -> tuple[Spans, ...]:
    return tuple((Words(_own(each)),) for each in row)


# --- over time -----------------------------------------------------------------------------------


def _over_time(days: Sequence[Sequence[DayFound]]) -> Iterator[Section]:
    for several in days:
        answered = [each for each in several if each.is_shown]
        if len(several) < 2:
            continue
        service = several[0].papers.documents.service
        blocks: list[Block] = [*_days(several)]
        if len(answered) > 1:
            blocks += _answers(answered)
        for old, new in pairwise(answered):
            blocks.append(_changed(old, new))
        anchor = f"time-{several[0].papers.folder.split('/')[-2]}"
        yield _section(anchor, _own(f"{service} over time"), blocks)


def _days(several: Sequence[DayFound]) -> Iterator[Block]:
    rows = tuple(
        _cells((each.day, _state(each), score_words(each), f"{each.score.coverage:g}"))
        for each in several
    )
    yield Table(("Day", "State", "Score", "Coverage"), rows)


def _changed(old: DayFound, new: DayFound) -> Block:
    lines = []
    for each in changes_between(old, new):
        other = "; the clause has other words since, so the two do not compare"
        words = f": {each.before} became {each.after}{other if each.other_words else ''}"
        lines.append((Code(each.of), Words(words)))
    title = f"From {old.day} to {new.day}"
    return Listing(title, tuple(lines) or ((Words("No answer changed."),),))


# --- one service in full -------------------------------------------------------------------------


def _in_full(corpus: Corpus, day: DayFound, is_alone: bool) -> Iterator[Section]:
    folder = day.papers.folder.split("/")
    for text, clauses in groupby(day.clauses, lambda each: each.criterion.of.partition("(")[0]):
        found = corpus.find(TEXT_KINDS, text)
        title = f"{text} {found.title}" if found else text
        heading = title if is_alone else f"{day.name}: {title}"
        anchor = f"{folder[-2]}-{day.day}-{text.lower()}"
        yield _section(anchor, _own(heading), [b for each in clauses for b in _clause(each)])


def _clause(found: ClauseFound) -> Iterator[Block]:
    counted = f"; it does not count: {found.why_not_counted}" if found.why_not_counted else ""
    yield Subhead((Words(f"{found.criterion.of}: {found.value or 'open'}"),))
    yield Paragraph((Words(_own(f"{found.criterion.question}")),))
    if counted:
        yield _line("Answer", f"{found.value or 'open'}{counted}.")
    for which, title in (("for", "Terms that speak for it"), ("against", "Terms against it")):
        for each in found.said(which):
            yield _line(title, f"in {each.document}:")
            verbatim = without_addresses(quoted_words(each))[0]
            yield Quote((Paragraph((Words(verbatim),)),))
    if found.searched:
        yield _line("Looked for", ", ".join(found.searched))
    for who, words in found.reasons:
        yield _line(who, words)
    if found.remedy:
        yield _line("Remedy", remedy_words(found.remedy))


def _line(name: str, words: str) -> Block:
    spans: tuple[Span, ...] = (Strong((Words(f"{_own(name)}:"),)), Words(f" {_own(words)}"))
    return Paragraph(spans)


def quoted_words(quote: Quotation) -> str:
    """Return the words of a quotation in quotation marks."""
    return f"“{quote.exact}”"


def remedy_words(remedy: Remedy) -> str:
    """Return the clause to take in, and what it would replace, as one or two sentences."""
    start = f"take in {remedy.adopt}"
    if remedy.value == "not-found-here":
        return f"read what is missing first; if nothing there says it, {start}."
    if not remedy.replaces:
        return f"{start}; it would replace nothing."
    gone = "; ".join(dict.fromkeys(quoted_words(each) for each in remedy.replaces))
    return f"{start} in place of {gone}"


def _own(words: str) -> str:
    return curled(without_addresses(" ".join(words.split()))[0])
