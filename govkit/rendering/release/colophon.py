"""The last pages of a book of a release: who agreed, what it was made from, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.log.coordinators import genesis_of
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords
from govkit.release.release import Release
from govkit.rendering.bars import bar_of, legend
from govkit.rendering.document import Document, Fact, Facts, Item, Items, Paragraph, Section, Table
from govkit.rendering.holdings import name_of_book
from govkit.rendering.phrases import capital
from govkit.rendering.release import words
from govkit.rendering.release.adoption_facts import decision_spans
from govkit.rendering.release.edition import proof_of
from govkit.rendering.release.people import People, plain
from govkit.rendering.spans import Code, Spans, Words


def colophon(release: Release, adoptions: AdoptionRecords) -> Iterator[Section]:
    """Yield the sections at the end of a book."""
    said = release.messages
    if adoptions.by_id:
        yield Section(
            "back",
            "who-agreed",
            "",
            said["release.consent"],
            tuple(decisions_table(release.corpus, adoptions)),
        )
    facts = Facts(tuple(_made_of(release)))
    yield Section("back", "about-this-release", "", said["release.about"], (facts,))
    yield how_to_check(release)


def how_to_check(release: Release) -> Section:
    """Return the last section of every page of a release."""
    facts = Facts(tuple(proof_of(release)))
    return Section(
        "back",
        "how-to-check",
        "",
        release.messages["release.how-to-check"],
        (facts, _steps(release)),
    )


def with_word_notice(document: Document, release: Release) -> Document:
    """Return a document with what is said on the last page of a Word file: that others prevail."""
    said, manifest = release.messages, release.manifest
    facts = Facts((Fact(said["release.merkle"], (Code(manifest.merkle_root),)),))
    notice = Paragraph((Words(said["release.word-notice"]),))
    *others, last = document.sections
    return replace(
        document, sections=(*others, replace(last, blocks=(*last.blocks, facts, notice)))
    )


def tag_of(release: Release) -> str:
    """Return the name of the tag, as provisions/v1.1.0."""
    instrument = release.manifest.instrument
    book = name_of_book(instrument) if instrument else "all"
    return f"{book}/v{release.manifest.version}"


def decisions_table(corpus: Corpus, adoptions: AdoptionRecords) -> Iterator[Table | Paragraph]:
    """Yield a row for each text: its decision, consents, dissent, silent groups; and a key."""
    said = corpus.messages
    head = (
        said["release.text"],
        said["release.decision"],
        said["consent.voices"],
        said["release.consents"],
        said["release.dissenting"],
        said["release.not-heard"],
    )
    yield Table(head, tuple(_row(corpus, each) for each in adoptions.by_id.values()))
    if any(each.sum is not None for each in adoptions.by_id.values()):
        yield legend(said)


def _row(corpus: Corpus, adoption: AdoptionRecord) -> tuple[Spans, ...]:
    people = People(corpus, adoption.resolved)
    decision = decision_spans(adoption, corpus.messages)
    first = decision[0]
    if isinstance(first, Words):
        decision = (Words(capital(first.text)), *decision[1:])
    groups = ", ".join(people.groups(adoption.groups_not_heard))
    names = ", ".join(people.name(member) for member, _ in adoption.dissents)
    return (
        (Code(adoption.id),),
        decision,
        _voices(people, adoption),
        _said(consents(adoption, corpus.messages)),
        _said(names),
        _said(groups),
    )


def _voices(people: People, adoption: AdoptionRecord) -> Spans:
    """Return one bar: where each group stands about the text."""
    stands = adoption.sum.stands if adoption.sum is not None else ()
    if not stands:
        return _said("")
    names = {each.group: people.group(each.group) for each in stands}
    return (bar_of(stands, people.messages, names),)


def consents(adoption: AdoptionRecord, said: Messages) -> str:
    """Return how many consents were given, and how many the policy asks for."""
    decided = adoption.decided
    if decided is None or decided.given.consents is None:
        return ""
    given, needed = decided.given.consents, decided.required.consents
    if needed is None:
        return said.say("release.given", given=given)
    return said.say("release.given-of", given=given, needed=needed)


def _said(text: str) -> Spans:
    return (Words(text),) if text else (Words("\u2013"),)


def _made_of(release: Release) -> Iterator[Fact]:
    said = release.messages
    manifest = release.manifest
    yield Fact(
        said["release.records"], (Words(said.counted("release.records-count", manifest.records)),)
    )
    yield Fact(said["release.merkle"], (Code(manifest.merkle_root),))
    yield Fact(said["release.tree"], (Code(manifest.tree),))
    genesis = genesis_of(release.corpus)
    if genesis is not None and genesis.replaces is not None:
        why = f"{plain(genesis.reason or '')} {said['release.before']} "
        yield Fact(said["release.founded-again"], (Words(why), Code(genesis.replaces)))
    if manifest.compared_with:
        yield Fact(said["release.compared"], (Words(words.version(said, manifest.compared_with)),))
    if manifest.coordinators:
        names = People(release.corpus).names(manifest.coordinators)
        yield Fact(said["release.coordinators"], (Words(", ".join(names)),))
        of = said.say("general.count-of", count=manifest.threshold, all=len(names))
        yield Fact(said["release.threshold"], (Words(of),))
    if manifest.tools:
        tools = ", ".join(f"{name} {manifest.tools[name]}" for name in sorted(manifest.tools))
        yield Fact(said["release.tools"], (Words(tools),))


def _steps(release: Release) -> Items:
    threshold = release.manifest.threshold
    steps = words.check_steps(release.messages, tag_of(release), threshold, release.is_forming)
    return Items(
        tuple(
            Item(f"{number}.", (Paragraph((Words(step),)),)) for number, step in enumerate(steps, 1)
        )
    )
