"""Letters about calls: that one is open, that a date moved, and receipts for what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from govkit.correspondence.call_letters import (
    CallSubject,
    InputEntry,
    call_mail,
    inputs_received_mail,
    moved_dates_mail,
)
from govkit.correspondence.mail import Mail
from govkit.languages.catalogue import Messages
from govkit.log.entries import valid_entries
from govkit.procedures.letters.addressees import Addressee
from govkit.procedures.letters.owed import Found, LackingAddress, LetterContext, OwedLetter
from govkit.proposals.call_inputs import FiledInput, inputs_of, inputs_until
from govkit.proposals.promises import Promise, promises_of_call
from govkit.records.calls import Call
from govkit.round.docket import docket_of


def letters_of_calls(context: LetterContext) -> Found:
    """Yield the letters about all calls that are owed."""
    for document in context.workspace.corpus.of_kind("call"):
        if isinstance(document.record, Call) and document.record.opened <= context.now:
            yield from _CallLetters(context, document.id, document.record).all()


def givers_of(context: LetterContext, call: str) -> dict[str, Addressee]:
    """Return those who are no members and answered a call by a mail, by their ids."""
    several = inputs_of(context.workspace.corpus, call)
    found = (context.addressees.sender(each.input.source) for each in several)
    return {each.id: each for each in found if each is not None}


class _CallLetters:
    """Finds the letters about one call."""

    def __init__(self, context: LetterContext, id: str, call: Call) -> None:
        self.context, self.call = context, call
        self.id = id.removeprefix("calls/")
        self.until = inputs_until(call, context.now)
        self.corpus = context.workspace.corpus
        proposals = (docket_of(self.corpus, each.id) for each in self.corpus.of_kind("proposal"))
        follow = next((each for each in proposals if each and each.proposal.call == self.id), None)
        self.promises = promises_of_call(call, follow, context.now)

    def all(self) -> Found:
        """Yield them."""
        yield from self._announced()
        yield from self._received()

    def _subject(self, said: Messages) -> CallSubject:
        plan = tuple(each for each in self.promises if each.step != "inputs")
        context = self.context
        return CallSubject(
            said, context.coalition, self.id, self.call, self.until, plan, context.head
        )

    def _letter(
        self, tells: Sequence[str], sort: str, to: Addressee, write: partial[Mail]
    ) -> OwedLetter:
        return OwedLetter(tuple(tells), sort, self.id, to, write)

    # --- its dates --------------------------------------------------------------------------------

    def _announced(self) -> Found:
        context, opened, moves = self.context, f"call {self.id}", self._moves()
        is_told = context.is_new(self.call.opened) and context.now < self.until
        for to in context.addressees.all_members():
            if is_told and context.owes(opened, to):
                # It has the dates of now in it.
                write = partial(self._call_mail, to.name)
                yield self._letter((opened, *moves), "call", to, write)
            else:
                yield from self._moved(to, moves)
        for to in givers_of(context, self.id).values() if moves else ():
            yield from self._moved(to, moves)

    def _moved(self, to: Addressee, moves: Mapping[str, Promise]) -> Iterator[OwedLetter]:
        new = {key: each for key, each in moves.items() if self.context.owes(key, to)}
        if new:
            write = partial(self._moved_mail, to.name, tuple(new.values()))
            yield self._letter(tuple(new), "moved", to, write)

    def _moves(self) -> dict[str, Promise]:
        """Return the dates that were moved lately, and are still to come."""
        found = {}
        for each in self.promises:
            said = each.moves[-1].announced if each.moves else None
            if said is not None and self.context.is_new(said) and each.until > self.context.now:
                found[f"call {self.id} {each.step}:{each.revision} {each.day}"] = each
        return found

    def _call_mail(self, name: str, said: Messages) -> Mail:
        return call_mail(self._subject(said), name)

    def _moved_mail(self, name: str, moved: Sequence[Promise], said: Messages) -> Mail:
        return moved_dates_mail(self._subject(said), name, moved)

    # --- what answered it -------------------------------------------------------------------------

    def _received(self) -> Found:
        context, entries = self.context, valid_entries(self.corpus)
        people: dict[str, tuple[Addressee, list[InputEntry]]] = {}
        for each in inputs_of(self.corpus, self.id):
            key, came = _key(each), each.received_at
            if came is None or not context.is_new(came) or key in context.told_to_somebody:
                continue
            to = self._giver(each)
            if to is not None:
                logged = InputEntry(each, entries[each.path, "input"])
                people.setdefault(to.id, (to, []))[1].append(logged)
            elif each.input.member or each.input.source:
                who = each.input.member or each.input.body or each.input.title
                yield LackingAddress(who, "received", self.id)
        for to, several in people.values():
            tells = [_key(each.filed) for each in several]
            write = partial(self._received_mail, to.name, several)
            yield self._letter(tells, "received", to, write)

    def _giver(self, each: FiledInput) -> Addressee | None:
        if each.input.member is not None:
            return self.context.addressees.member(each.input.member)
        return self.context.addressees.sender(each.input.source, each.input.body or "")

    def _received_mail(self, name: str, several: Sequence[InputEntry], said: Messages) -> Mail:
        return inputs_received_mail(self._subject(said), name, several)


def _key(each: FiledInput) -> str:
    return f"input {each.id}"
