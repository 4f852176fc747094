"""What stands with a text of a release: the decision, dissent with its reason, silent groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.release.adoption_record import AdoptionRecord
from govkit.rendering.document import Aside, Fact, Paragraph, Prose
from govkit.rendering.phrases import capital
from govkit.rendering.release import words
from govkit.rendering.release.people import People, plain
from govkit.rendering.spans import Break, Code, Span, Spans, Strong, Words


def decision_spans(standing: AdoptionRecord, said: Messages) -> Spans:
    """Return what decided a text: the outcome, the day, the proposal."""
    if standing.taken_over is not None:
        past = standing.taken_over
        return (Words(plain(words.taken_over(said, past.adopted_at, str(past.adopted_on)))),)
    if standing.resolved is None or standing.decided is None:
        return (
            Words(said["release.misnamed"] if standing.misnamed else said["release.not-adopted"]),
        )
    record = standing.resolved.record
    day = record.now.date().isoformat()
    return (Words(words.adopted(said, standing.decided, day)), Code(standing.resolved.id))


def facts_of(standing: AdoptionRecord, corpus: Corpus, *, draft: bool = False) -> Iterator[Fact]:
    """Yield the lines about a text that a release has and a working copy has not.

    What a draft says about its days is a plan.
    """
    said = corpus.messages
    people = People(corpus, standing.resolved)
    yield Fact(said["release.decision"], decision_spans(standing, said))
    if standing.unit.effective is not None:
        day = said.date(str(standing.unit.effective))
        yield Fact(said["release.planned"] if draft else said["release.in-force"], (Words(day),))
    reserved = reservations(standing, people)
    if reserved:
        yield Fact(
            said["release.reservations"], (Words(said.several([name for name, _ in reserved])),)
        )
    if standing.groups_not_heard:
        groups = people.groups(standing.groups_not_heard)
        yield Fact(said["release.not-heard"], (Words(words.not_heard(said, groups)),))


def reservations(standing: AdoptionRecord, people: People) -> list[tuple[str, str | None]]:
    """Return who consents with a reservation, and why as far as that is published."""
    if standing.sum is None:
        return []
    said = [each for each in standing.sum.voices if each.said == "consent-with-reservation"]
    return [(people.name(each.member), each.reason) for each in said]


def asides_of(standing: AdoptionRecord, corpus: Corpus) -> Iterator[Aside]:
    """Yield dissent and minority statements. They are printed wherever the text is."""
    said = corpus.messages
    people = People(corpus, standing.resolved)
    dissents = standing.dissents
    if dissents:
        blocks = [block for each in dissents for block in dissent(people, *each)]
        yield Aside(said["release.dissent"], tuple(blocks))
    for statement in standing.statements:
        names = said.several(people.names(statement.by))
        yield Aside(said["release.statement"], tuple(said_by(names, statement.words)))


def dissent(people: People, member: str, reason: str | None) -> Iterator[Prose]:
    """Yield one dissent: who, from which group, and why."""
    named = people.with_group(member)
    if reason is None:
        yield Paragraph(
            (Strong((Words(capital(named)),)), Words(f" {people.messages['release.no-reason']}."))
        )
    else:
        yield from said_by(named, reason)


def said_by(name: str, text: str) -> Iterator[Prose]:
    """Yield somebody's words below their name, as they were written."""
    first, *rest = [part for part in plain(text).split("\n\n") if part.strip()] or [""]
    head: Spans = (Strong((Words(f"{capital(name)}:"),)), Words(" "))
    yield Paragraph((*head, *_lines(first)))
    yield from (Paragraph(_lines(part)) for part in rest)


def _lines(text: str) -> Spans:
    return tuple(_broken(text.strip().split("\n")))


def _broken(lines: Iterable[str]) -> Iterator[Span]:
    for at, line in enumerate(lines):
        if at:
            yield Break()
        if line:
            yield Words(line)
