"""The last pages of a book of a release: who agreed, what it was made from, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.whole import Corpus
from govkit.log.coordinators import genesis_of
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords
from govkit.release.release import Release
from govkit.rendering.document import (
    Code,
    Fact,
    Facts,
    Item,
    Items,
    Paragraph,
    Section,
    Span,
    Table,
    Words,
)
from govkit.rendering.holdings import name_of_book
from govkit.rendering.phrases import capital
from govkit.rendering.release import words
from govkit.rendering.release.edition import proof_of
from govkit.rendering.release.people import People, plain
from govkit.rendering.release.standing import decision_spans

Spans = tuple[Span, ...]


def colophon(release: Release, standings: AdoptionRecords) -> Iterator[Section]:
    """Yield the sections at the end of a book."""
    if standings.by_id:
        yield Section(
            "back", "who-agreed", "", words.CONSENT, (decisions_table(release.corpus, standings),)
        )
    facts = Facts(tuple(_made_of(release)))
    yield Section("back", "about-this-release", "", words.ABOUT, (facts,))
    yield how_to_check(release)


def how_to_check(release: Release) -> Section:
    """Return the last section of every page of a release."""
    facts = Facts(tuple(proof_of(release)))
    return Section("back", "how-to-check", "", words.HOW_TO_CHECK, (facts, _steps(release)))


def tag_of(release: Release) -> str:
    """Return the name of the tag, as provisions/v1.1.0."""
    instrument = release.manifest.instrument
    book = name_of_book(instrument) if instrument else "all"
    return f"{book}/v{release.manifest.version}"


def decisions_table(corpus: Corpus, standings: AdoptionRecords) -> Table:
    """Return a row for each text: what decided it, consents, dissent, groups not heard."""
    head = (words.TEXT, words.DECISION, words.CONSENTS, words.DISSENTING, words.NOT_HEARD)
    return Table(head, tuple(_row(corpus, each) for each in standings.by_id.values()))


def _row(corpus: Corpus, standing: AdoptionRecord) -> tuple[Spans, ...]:
    people = People(corpus, standing.resolved)
    decision = decision_spans(standing)
    first = decision[0]
    if isinstance(first, Words):
        decision = (Words(capital(first.text)), *decision[1:])
    groups = ", ".join(people.groups(standing.groups_not_heard))
    names = ", ".join(people.name(member) for member, _ in standing.dissents)
    return ((Code(standing.id),), decision, _said(consents(standing)), _said(names), _said(groups))


def consents(standing: AdoptionRecord) -> str:
    """Return how many consents were given, and how many the policy asks for."""
    decided = standing.decided
    if decided is None or decided.given.consents is None:
        return ""
    needed = decided.required.consents
    return f"{decided.given.consents} given" + (f", {needed} needed" if needed is not None else "")


def _said(text: str) -> Spans:
    return (Words(text),) if text else (Words("\u2013"),)


def _made_of(release: Release) -> Iterator[Fact]:
    manifest = release.manifest
    yield Fact(words.RECORDS, (Words(words.records(manifest.records)),))
    yield Fact(words.MERKLE, (Code(manifest.merkle_root),))
    yield Fact(words.TREE, (Code(manifest.tree),))
    genesis = genesis_of(release.corpus)
    if genesis is not None and genesis.replaces is not None:
        why = f"{plain(genesis.reason or '')} {words.BEFORE} "
        yield Fact(words.FOUNDED_AGAIN, (Words(why), Code(genesis.replaces)))
    if manifest.compared_with:
        yield Fact(words.COMPARED, (Words(words.version(manifest.compared_with)),))
    if manifest.coordinators:
        names = People(release.corpus).names(manifest.coordinators)
        yield Fact(words.COORDINATORS, (Words(", ".join(names)),))
        yield Fact(words.THRESHOLD, (Words(f"{manifest.threshold} of {len(names)}"),))
    if manifest.tools:
        tools = ", ".join(f"{name} {manifest.tools[name]}" for name in sorted(manifest.tools))
        yield Fact(words.TOOLS, (Words(tools),))


def _steps(release: Release) -> Items:
    threshold = release.manifest.threshold
    steps = words.check_steps(tag_of(release), threshold, release.is_forming)
    return Items(
        tuple(
            Item(f"{number}.", (Paragraph((Words(step),)),)) for number, step in enumerate(steps, 1)
        )
    )
