"""Who agreed to which words: for each text the sum by group, dissent, and everybody not heard.

Minority statements and silence have their own heads. Silence is never shown as consent.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkit.consent.decision import UnitDecision
from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.records.decisions import DecidedUnit
from govkit.records.enumerations import ActKind
from govkit.records.kinds import NORMATIVE_KINDS, path_in_proposal
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords, DecidedProposal
from govkit.release.release import Release
from govkit.rendering.bars import groups_of, needed_table, stands_table
from govkit.rendering.document import (
    Aside,
    Block,
    Document,
    Fact,
    Facts,
    Listing,
    Paragraph,
    Section,
    Table,
)
from govkit.rendering.phrases import capital
from govkit.rendering.places import anchor_of
from govkit.rendering.release import words
from govkit.rendering.release.adoption_facts import said_by
from govkit.rendering.release.colophon import decisions_table
from govkit.rendering.release.edition import front_of_page
from govkit.rendering.release.people import People, plain
from govkit.rendering.spans import Code, Spans, Words
from govkit.rendering.typography import curled

_ACTS: tuple[ActKind, ...] = ("override", "waiver", "answer", "escalation", "ruling", "reopen")
"""The acts about a text that are printed, in this order."""


def consent_document(release: Release) -> Document:
    """Return the consent table, the minority statements and the list of those not heard."""
    adoptions = release.adoptions
    title = f"{release.messages['consent.title']}: {curled(release.manifest.title)}"
    front = front_of_page(release, f"consent-{release.manifest.version}", title)
    return Document(front, tuple(_sections(release, adoptions)))


def _sections(release: Release, adoptions: AdoptionRecords) -> Iterator[Section]:
    said = release.messages
    explained = Paragraph((Words(said["consent.explained"]),))
    blocks: tuple[Block, ...] = (explained, *decisions_table(release.corpus, adoptions))
    yield Section("back", "all-texts", "", said["consent.all-texts"], blocks)
    for resolved in adoptions.resolved:
        yield proposal_section(release.corpus, adoptions, resolved)
    yield from _taken_over(adoptions, said)
    yield statements_section(release.corpus, adoptions)
    yield _not_heard(release, adoptions)


# --- one proposal ---------------------------------------------------------------------------------


def proposal_section(
    corpus: Corpus, adoptions: AdoptionRecords, resolved: DecidedProposal
) -> Section:
    """Return what was decided about a proposal: text by text, with the sum and every reason."""
    said = corpus.messages
    people = People(corpus, resolved)
    record = resolved.record
    facts = Facts(
        (
            Fact(said["consent.proposed-by"], (Words(people.name(resolved.proposal.proposer)),)),
            Fact(said["consent.decided"], (Words(said.date(record.now.date().isoformat())),)),
            Fact(said["consent.revision"], (Words(str(record.revision)),)),
            Fact(said["consent.record"], (Code(path_in_proposal(resolved.id, "decision")),)),
        )
    )
    texts = [each for each in adoptions.by_id.values() if each.resolved is resolved]
    inner = tuple(_text(corpus, people, each) for each in texts)
    title = f"{said['consent.proposal']} {resolved.id}: {curled(resolved.proposal.title)}"
    blocks: list[Block] = [facts, *_aside_records(people, resolved), *_left(people, resolved)]
    return Section("part", f"proposal-{resolved.id}", "", title, tuple(blocks), inner)


def _aside_records(people: People, resolved: DecidedProposal) -> Iterator[Listing]:
    """Yield what came and does not count, with the cause."""
    said = people.messages
    record = resolved.record
    for title, refused in (
        (said["consent.late"], record.late),
        (said["consent.reported"], record.reported),
        (said["consent.rejected"], record.rejected),
    ):
        if refused:
            yield Listing(
                title,
                tuple(
                    (Words(f"{people.record(each.record)}: {people.said(each.cause)}"),)
                    for each in refused
                ),
            )


def _left(people: People, resolved: DecidedProposal) -> Iterator[Listing]:
    """Yield objections to texts that left the proposal: they are in nobody's way, and not lost."""
    lines = []
    for each in resolved.reckoned.left:
        reason = f": {plain(each.reason)}" if each.reason else ""
        lines.append((Code(each.unit), Words(f" {people.with_group(each.member)}{reason}")))
    if lines:
        yield Listing(people.messages["consent.left"], tuple(lines))


# --- one text -------------------------------------------------------------------------------------


def _text(corpus: Corpus, people: People, adoption: AdoptionRecord) -> Section:
    decided, sum = adoption.decided, adoption.sum
    assert decided is not None
    blocks: list[Block] = [Facts(tuple(_facts(people, decided)))]
    if sum is None:
        blocks.append(Paragraph((Words(people.messages["consent.not-reckoned"]),)))
    else:
        blocks += _by_group(people, sum)
    blocks += _reasons(people, adoption, decided)
    blocks += _lists(people, decided, sum)
    blocks += _acts(people, adoption)
    found = corpus.find(NORMATIVE_KINDS, adoption.id)
    title = curled(found.title) if found else ""
    return Section("text", f"consent-{anchor_of(adoption.id)}", adoption.id, title, tuple(blocks))


def _facts(people: People, decided: DecidedUnit) -> Iterator[Fact]:
    said = people.messages
    yield Fact(said["release.outcome"], (Words(capital(words.outcome_of(said, decided))),))
    if decided.why:
        yield Fact(said["consent.why"], (Words("; ".join(map(people.said, decided.why))),))
    yield Fact(said["consent.policy"], (Code(decided.policy),))
    for name, digest in (
        (said["consent.before"], decided.before),
        (said["consent.after"], decided.after),
    ):
        yield Fact(name, (Code(digest),) if digest else (Words(said["consent.no-words"]),))


def _by_group(people: People, sum: UnitDecision) -> Iterator[Table]:
    """Yield where the voices of each group stand, and what the policy asks for."""
    names = {each: people.group(each) for each in groups_of(sum)}
    yield stands_table(sum.stands, people.messages, names)
    yield needed_table(sum, people.messages, names)


def _reasons(people: People, adoption: AdoptionRecord, decided: DecidedUnit) -> Iterator[Aside]:
    """Yield objections with what became of them, and reservations, each with its reason."""
    said = people.messages
    for each in decided.objections:
        title = f"{said['consent.objection']}: {said[f'release.objections.{each.state}']}"
        yield Aside(title, tuple(_reason(people, each.member, each.reason)))
    if adoption.sum is not None:
        for voice in adoption.sum.voices:
            if voice.said == "consent-with-reservation":
                yield Aside(
                    said["consent.reservation"], tuple(_reason(people, voice.member, voice.reason))
                )


def _reason(people: People, member: str, reason: str | None) -> Iterator[Paragraph]:
    name = people.with_group(member)
    if reason:
        yield from (each for each in said_by(name, reason) if isinstance(each, Paragraph))
    else:
        yield Paragraph((Words(f"{capital(name)} {people.messages['release.no-reason']}."),))


def _lists(people: People, decided: DecidedUnit, sum: UnitDecision | None) -> Iterator[Listing]:
    said = people.messages
    if sum is not None:
        lines = tuple(_voices(people, sum))
        if lines:
            yield Listing(said["consent.positions"], lines)
        bodies = tuple(_bodies(people, sum))
        if bodies:
            yield Listing(said["consent.bodies"], bodies)
    for title, members in (
        (said["consent.stale"], decided.stale),
        (said["consent.silent"], decided.not_heard),
    ):
        if members:
            yield Listing(title, ((Words(said.several(people.names(members))),),))
    if decided.groups_not_heard:
        groups = people.groups(decided.groups_not_heard)
        yield Listing(said["consent.silent-groups"], ((Words(words.not_heard(said, groups)),),))


def _acts(people: People, adoption: AdoptionRecord) -> Iterator[Listing]:
    """Yield how well positions are evidenced, and what coordinators did about the text, and why."""
    said = people.messages
    resolved = adoption.resolved
    assert resolved is not None
    levels, alone = resolved.evidence(adoption.id), resolved.alone(adoption.id)
    if levels:
        shown = [
            f"{said[f'consent.levels.{level}']} ({level}): {levels[level]}" for level in levels
        ]
        if alone:
            shown.append(f"{said['consent.alone']}: {alone}")
        yield Listing(said["consent.evidence"], tuple((Words(each),) for each in shown))
    lines = [
        (Words(_act(said, kind, people.names(act.by), plain(act.reason))),)
        for kind in _ACTS
        for act in resolved.acts(kind, adoption.id)
    ]
    if lines:
        yield Listing(said["consent.acts-title"], tuple(lines))


def _act(said: Messages, kind: ActKind, names: list[str], reason: str) -> str:
    name = said[f"consent.acts.{kind}"]
    return said.say("consent.act-by", act=name, names=said.several(names), reason=reason)


def _voices(people: People, sum: UnitDecision) -> Iterator[Spans]:
    said = people.messages
    for stance, name in said.group("release.stances").items():
        members = [voice.member for voice in sum.voices if voice.said == stance]
        if members and stance != "stale":
            yield (Words(f"{capital(name)}: {said.several(people.names(members))}"),)
    carried = [voice.member for voice in sum.voices if voice.carried]
    if carried:
        yield (Words(f"{said['consent.carried']}: {said.several(people.names(carried))}"),)


def _bodies(people: People, sum: UnitDecision) -> Iterator[Spans]:
    """Yield everybody who spoke for an organisation that has one voice, and what counts of it."""
    said = people.messages
    for voice in sum.bodies:
        spoke = [
            f"{people.name(member)} ({said[f'release.stances.{stance}']})"
            for member, stance in voice.spoke
        ]
        counts = said[f"release.stances.{voice.said}"]
        name = people.name(voice.name)
        line = said.say("consent.body", name=name, spoke=", ".join(spoke), counts=counts)
        yield (Words(capital(line)),)


# --- the rest -------------------------------------------------------------------------------------


def _taken_over(adoptions: AdoptionRecords, said: Messages) -> Iterator[Section]:
    lines = []
    for adoption in adoptions.by_id.values():
        past = adoption.taken_over
        if past is not None:
            where = f" {plain(past.adopted_at)}, {said.date(str(past.adopted_on))}. "
            lines.append((Code(adoption.id), Words(where + plain(past.evidence))))
    if lines:
        title = capital(said["release.taken-over"])
        yield Section("back", "taken-over", "", title, (Listing("", tuple(lines)),))


def statements_section(corpus: Corpus, adoptions: AdoptionRecords) -> Section:
    """Return the minority statements, in the words of those who made them."""
    said = corpus.messages
    blocks: list[Block] = []
    for resolved in adoptions.resolved:
        people = People(corpus, resolved)
        for each in resolved.statements:
            about = (
                said.several(each.units)
                if each.units
                else said.say("consent.all-of-it", id=resolved.id)
            )
            names = said.several(people.names(each.by))
            blocks.append(
                Aside(f"{said['consent.about']} {about}", tuple(said_by(names, each.words)))
            )
    empty = Paragraph((Words(said["consent.no-statements"]),))
    return Section(
        "back", "minority-statements", "", said["consent.statements"], tuple(blocks or [empty])
    )


def _not_heard(release: Release, adoptions: AdoptionRecords) -> Section:
    """Return who said nothing about which texts."""
    said = release.messages
    found: dict[str, list[str]] = {}
    for adoption in adoptions.by_id.values():
        people = People(release.corpus, adoption.resolved)
        for name in _silent(people, adoption):
            found.setdefault(name, []).append(adoption.id)
    if not found:
        text = said["consent.nobody-silent"] if adoptions.resolved else said["consent.nobody-asked"]
        return Section(
            "back", "not-heard", "", said["release.not-heard"], (Paragraph((Words(text),)),)
        )
    head = (said["consent.who"], said["consent.about-which"])
    rows = tuple(((Words(name),), (Words(", ".join(ids)),)) for name, ids in sorted(found.items()))
    blocks = (Paragraph((Words(said["consent.silence"]),)), Table(head, rows))
    return Section("back", "not-heard", "", said["release.not-heard"], blocks)


def _silent(people: People, adoption: AdoptionRecord) -> Iterator[str]:
    decided = adoption.decided
    if decided is not None:
        yield from (
            f"{people.messages['consent.group-of']} {name}"
            for name in people.groups(decided.groups_not_heard)
        )
        yield from people.names(decided.not_heard)
