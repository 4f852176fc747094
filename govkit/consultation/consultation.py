"""One consultation: a proposal, the words of its revisions, and every comment that was filed.

What is computed here is never stored: whether a comment came late, and whether the words that it
is about still stand.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from govkit.consultation.anchoring import narrow_places, places_of
from govkit.consultation.wording import RevisionWording, wording_of
from govkit.corpus.commitments import disclosed, named_author
from govkit.corpus.copies import copy_of
from govkit.corpus.naming import proposal_named
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError, WrongUse
from govkit.languages.catalogue import Messages
from govkit.log.entries import entries_of, valid_entries, with_logged_answer
from govkit.records.comments import Author, Comment
from govkit.records.disclosures import Disclosure
from govkit.records.governance import Charter, Member
from govkit.records.kinds import folder_of_proposal
from govkit.records.proposals import Proposal, Revision, Unit
from govkit.records.scalars import END_OF_TIME
from govkit.round.comment_periods import RoundDates, is_late
from govkit.round.corrections import Replaced
from govkit.round.docket import Docket, docket_of
from govkit.round.held_back import HeldBack, comments_held_back
from govkit.round.rounds import Round
from govkit.round.states import is_running, state_of

Times = tuple[RoundDates, ...]
_A_DAY = datetime.timedelta(days=1)
_SAID = ("target", "type", "challenge", "comment", "proposed_text", "refers_to")
"""What makes two comments of one author the same, however they came."""


@dataclass(frozen=True)
class FiledComment:
    """A comment that was filed: its number, its file, when it came (None: the log does not say)."""

    number: int
    path: str
    comment: Comment
    received_at: datetime.datetime | None
    late: bool
    replaced: Replaced | None = None
    """What stands in its place, where it was written down wrongly."""
    held: HeldBack | None = None
    """Why its words are not shown, where two coordinators hold it back."""
    words: Disclosure | None = None
    """Who commented and is no member, where that is disclosed."""

    @property
    def author(self) -> Author:
        """Return who commented, with the name where it is there to be shown."""
        return named_author(self.comment.author, self.words)

    @property
    def is_waiting(self) -> bool:
        """Say whether it waits for an answer; one that is held back, or replaced, waits for none.

        Nor does one that its author took back.
        """
        return self.comment.is_unanswered and self.replaced is None and self.held is None

    @property
    def is_left_out(self) -> bool:
        """Say whether the author has a name that is not here."""
        return self.comment.author.commitment is not None and self.words is None

    @property
    def name(self) -> str:
        """Return the number as the file has it, as 0012."""
        return f"{self.number:04d}"


@dataclass(frozen=True)
class Consultation:
    """A proposal with its revisions and comments. It has at least one revision.

    `times` gives for each revision when comments are taken, as notices moved it.
    """

    corpus: Corpus
    charter: Charter
    proposal: Proposal
    revisions: tuple[Revision, ...]
    times: Times
    comments: tuple[FiledComment, ...]

    @property
    def messages(self) -> Messages:
        """Return the words that are printed around the texts, in their language."""
        return self.corpus.messages

    @property
    def number(self) -> int:
        """Return the number of the current revision."""
        return len(self.revisions)

    @cached_property
    def members(self) -> Mapping[str, Member]:
        """Return the members by their ids."""
        found = self.corpus.of_kind("member")
        return {each.id: each.record for each in found if isinstance(each.record, Member)}

    def revision(self, number: int | None) -> int:
        """Return the number of a revision that is there; None means the current one.

        Raises `WrongUse` for any other.
        """
        if number is None:
            return self.number
        if not 1 <= number <= self.number:
            raise WrongUse(
                f"proposal {self.proposal.id} has no revision {number}",
                f"Its revisions are numbered 1 to {self.number}."
                if self.number > 1
                else "It has revision 1 only.",
            )
        return number

    def units(self, revision: int) -> dict[str, Unit]:
        """Return the texts of a revision by their ids, in the order of the revision."""
        return {unit.id: unit for unit in self.revisions[revision - 1].units}

    def unit(self, revision: int, id: str) -> Unit:
        """Return a text of a revision. Raises `WrongUse` for one that is not in it."""
        units = self.units(revision)
        for known, unit in units.items():
            if known.casefold() == id.casefold():
                return unit
        raise WrongUse(
            f"revision {revision} of proposal {self.proposal.id} has no text `{id}`",
            f"Its texts: {', '.join(units)}.",
            typed=id,
            known=list(units),
        )

    def wording(self, revision: int, id: str) -> RevisionWording:
        """Return the words of a text as a revision proposes them; as it found them, if it goes.

        Raises `WrongUse` for an unknown text, `GovkitError` where the copy can't be read.
        """
        unit = self.unit(revision, id)
        known = self._known.get((revision, unit.id))
        if known is None:
            known = self._known[revision, unit.id] = self._read(revision, unit)
        return known

    @cached_property
    def _known(self) -> dict[tuple[int, str], RevisionWording]:
        """Return the words that were read: a thousand comments may be about one text."""
        return {}

    def _read(self, revision: int, unit: Unit) -> RevisionWording:
        side = "after" if unit.after else "before"
        copy = copy_of(self.corpus, f"{self.proposal.id}/rev-{revision}", side, unit.id)
        if copy is None or copy.record is None:
            raise GovkitError(
                f"the words of {unit.id} in revision {revision} can't be read",
                "The proposal's copy of them is missing or damaged: `govkit check` says more.",
            )
        return wording_of(copy, unit.after or unit.before)

    def wordings(self, revision: int) -> tuple[RevisionWording, ...]:
        """Return the words of all texts of a revision, in its order."""
        return tuple(self.wording(revision, id) for id in self.units(revision))

    def clause_of(self, filed: FiledComment) -> str:
        """Return the clause in which the words stand that a comment quotes, or an empty text."""
        target = filed.comment.target
        if target.unit is None or target.quote is None:
            return ""
        found = places_of(self.wording(target.revision, target.unit), target.quote)
        found = narrow_places(found, target.prefix or "", target.suffix or "")
        return found[0].clause if len(found) == 1 else ""

    def comment(self, number: int) -> FiledComment:
        """Return a comment. Raises `WrongUse` where there is none of that number."""
        for filed in self.comments:
            if filed.number == number:
                return filed
        last = self.comments[-1].name if self.comments else ""
        raise WrongUse(
            f"proposal {self.proposal.id} has no comment {number:04d}",
            f"Its comments go up to {last}." if last else "It has no comments yet.",
        )

    def said_before(self, comment: Comment, received: datetime.datetime) -> FiledComment | None:
        """Return a comment of the same author, words and place that came within a day, or None."""
        for filed in self.comments:
            if filed.received_at is None or abs(received - filed.received_at) > _A_DAY:
                continue
            same = all(getattr(filed.comment, name) == getattr(comment, name) for name in _SAID)
            if same and filed.author == comment.author:
                return filed
        return None

    def is_late(self, revision: int, received_at: datetime.datetime) -> bool:
        """Say whether a comment on a revision comes late."""
        return is_late(self.times, revision, received_at)

    def group_of(self, comment: Comment, received: datetime.datetime | None = None) -> str:
        """Return the stakeholder group that a comment comes from, or an empty text.

        It is the group of its author on the day that it came, whatever mandate came later.
        """
        author = comment.author
        member = self.members.get(author.member or "")
        mandates = member.terms if member else ()
        begun = [each for each in mandates if received is None or each.since <= received.date()]
        return author.group or next((each.group for each in reversed(begun or mandates)), "")


def consultation_of(
    corpus: Corpus, proposal: str | None, now: datetime.datetime | None = None
) -> Consultation:
    """Return the consultation on a proposal; None means the only one that is open at `now`.

    Who only reads gives no moment: then it is the one that was open at the newest entry of the log.

    Raises `WrongUse` where it is not clear which is meant, or nothing can be commented on yet.
    """
    if corpus.charter is None:
        raise GovkitError("the charter can't be read", "Run `govkit check` and mend it first.")
    found = _proposal(corpus, proposal, now or _newest(corpus))
    docket = docket_of(corpus, found.id)
    if docket is None or not docket.revisions:
        raise WrongUse(
            f"proposal {found.id} has no revision that can be read, so there are no words to "
            "comment on",
            "`govkit check` says what is wrong with it.",
        )
    round = Round(docket, END_OF_TIME)
    revisions = tuple(each.record for each in docket.revisions)
    times, held = round.comment_periods, comments_held_back(docket, END_OF_TIME)
    comments = tuple(
        replace(
            each,
            replaced=round.replaced.get(f"comments/{each.name}"),
            held=held.get(f"comments/{each.name}"),
        )
        for each in _comments(corpus, docket, times)
    )
    return Consultation(corpus, corpus.charter, found, revisions, times, comments)


def _newest(corpus: Corpus) -> datetime.datetime:
    entries = entries_of(corpus)
    return entries[-1][1].recorded_at if entries else END_OF_TIME


def _proposal(corpus: Corpus, id: str | None, now: datetime.datetime) -> Proposal:
    if id is not None:
        return proposal_named(corpus, id)
    known = {
        each.id: each.record
        for each in corpus.of_kind("proposal")
        if isinstance(each.record, Proposal)
    }
    dockets = {each: docket_of(corpus, each) for each in known}
    still_open = [
        each
        for each, docket in dockets.items()
        if docket is not None and is_running(state_of(docket, now))
    ]
    if len(still_open) == 1:
        return known[still_open[0]]
    raise WrongUse(
        "no proposal is open"
        if not still_open
        else f"{len(still_open)} proposals are open: {', '.join(still_open)}",
        "Name one with --proposal, as 2026-003.",
    )


def _comments(corpus: Corpus, docket: Docket, times: Times) -> list[FiledComment]:
    folder, entries = folder_of_proposal(docket.proposal.id), valid_entries(corpus)
    came = {each.id: each.entry.received_at for each in docket.comments if each.entry is not None}
    found = []
    for document in corpus.of_kind("comment"):
        comment = document.record
        if document.path.startswith(folder) and isinstance(comment, Comment):
            received = came.get(document.path.removeprefix(folder).removesuffix(".yaml"))
            late = received is not None and is_late(times, comment.target.revision, received)
            number = int(document.id.rpartition("/")[2])
            comment = with_logged_answer(comment, document.path, entries)
            words = disclosed(corpus, document.path)
            found.append(FiledComment(number, document.path, comment, received, late, words=words))
    return sorted(found, key=lambda each: each.number)
