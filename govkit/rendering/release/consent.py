"""Who agreed to which words: for each text the sum by group, dissent, and everybody not heard.

Minority statements and silence have their own heads. Silence is never shown as consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkit.consent.decision import UnitDecision, given, missing, required
from govkit.records.decisions import DecidedUnit, Refused
from govkit.records.enumerations import STANCES
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords, DecidedProposal
from govkit.release.release import Release
from govkit.rendering.document import (
    Aside,
    Block,
    Code,
    Document,
    Fact,
    Facts,
    Listing,
    Paragraph,
    Section,
    Span,
    Table,
    Words,
)
from govkit.rendering.phrases import capital, in_words, several
from govkit.rendering.places import anchor_of
from govkit.rendering.release import consent_words as said
from govkit.rendering.release import words
from govkit.rendering.release.colophon import decisions_table
from govkit.rendering.release.edition import front_of_page
from govkit.rendering.release.people import People, plain
from govkit.rendering.release.standing import said_by
from govkit.rendering.typography import curled

Spans = tuple[Span, ...]


def consent_document(release: Release) -> Document:
    """Return the consent table, the minority statements and the list of those not heard."""
    standings = release.standings
    title = f"{said.TITLE}: {curled(release.manifest.title)}"
    front = front_of_page(release, f"consent-{release.manifest.version}", title)
    return Document(front, tuple(_sections(release, standings)))


def _sections(release: Release, standings: AdoptionRecords) -> Iterator[Section]:
    table = decisions_table(release.corpus, standings)
    blocks: tuple[Block, ...] = (Paragraph((Words(said.EXPLAINED),)), table)
    yield Section("back", "all-texts", "", said.ALL_TEXTS, blocks)
    for resolved in standings.resolved:
        yield _proposal(release, standings, resolved)
    yield from _taken_over(standings)
    yield _statements(release, standings)
    yield _not_heard(release, standings)


# --- one proposal ---------------------------------------------------------------------------------


def _proposal(release: Release, standings: AdoptionRecords, resolved: DecidedProposal) -> Section:
    people = People(release.corpus, resolved)
    record = resolved.record
    facts = Facts(
        (
            Fact(said.PROPOSED_BY, (Words(people.name(resolved.proposal.proposer)),)),
            Fact(said.DECIDED, (Words(in_words(record.now.date().isoformat())),)),
            Fact(said.REVISION, (Words(str(record.revision)),)),
            Fact(said.RECORD, (Code(f"governance/proposals/{resolved.id}/decision.yaml"),)),
        )
    )
    texts = [each for each in standings.by_id.values() if each.resolved is resolved]
    inner = tuple(_text(release, people, each) for each in texts)
    title = f"{said.PROPOSAL} {resolved.id}: {curled(resolved.proposal.title)}"
    blocks: list[Block] = [facts, *_aside_records(people, resolved), *_left(people, resolved)]
    return Section("part", f"proposal-{resolved.id}", "", title, tuple(blocks), inner)


def _aside_records(people: People, resolved: DecidedProposal) -> Iterator[Listing]:
    """Yield what came and does not count, with the cause."""
    record = resolved.record
    for title, refused in (
        (said.LATE, record.late),
        (said.REPORTED, record.reported),
        (said.REJECTED, record.rejected),
    ):
        if refused:
            yield Listing(title, tuple(_refused(people, each) for each in refused))


def _left(people: People, resolved: DecidedProposal) -> Iterator[Listing]:
    """Yield objections to texts that left the proposal: they are in nobody's way, and not lost."""
    lines = []
    for each in resolved.reckoned.left:
        reason = f": {plain(each.reason)}" if each.reason else ""
        lines.append((Code(each.unit), Words(f" {people.with_group(each.member)}{reason}")))
    if lines:
        yield Listing(said.LEFT, tuple(lines))


def _refused(people: People, refused: Refused) -> Spans:
    return (Words(f"{people.record(refused.record)}: {people.said(refused.cause)}"),)


# --- one text -------------------------------------------------------------------------------------


def _text(release: Release, people: People, standing: AdoptionRecord) -> Section:
    decided, sum = standing.decided, standing.sum
    assert decided is not None
    blocks: list[Block] = [Facts(tuple(_facts(people, decided)))]
    if sum is None:
        blocks.append(Paragraph((Words(said.NOT_RECKONED),)))
    else:
        blocks += [_by_group(people, sum), _needed(people, sum)]
    blocks += _reasons(people, standing, decided)
    blocks += _lists(people, decided, sum)
    blocks += _acts(people, standing)
    found = release.corpus.find(
        ("provision", "recommendation", "principle", "instrument", "term"), standing.id
    )
    title = curled(found.title) if found else ""
    return Section("text", f"consent-{anchor_of(standing.id)}", standing.id, title, tuple(blocks))


def _facts(people: People, decided: DecidedUnit) -> Iterator[Fact]:
    yield Fact(words.OUTCOME, (Words(capital(words.OUTCOMES[decided.outcome])),))
    if decided.why:
        yield Fact(said.WHY, (Words("; ".join(map(people.said, decided.why))),))
    yield Fact(said.POLICY, (Code(decided.policy),))
    for name, digest in ((said.BEFORE, decided.before), (said.AFTER, decided.after)):
        yield Fact(name, (Code(digest),) if digest else (Words(said.NO_WORDS),))


def _by_group(people: People, sum: UnitDecision) -> Table:
    """Return the voices of each group on the roll, by what they said."""
    stances = [stance for stance in STANCES if stance != "withdraw"]
    groups = sorted(
        {
            *(group for group, _ in sum.given_by_group),
            *sum.groups_not_heard,
            *(voice.group for voice in sum.voices),
        }
    )
    rows = []
    for group in groups:
        of_group = [voice for voice in sum.voices if voice.group == group]
        counts = [len([v for v in of_group if v.said == each]) for each in stances]
        rows.append((people.group(group), *(str(count) if count else "\u2013" for count in counts)))
    head = (said.GROUP, *(said.STANCES[each] for each in stances))
    return Table(head, tuple(tuple((Words(cell),) for cell in row) for row in rows))


def _needed(people: People, sum: UnitDecision) -> Table:
    """Return what the policy asks for, what was given, and what is missing."""
    sides = [dict(_flat(people, side(sum))) for side in (required, given, missing)]
    rows = tuple(
        tuple(
            (Words(cell),)
            for cell in (name, needed, sides[1].get(name, "0"), sides[2].get(name, "\u2013"))
        )
        for name, needed in sides[0].items()
    )
    return Table((said.MEASURE, said.REQUIRED, said.GIVEN, said.MISSING), rows)


def _flat(people: People, side: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in side.items():
        if isinstance(value, dict):
            for group, inner in value.items():
                yield f"{said.MEASURES[name]} {people.group(group)}", str(inner)
        else:
            yield said.MEASURES[name], str(value)


def _reasons(people: People, standing: AdoptionRecord, decided: DecidedUnit) -> Iterator[Aside]:
    """Yield objections with what became of them, and reservations, each with its reason."""
    for each in decided.objections:
        title = f"{said.OBJECTION}: {words.OBJECTIONS[each.state]}"
        yield Aside(title, tuple(_reason(people, each.member, each.reason)))
    if standing.sum is not None:
        for voice in standing.sum.voices:
            if voice.said == "consent-with-reservation":
                yield Aside(said.RESERVATION, tuple(_reason(people, voice.member, voice.reason)))


def _reason(people: People, member: str, reason: str | None) -> Iterator[Paragraph]:
    name = people.with_group(member)
    if reason:
        yield from (each for each in said_by(name, reason) if isinstance(each, Paragraph))
    else:
        yield Paragraph((Words(f"{capital(name)} {words.NO_REASON}."),))


def _lists(people: People, decided: DecidedUnit, sum: UnitDecision | None) -> Iterator[Listing]:
    if sum is not None:
        lines = tuple(_voices(people, sum))
        if lines:
            yield Listing(said.POSITIONS, lines)
    for title, members in ((said.STALE, decided.stale), (said.SILENT, decided.not_heard)):
        if members:
            yield Listing(title, ((Words(several(people.names(members))),),))
    if decided.groups_not_heard:
        groups = people.groups(decided.groups_not_heard)
        yield Listing(said.SILENT_GROUPS, ((Words(words.not_heard(groups)),),))


def _acts(people: People, standing: AdoptionRecord) -> Iterator[Listing]:
    """Yield how well positions are evidenced, and what coordinators did about the text, and why."""
    resolved = standing.resolved
    assert resolved is not None
    levels = resolved.evidence(standing.id)
    if levels:
        yield Listing(
            said.EVIDENCE,
            tuple((Words(f"{said.LEVELS[level]} ({level}): {levels[level]}"),) for level in levels),
        )
    lines = [
        (Words(f"{name}, by {several(people.names(act.by))}: {plain(act.reason)}"),)
        for kind, name in said.ACTS.items()
        for act in resolved.acts(kind, standing.id)
    ]
    if lines:
        yield Listing(said.ACTS_TITLE, tuple(lines))


def _voices(people: People, sum: UnitDecision) -> Iterator[Spans]:
    for stance, name in words.STANCES.items():
        members = [voice.member for voice in sum.voices if voice.said == stance]
        if members and stance != "stale":
            yield (Words(f"{capital(name)}: {several(people.names(members))}"),)
    carried = [voice.member for voice in sum.voices if voice.carried]
    if carried:
        yield (Words(f"{said.CARRIED}: {several(people.names(carried))}"),)


# --- the rest -------------------------------------------------------------------------------------


def _taken_over(standings: AdoptionRecords) -> Iterator[Section]:
    lines = []
    for standing in standings.by_id.values():
        past = standing.taken_over
        if past is not None:
            where = f" {plain(past.adopted_at)}, {in_words(str(past.adopted_on))}. "
            lines.append((Code(standing.id), Words(where + plain(past.evidence))))
    if lines:
        title = capital(words.TAKEN_OVER)
        yield Section("back", "taken-over", "", title, (Listing("", tuple(lines)),))


def _statements(release: Release, standings: AdoptionRecords) -> Section:
    blocks: list[Block] = []
    for resolved in standings.resolved:
        people = People(release.corpus, resolved)
        for each in resolved.statements:
            about = several(each.units) if each.units else said.ALL_OF_IT.format(id=resolved.id)
            names = several(people.names(each.by))
            blocks.append(Aside(f"{said.ABOUT} {about}", tuple(said_by(names, each.words))))
    empty = Paragraph((Words(said.NO_STATEMENTS),))
    return Section("back", "minority-statements", "", said.STATEMENTS, tuple(blocks or [empty]))


def _not_heard(release: Release, standings: AdoptionRecords) -> Section:
    """Return who said nothing about which texts."""
    found: dict[str, list[str]] = {}
    for standing in standings.by_id.values():
        people = People(release.corpus, standing.resolved)
        for name in _silent(people, standing):
            found.setdefault(name, []).append(standing.id)
    if not found:
        text = said.NOBODY_SILENT if standings.resolved else said.NOBODY_ASKED
        return Section("back", "not-heard", "", words.NOT_HEARD, (Paragraph((Words(text),)),))
    head = (said.WHO, said.ABOUT_WHICH)
    rows = tuple(((Words(name),), _ids(ids)) for name, ids in sorted(found.items()))
    blocks = (Paragraph((Words(said.SILENCE),)), Table(head, rows))
    return Section("back", "not-heard", "", words.NOT_HEARD, blocks)


def _silent(people: People, standing: AdoptionRecord) -> Iterator[str]:
    decided = standing.decided
    if decided is not None:
        yield from (f"{said.GROUP_OF} {name}" for name in people.groups(decided.groups_not_heard))
        yield from people.names(decided.not_heard)


def _ids(ids: Iterable[str]) -> Spans:
    return (Words(", ".join(ids)),)
