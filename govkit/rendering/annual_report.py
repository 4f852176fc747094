"""The yearly report of a dynamic coalition to the IGF Secretariat, from the records alone.

Every figure is counted from records. A foreword in people's own words may stand before them; it
says by its heading that it is one.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator

from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.log.periods import last_day
from govkit.proposals.news import NewsDeadline
from govkit.records.adoption import Adoption
from govkit.records.decisions import ADOPTED
from govkit.records.governance import Charter
from govkit.records.regional_groups import REGIONAL_GROUPS
from govkit.records.registers import Event, Paper
from govkit.release.adoption_record import DecidedProposal, dissents_of
from govkit.release.coalition_year import AnnualConsultation, CoalitionYear
from govkit.release.published import CutRelease
from govkit.rendering import phrases
from govkit.rendering.document import (
    Block,
    Document,
    Fact,
    Facts,
    Front,
    Listing,
    Paragraph,
    Prose,
    Section,
    Table,
)
from govkit.rendering.event_times import event_days
from govkit.rendering.notes import read_note
from govkit.rendering.places import NO_PLACES
from govkit.rendering.release.adoption_facts import dissent, said_by
from govkit.rendering.release.people import People
from govkit.rendering.spans import Code, Span, Spans, Strong, Words, linked
from govkit.rendering.typography import curled
from govkit.round.balance import Balance, RollMember
from govkit.source.reading import without_addresses


def annual_report(
    corpus: Corpus, charter: Charter, found: CoalitionYear, foreword: str = ""
) -> Document:
    """Return the report on a year as a document; `foreword` is Markdown, in people's own words."""
    return _Report(corpus, charter, found).document(foreword)


class _Report:
    """The sections of the report, in its order."""

    def __init__(self, corpus: Corpus, charter: Charter, found: CoalitionYear) -> None:
        self.corpus, self.charter, self.found = corpus, charter, found
        self.said: Messages = corpus.messages

    def document(self, foreword: str) -> Document:
        said = self.said
        sections = [
            *self._foreword(foreword),
            self._section("activity", [*self._meetings(), *self._calls(), *self._consultations()]),
            self._section("outputs", self._outputs()),
            *self._decisions(),
            self._section("members", self._members()),
            self._section("registers", self._registers()),
            self._section("adoption", self._adoptions()),
            self._section("finances", [_sentence(said["annual.no-finances"])]),
            self._section("plans", self._plans()),
        ]
        return Document(self._front(), tuple(sections))

    def _front(self) -> Front:
        said, found, charter = self.said, self.found, self.charter
        first = said.date(f"{found.year}-01-01")
        last = found.until - datetime.timedelta(microseconds=1)
        period = said.say(
            "annual.period-dates", begin=first, end=said.date(last.date().isoformat())
        )
        facts = [Fact(said["annual.period"], (Words(period),))]
        facts.append(Fact(said["annual.to"], (Words(said["annual.secretariat"]),)))
        coordinators = [self._named(id) for id in charter.coordinators.ids]
        if coordinators:
            facts.append(Fact(said["annual.coordinators"], (Words(said.several(coordinators)),)))
        if charter.intake.addresses:
            address = charter.intake.addresses[0]
            facts.append(Fact(said["annual.contact"], linked(f"mailto:{address}", address)))
        if charter.list_archive:
            spans = linked(charter.list_archive, said["annual.archive-words"])
            facts.append(Fact(said["annual.archive"], spans))
        title = said.say("annual.title", year=found.year)
        return Front(
            id=f"annual-report-{found.year}",
            anchor="head",
            issuer=curled(charter.name),
            title=title,
            symbol=title,
            notice=said["annual.over" if found.over else "annual.running"],
            facts=Facts(tuple(facts)),
            language=self.corpus.language,
            contents=said["book.contents"],
            of=said["general.of"],
            skip=said["book.skip"],
        )

    def _section(self, name: str, blocks: Iterable[Block]) -> Section:
        return Section("back", name, "", self.said[f"annual.{name}"], tuple(blocks))

    def _foreword(self, foreword: str) -> Iterator[Section]:
        if foreword.strip():
            yield self._section("foreword", read_note(without_addresses(foreword)[0], NO_PLACES))

    # --- what the coalition did -------------------------------------------------------------------

    def _meetings(self) -> Iterator[Block]:
        lines = tuple(self._event(each) for each in self.found.meetings)
        if lines:
            yield Listing(self.said["annual.meetings"], lines)
        else:
            yield _sentence(self.said["annual.no-meetings"])

    def _event(self, event: Event) -> Spans:
        said = self.said
        about = [said[f"annual.events.{event.kind}"], event_days(event, said)]
        if event.place or event.country:
            about.append(_own(event.place or event.country or ""))
        if event.attended:
            about.append(said.counted("annual.attended", len(event.attended)))
        spans: list[Span] = [Strong((Words(_own(event.title)),)), Words(f": {', '.join(about)}")]
        if event.minutes:
            spans += [Words("; "), *linked(event.minutes, said["annual.minutes"])]
        if event.decided:
            named = said.say("annual.decided-there", ids=said.several(event.decided))
            spans.append(Words(f"; {named}"))
        return (*spans, Words("."))

    def _calls(self) -> Iterator[Block]:
        said = self.said
        lines = []
        for id, call, inputs in self.found.calls:
            came = said.counted("annual.inputs", inputs)
            until = said.date(last_day(call.closes).isoformat())
            lines.append(
                (
                    Code(id),
                    Words(f" {_own(call.title)}: "),
                    Words(said.say("annual.call", until=until, came=came)),
                )
            )
        if lines:
            yield Listing(said["annual.calls"], tuple(lines))

    def _consultations(self) -> Iterator[Block]:
        said, several = self.said, self.found.consultations
        if not several:
            yield _sentence(said["annual.no-consultations"])
            return
        heads = ("proposal", "comments", "answered", "waiting", "late")
        rows = [self._consultation(each) for each in several]
        yield Paragraph((Strong((Words(said["annual.consultations"]),)),))
        yield Table(tuple(said[f"annual.heads.{each}"] for each in heads), tuple(rows))
        groups: Counter[str] = Counter()
        for each in several:
            groups.update({group: count for group, (count, _) in each.counts.groups.items()})
        if groups.total():
            yield Listing(said["annual.comments-by-group"], tuple(self._by_group(groups)))

    def _consultation(self, each: AnnualConsultation) -> tuple[Spans, ...]:
        counts = each.counts
        figures = (counts.total, counts.answered, counts.waiting, counts.late)
        title: Spans = (Code(each.id), Words(f" {_own(each.title)}"))
        return (title, *((Words(str(figure)),) for figure in figures))

    # --- what came of it --------------------------------------------------------------------------

    def _outputs(self) -> Iterator[Block]:
        said = self.said
        if self.found.releases:
            lines = tuple(self._release(each) for each in self.found.releases)
            yield Listing(said["annual.releases"], lines)
        else:
            yield _sentence(said["annual.no-releases"])
        if self.found.papers:
            lines = tuple(self._paper(each) for each in self.found.papers)
            yield Listing(said["annual.papers"], lines)
        standing = Counter(
            each.status
            for kind in ("provision", "recommendation", "principle")
            for each in self.corpus.of_kind(kind)
        )
        texts = [
            (Words(f"{said[f'book.statuses.{status}']}: {count}"),)
            for status, count in sorted(standing.items())
            if status
        ]
        if texts:
            yield Listing(said["annual.texts"], tuple(texts))

    def _paper(self, paper: Paper) -> Spans:
        said = self.said
        authors = _own(said.several([each.name for each in paper.authors]))
        day = said.date(paper.date or "")
        about = [authors, day, said.say("release.version-number", number=_own(paper.version))]
        return (Strong((Words(_own(paper.title)),)), Words(f": {', '.join(about)}."))

    def _release(self, cut: CutRelease) -> Spans:
        said, manifest = self.said, cut.manifest
        assert cut.publication is not None, "it is published"
        day = said.date(cut.publication.published.date().isoformat())
        texts = said.counted("annual.texts-of", len(manifest.units))
        version = said.say("release.version-number", number=manifest.version)
        return (Strong((Words(curled(manifest.title)),)), Words(f", {version}: {day}, {texts}."))

    def _decisions(self) -> Iterator[Section]:
        said, found = self.said, self.found
        blocks: list[Block] = []
        if not found.decided and not found.withdrawn:
            blocks.append(_sentence(said["annual.no-decisions"]))
        for each in found.withdrawn:
            words = said.say("annual.withdrawn", day=said.date(each.at.date().isoformat()))
            blocks.append(Paragraph((Code(each.id), Words(f" {_own(each.title)}: {words}"))))
        inner = tuple(self._decision(each) for each in found.decided)
        yield Section("back", "decisions", "", said["annual.decisions"], tuple(blocks), inner)

    def _decision(self, resolved: DecidedProposal) -> Section:
        said, record = self.said, resolved.record
        people = People(self.corpus, resolved)
        facts = [
            Fact(said["annual.outcome"], (Words(said[f"release.outcomes.{record.outcome}"]),)),
            Fact(said["annual.day"], (Words(said.date(record.now.date().isoformat())),)),
            Fact(said["annual.proposer"], (Words(people.name(resolved.proposal.proposer)),)),
        ]
        adopted = [unit.id for unit in record.units if unit.outcome in ADOPTED]
        others = [unit.id for unit in record.units if unit.outcome not in ADOPTED]
        for name, ids in (("adopted", adopted), ("not-adopted", others)):
            if ids:
                facts.append(Fact(said[f"annual.{name}"], (Code(", ".join(ids)),)))
        silent = dict.fromkeys(group for unit in record.units for group in unit.groups_not_heard)
        if silent:
            names = said.several(people.groups(silent))
            facts.append(Fact(said["release.not-heard"], (Words(names),)))
        title = f"{resolved.id} {_own(resolved.proposal.title)}"
        blocks: tuple[Block, ...] = (Facts(tuple(facts)), *self._dissent(people, resolved))
        return Section("part", f"decision-{resolved.id}", "", title, blocks)

    def _dissent(self, people: People, resolved: DecidedProposal) -> Iterator[Block]:
        """Yield who dissents and why, once, however many texts it is about."""
        said = self.said
        voices: dict[tuple[str, str | None], list[str]] = {}
        for unit in resolved.record.units:
            for voice in dissents_of(unit):
                voices.setdefault(voice, []).append(unit.id)
        blocks: list[Prose] = []
        for voice, ids in voices.items():
            blocks += dissent(people, *voice)
            about = said.say("annual.about", ids=", ".join(ids))
            blocks.append(Paragraph((Words(about),)))
        if blocks:
            yield Paragraph((Strong((Words(said["annual.dissent"]),)),))
            yield from blocks
        for statement in resolved.statements:
            yield Paragraph((Strong((Words(said["annual.statement"]),)),))
            yield from said_by(said.several(people.names(statement.by)), statement.words)

    # --- who takes part ---------------------------------------------------------------------------

    def _members(self) -> Iterator[Block]:
        said, found = self.said, self.found
        before, after = len(found.before.members), len(found.after.members)
        sums = said.say(
            "annual.movement",
            before=before,
            joined=len(found.joined),
            left=len(found.left),
            after=after,
        )
        yield _sentence(sums)
        names = ("who", "before", "joined", "left", "after")
        heads = tuple(said[f"annual.heads.{name}"] for name in names)
        if after or before:
            yield Paragraph((Strong((Words(said["annual.by-group"]),)),))
            yield Table(heads, tuple(self._rows_of_groups()))
            yield Paragraph((Strong((Words(said["annual.by-region"]),)),))
            yield Table(heads, tuple(self._rows_of_regions()))
        for name, several in (("joined", found.joined), ("left", found.left)):
            if several:
                lines = tuple(self._sitting(each) for each in several)
                yield Listing(said[f"annual.{name}"], lines)

    def _rows_of_groups(self) -> Iterator[tuple[Spans, ...]]:
        counted = [each.groups for each in self._movement()]
        for group in dict.fromkeys((*self.charter.groups, *counted[0], *counted[-1])):
            yield _row(self._group(group), *(each[group] for each in counted))

    def _rows_of_regions(self) -> Iterator[tuple[Spans, ...]]:
        counted = [each.regions for each in self._movement()]
        for region in REGIONAL_GROUPS:
            words = self.said[f"annual.regions.{region}"]
            yield _row(words, *(each[region] for each in counted))
        if any(each[""] for each in counted):
            yield _row(self.said["annual.regions.none"], *(each[""] for each in counted))

    def _movement(self) -> tuple[Balance, ...]:
        """Return who was there before, who joined, who left, and who is there after."""
        found = self.found
        joined, left = (
            Balance(found.after.day, {each.id: each for each in several})
            for several in (found.joined, found.left)
        )
        return found.before, joined, left, found.after

    def _sitting(self, each: RollMember) -> Spans:
        about = [self._group(each.group), *filter(None, [each.member.country])]
        return (Words(f"{_own(each.member.name)} ({', '.join(about)})"),)

    def _by_group(self, groups: Counter[str]) -> Iterator[Spans]:
        for group, count in groups.items():
            name = self._group(group) if group else self.said["comments.no-group"]
            yield (Words(f"{phrases.capital(name)}: {count}"),)

    def _group(self, slug: str) -> str:
        return curled(phrases.capital(self.charter.groups.get(slug, slug)))

    def _named(self, id: str) -> str:
        document = self.corpus.find(("member",), id)
        return _own(document.title) if document and document.title else id

    # --- what is kept, and what comes -------------------------------------------------------------

    def _registers(self) -> Iterator[Block]:
        said = self.said
        lines = [
            (Words(said.counted(f"annual.records.{kind}", count)),)
            for kind, count in self.found.registers.items()
        ]
        yield Listing(said["annual.kept"], tuple(lines))

    def _adoptions(self) -> Iterator[Block]:
        said, several = self.said, self.found.adoptions
        if not several:
            yield _sentence(said["annual.no-adoption"])
            return
        head = said.counted("annual.adoptions", len(several))
        yield Listing(head, tuple(map(self._adoption, several)))

    def _adoption(self, entry: Adoption) -> Spans:
        said = self.said
        taken = said.counted("annual.provisions-taken", len(entry.whole) + len(entry.adapted))
        about = [_own(entry.operator), taken]
        if entry.adapted:
            about.append(said.say("annual.adapted", count=len(entry.adapted)))
        return (Strong((Words(_own(entry.title)),)), Words(f": {', '.join(about)}."))

    def _plans(self) -> Iterator[Block]:
        said, found = self.said, self.found
        if found.open_now:
            lines = tuple(self._open(each) for each in found.open_now)
            yield Listing(said["annual.open"], lines)
        if found.coming:
            yield Listing(said["annual.coming"], tuple(self._event(each) for each in found.coming))
        if found.unanswered:
            titles = tuple((Words(_own(each)),) for each in found.unanswered)
            yield Listing(said["annual.unanswered"], titles)
        if not (found.open_now or found.coming or found.unanswered):
            yield _sentence(said["annual.no-plans"])

    def _open(self, each: NewsDeadline) -> Spans:
        until = self.said.date(last_day(each.until).isoformat())
        words = self.said.say(f"annual.opens.{each.kind}", until=until)
        return (Code(each.id), Words(f" {_own(each.title)}: {words}"))


def _row(name: str, *figures: int) -> tuple[Spans, ...]:
    return ((Words(name),), *((Words(str(figure)),) for figure in figures))


def _sentence(words: str) -> Paragraph:
    return Paragraph((Words(words),))


def _own(words: str) -> str:
    """Return somebody's own words as they are printed: no mail address goes along."""
    return curled(without_addresses(words)[0])
