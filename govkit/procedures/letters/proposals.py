"""Letters about proposals: opened for outsiders, a date that moved, decided, or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import cast

from govkit.consent.counting import Cause, Counting
from govkit.consent.recount import Recount
from govkit.consent.status import Statuses
from govkit.consultation.consultation import consultation_of
from govkit.correspondence.announcements import (
    MailSubject,
    moved_date_mail,
    opening_mail,
    withdrawal_mail,
)
from govkit.correspondence.mail import Mail
from govkit.correspondence.outcome_letters import (
    DecisionRecord,
    OwnPosition,
    OwnVoice,
    decision_mail,
)
from govkit.languages.catalogue import Messages
from govkit.log.coordinators import member_of
from govkit.procedures.letters.addressees import Addressee
from govkit.procedures.letters.calls import givers_of
from govkit.procedures.letters.comments import letters_of_comments
from govkit.procedures.letters.owed import Found, LetterContext, OwedLetter
from govkit.procedures.letters.positions import letters_of_positions
from govkit.procedures.proposals.member_ballots import (
    BallotWriting,
    last_words,
    positions_of,
    speakers,
)
from govkit.procedures.proposals.opening import matter_of
from govkit.proposals.promises import Promise, promises_of_proposal
from govkit.records.kinds import path_in_proposal
from govkit.records.positions import Position
from govkit.records.proposals import Revision
from govkit.round.docket import Docket, docket_of
from govkit.round.filed_records import FiledRecord
from govkit.round.rounds import Round
from govkit.round.states import state_of


def letters_of_proposals(context: LetterContext) -> Found:
    """Yield the letters about all proposals that are owed."""
    for document in context.workspace.corpus.of_kind("proposal"):
        docket = docket_of(context.workspace.corpus, document.id)
        if docket is not None and docket.revisions:
            letters = _ProposalLetters(context, docket)
            yield from letters_of_comments(context, docket, letters.subject)
            yield from letters_of_positions(context, docket, letters.subject)
            yield from letters.all()


class _ProposalLetters:
    """Finds the letters about one proposal that go to everybody concerned."""

    def __init__(self, context: LetterContext, docket: Docket) -> None:
        self.context, self.docket = context, docket
        self.id, self.number = docket.proposal.id, docket.number
        self.revision = cast("Revision", docket.revision)

    def subject(self, said: Messages) -> MailSubject:
        """Return what a mail about the proposal is about, in a language."""
        matter = matter_of(self.context.workspace, self.docket.proposal, self.number, self.revision)
        return replace(matter, said=said)

    def all(self) -> Found:
        """Yield them."""
        yield from self._opened()
        yield from self._moved()
        yield from self._withdrawn()
        yield from self._decided()

    @cached_property
    def _voices(self) -> dict[str, Addressee]:
        """Return those with a voice who can be reached."""
        ids = speakers(Round(self.docket, self.context.now))
        found = (self.context.addressees.member(id) for id in ids)
        return {each.id: each for each in found if each is not None}

    @cached_property
    def _comments(self) -> tuple[tuple[Addressee, int], ...]:
        """Return who commented on which revision, as far as they can be reached."""
        if not self.docket.comments:
            return ()
        every = consultation_of(self.context.workspace.corpus, self.id).comments
        found = ((self.context.addressees.author(e), e.comment.target.revision) for e in every)
        return tuple((to, revision) for to, revision in found if to is not None)

    @cached_property
    def _others(self) -> dict[str, Addressee]:
        """Return who commented or answered the call by mail, and has no voice."""
        call = self.docket.proposal.call
        found = givers_of(self.context, call) if call else {}
        found |= {to.id: to for to, _ in self._comments}
        return {id: to for id, to in sorted(found.items()) if id not in self._voices}

    @property
    def _all(self) -> Mapping[str, Addressee]:
        return self._voices | self._others

    def _named(self, matter: MailSubject, to: Addressee) -> MailSubject:
        """Return the subject of a mail that begins with the name of who gets it."""
        letter = matter.said.say("letters.to", name=to.name)
        return replace(matter, letter=letter, has_voice=to.id in self._voices)

    # --- while it runs ----------------------------------------------------------------------------

    def _opened(self) -> Iterator[OwedLetter]:
        """Yield the words of a revision to those who may comment and get no ballot."""
        context = self.context
        state = state_of(self.docket, context.now)
        if state.name != "comment" or state.until is None or state.until <= context.now:
            return
        if not context.is_new(self.revision.opened):
            return
        key = f"opened {self.id} r{self.number}"
        enrolled = {each.id: each for each in context.addressees.all_members()}
        have_read = {to.id for to, revision in self._comments if revision == self.number}
        for to in (enrolled | self._others).values():
            if to.id not in self._voices.keys() | have_read and context.owes(key, to):
                write = partial(self._opening_mail, to)
                yield OwedLetter((key,), "opened", self.id, to, write)

    def _opening_mail(self, to: Addressee, said: Messages) -> Mail:
        until = Round(self.docket, self.context.now).dates.comment_until
        writing = BallotWriting(
            self.context.workspace, self.docket, until, last_call=False, now=self.context.now
        )
        replaced = self.docket.revisions[-2].record if self.number > 1 else None
        matter = self._named(self.subject(said), to)
        revision = self.revision.model_copy(update={"comment_until": until})
        return opening_mail(replace(matter, revision=revision), writing.units, None, replaced)

    def _moved(self) -> Iterator[OwedLetter]:
        context = self.context
        for each in promises_of_proposal(self.docket, context.now):
            said = each.moves[-1].announced if each.moves else None
            if said is None or not context.is_new(said) or each.until <= context.now:
                continue
            key = f"moved {self.id} r{each.revision} {each.step} {each.day}"
            for to in self._all.values():
                if context.owes(key, to):
                    write = partial(self._moved_mail, to, each)
                    yield OwedLetter((key,), "moved", self.id, to, write)

    def _moved_mail(self, to: Addressee, promise: Promise, said: Messages) -> Mail:
        matter, move = self._named(self.subject(said), to), promise.moves[-1]
        return moved_date_mail(matter, promise.step, move.before, move.to, move.because)

    # --- how it ends ------------------------------------------------------------------------------

    def _withdrawn(self) -> Iterator[OwedLetter]:
        context = self.context
        for each in Round(self.docket, context.now).acts("withdrawal")[-1:]:
            if each.entry is None or not context.is_new(each.entry.recorded_at):
                continue
            key, act = f"act {self.id}/{each.id}", each.record
            for to in self._all.values():
                if context.owes(key, to):
                    write = partial(self._withdrawal_mail, to, act.by, act.reason)
                    yield OwedLetter((key,), "withdrawn", self.id, to, write)

    def _withdrawal_mail(
        self, to: Addressee, by: tuple[str, ...], reason: str, said: Messages
    ) -> Mail:
        names = [member_of(self.context.workspace.corpus, each).name for each in by]
        return withdrawal_mail(self._named(self.subject(said), to), names, reason)

    def _decided(self) -> Iterator[OwedLetter]:
        context, filed = self.context, self.docket.decided_by(self.context.now)
        if filed is None or filed.entry is None or not context.is_new(filed.entry.recorded_at):
            return
        key = f"decided {self.id} r{filed.record.revision} {filed.entry.digest}"
        for to in self._all.values():
            if context.owes(key, to):
                write = partial(self._decision_mail, to)
                yield OwedLetter((key,), "decided", self.id, to, write)

    @cached_property
    def _decision(self) -> DecisionRecord:
        corpus = self.context.workspace.corpus
        status = Statuses(corpus, self.context.now).of(self.docket)
        filed = self.docket.decided_by(self.context.now)
        assert status.decision is not None
        assert filed is not None
        assert filed.entry is not None
        names = {id: member.name for id, member in self.docket.members.items()}
        path = path_in_proposal(self.id, "decision")
        return DecisionRecord(status.decision, filed.entry, path, names)

    @cached_property
    def _counting(self) -> Counting:
        """Return what counted when it was decided, by the words and members of then."""
        corpus = self.context.workspace.corpus
        document = corpus.by_path[path_in_proposal(self.id, "decision")]
        then = Recount(corpus).docket_then(document) or self.docket
        then = replace(then, decision=None, decision_entry=None)
        return Counting(then, self._decision.result.now)

    def _own(self, member: str) -> Iterator[OwnPosition]:
        """Yield what a member said last about the texts, once for each position."""
        by_position: dict[str, list[str]] = {}
        docket, moment = self._counting.docket, self._decision.result.now
        theirs = positions_of(docket, member, moment)
        decided = {unit.id for unit in self._decision.result.units}
        for unit, filed in last_words(docket, member, moment).items():
            if unit in decided:
                by_position.setdefault(filed.id, []).append(unit)
        for at, filed in enumerate(theirs):
            units = sorted(by_position.get(filed.id, ()))
            if units:
                lost = [unit for unit in units if any(self._causes(filed.id, [unit]))]
                own = self._own_position(filed, units)
                yield own._replace(instead=tuple(self._instead(theirs[:at], lost)))

    def _own_position(self, filed: FiledRecord[Position], units: list[str]) -> OwnPosition:
        assert filed.entry is not None, "it is one of the member's by its entry"
        causes = tuple(self._causes(filed.id, units))
        return OwnPosition(tuple(units), filed.record.position, filed.entry, causes)

    def _instead(
        self, earlier: list[FiledRecord[Position]], units: list[str]
    ) -> Iterator[OwnPosition]:
        """Yield the earlier positions that counted about texts where the last one did not."""
        found: dict[str, list[str]] = {}
        for unit in units:
            about = (each for each in reversed(earlier) if unit in each.record.texts)
            counted = next((e for e in about if not any(self._causes(e.id, [unit]))), None)
            if counted is not None:
                found.setdefault(counted.id, []).append(unit)
        for each in earlier:
            if each.id in found:
                yield self._own_position(each, found[each.id])

    def _causes(self, id: str, units: list[str]) -> Iterator[Cause]:
        """Yield why a position did not count about some of its texts."""
        for each in self._counting.causes(id):
            about = tuple(unit for unit in each.units if unit in units)
            if about or not each.units:
                yield each._replace(units=() if len(about) == len(units) else about)

    def _decision_mail(self, to: Addressee, said: Messages) -> Mail:
        own = None
        if to.id in self._voices:
            units = self._decision.result.units
            silent = tuple(each.id for each in units if to.id in each.not_heard)
            own = OwnVoice(tuple(self._own(to.id)), silent)
        return decision_mail(self.subject(said), to.name, self._decision, own)
