"""Revising a proposal: a new revision from new edits, with nothing lost on the way unnamed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from govkit.corpus.changes.units import is_withdrawn
from govkit.corpus.copies import copy_of
from govkit.corpus.documents import Document
from govkit.correspondence import announcements
from govkit.correspondence.letters import to_objectors
from govkit.errors import WrongUse
from govkit.languages.catalogue import messages
from govkit.log.coordinators import charter_of
from govkit.procedures.letters.addressees import Addressees
from govkit.procedures.log.filing import Filing, with_values
from govkit.procedures.log.numbering import next_path
from govkit.procedures.proposals.opening import (
    DraftRevision,
    StepResult,
    matter_of,
    notes_of,
    require_letter,
)
from govkit.procedures.proposals.overlaps import overlaps, require_known, with_alternatives
from govkit.procedures.proposals.revision_files import policy_copies
from govkit.proposals.opening import (
    ApplicablePolicies,
    applicable_policies,
    date_for,
    require_agreed,
)
from govkit.proposals.revision import RevisionEdits, require_nothing_lost, texts_caused
from govkit.proposals.texts import ProposedText, TextComparison
from govkit.records.decisions import ADOPTED
from govkit.records.proposals import Dropped, PolicyAt, Proposal, Revision, Unit
from govkit.records.record_kind import PROPOSALS
from govkit.round.docket import Docket, docket_of
from govkit.round.rounds import Round
from govkit.round.states import ProposalState, state_of
from govkit.source.record_bytes import plain
from govkit.source.writing import moved_to
from govkit.workspace import Workspace
from govkit.workspace.proposed_changes import (
    ProposedChanges,
    changes_of,
    require_checked,
    require_declared,
)

MAY_REVISE = ("comment", "last-call", "decided")


@dataclass(frozen=True)
class RevisionInput:
    """What a new revision is made from.

    `ids` are texts that come in anew, `dropped` what is left out and why. `texts` are path, id and
    bytes of texts that lie elsewhere; what is not among them is taken from the folder, and an
    adopted text that nobody edited is as in the revision before.
    """

    ids: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    texts: tuple[tuple[str, str, bytes], ...] = ()
    letter: str = ""
    comment_until: datetime.date | None = None
    both: Mapping[str, bytes] = field(default_factory=dict)


def docket_named(workspace: Workspace, id: str) -> Docket:
    """Return the docket of a proposal. Raises `WrongUse` where it is not there, or not in order."""
    require_known(workspace.corpus, [id])
    docket = docket_of(workspace.corpus, id)
    if docket is None:
        raise WrongUse(f"the proposal {id} can't be read", "Mend it first: `govkit check`.")
    if docket.revision is None:
        raise WrongUse(
            f"the revisions of {id} can't be read, or one is missing",
            "`govkit check` says what is wrong with them.",
        )
    return docket


def prepare_revision(
    workspace: Workspace,
    id: str,
    words: RevisionInput,
    here: Path,
    base: str | None,
    now: datetime.datetime,
) -> StepResult:
    """Return what opens the next revision. Raises `WrongUse` or `Stopped`; nothing is written."""
    now = now.replace(microsecond=0)
    charter = charter_of(workspace.corpus)
    docket = docket_named(workspace, id)
    state = state_of(docket, now)
    _require_may_revise(id, state, docket)
    previous, number = cast("Revision", docket.revision), docket.number + 1
    making = _Making(changes_of(workspace, here, base), id, previous, docket.number, words)
    changes, chosen = making.changes_with_texts()
    sides = changes.sides(chosen)
    dropped = require_nothing_lost(making.old_texts(), _new_texts(sides), words.dropped, number)
    _require_chosen(chosen)
    require_checked(sides, changes, now.date())
    units = sides.units
    require_declared(sides, units, changes, now.date())
    ids = {each.unit.id for each in units}
    found = [
        each
        for each in overlaps(workspace.corpus, ids, now, own=id)
        if each.proposal in docket.proposal.alongside or id in each.docket.proposal.alongside
    ]
    units, both = with_alternatives(changes, sides, units, found, words.both)
    dropped += making.left_with_their_term(units)
    edits = RevisionEdits(sides, units, making.every_old_text(), previous)
    if edits.nothing_changed(dropped):
        raise WrongUse(
            f"nothing changed since revision {docket.number} of {id}",
            "Edit the texts first, or name a folder with the new ones: --from FOLDER.",
        )
    units = tuple(
        each._replace(unit=each.unit.model_copy(update={"edit": edits.edit_of(each)}))
        for each in units
    )
    # By the words that it was opened under: a policy of today decides nothing here (decision 28).
    rule = applicable_policies(
        workspace.corpus, charter, [each.unit for each in units], docket.policies
    )
    require_letter(words.letter, rule)
    editorial = state.name == "last-call" and edits.all_editorial(dropped)
    until = _until(docket, rule, state, editorial, words.comment_until, now)
    known = {each.id for each in docket.proposal.policies}
    new = tuple(each for each in rule.at() if each.id not in known)
    require_agreed(workspace.corpus, charter, new)
    proposal, again = _with_policies(workspace, docket.proposal, new)
    draft = DraftRevision(changes, sides, units, both, proposal, number, (now, until), dropped)
    matter = matter_of(workspace, proposal, number, draft.revision, words.letter)
    mail = announcements.opening_mail(matter, units, edits.since(), previous)
    notice = next_path(workspace, f"{PROPOSALS}/{id}/notices", 2)
    kept = policy_copies(workspace, proposal)
    filings = [*draft.filings(), *kept, *again, *draft.records(mail, notice)]
    notes = [*_notes(editorial, until, dropped), *notes_of(workspace.corpus, sides, ())]
    letters = to_objectors(matter, docket, now, Addressees(workspace).said_to)
    return StepResult(id, number, draft.revision, filings, mail, notes, letters)


def _require_may_revise(id: str, state: ProposalState, docket: Docket) -> None:
    adopted = docket.decision is not None and docket.decision.record.outcome in ADOPTED
    if state.name in MAY_REVISE and not (state.name == "decided" and adopted):
        return
    said = {
        "decided": "is adopted",
        "applied": "is adopted and applied",
        "released": "is adopted and released",
        "withdrawn": "was withdrawn",
        "lapsed": "has lapsed: nobody took it further in time",
    }.get(state.name, f"is in the state {state.name}")
    raise WrongUse(
        f"the proposal {id} {said}, so it has no further revision",
        "Open a new one with the new words: `govkit propose open`. No consent is carried over.",
    )


def _require_chosen(chosen: Sequence[str]) -> None:
    if not chosen:
        raise WrongUse(
            "no text would be left in the proposal",
            "To end it, withdraw it: `govkit propose withdraw`.",
        )


def _new_texts(sides: TextComparison) -> list[Document]:
    found = [sides.edited(id) for id in sides.chosen]
    return [each for each in found if each is not None and not is_withdrawn(each)]


@dataclass(frozen=True)
class _Making:
    """Where the texts of the next revision come from."""

    changes: ProposedChanges
    proposal: str
    previous: Revision
    number: int
    words: RevisionInput

    def own(self) -> list[Unit]:
        """Return the units that are in the revision before because of their own words."""
        of_terms = set(texts_caused(self.previous))
        return [unit for unit in self.previous.units if unit.id not in of_terms]

    def copy(self, id: str, side: str = "after") -> Document | None:
        """Return a text of the revision before."""
        return copy_of(self.changes.now, f"{self.proposal}/rev-{self.number}", side, id)

    def old_texts(self) -> list[Document]:
        """Return the texts of the revision before that came with words of their own."""
        return [self._whole(unit) for unit in self.own() if unit.after is not None]

    def every_old_text(self) -> list[Document]:
        """Return all texts of the revision before, those that rest on a definition included."""
        return [self._whole(unit) for unit in self.previous.units if unit.after is not None]

    def _whole(self, unit: Unit) -> Document:
        copy = self.copy(unit.id)
        if copy is None or copy.record is None:
            raise WrongUse(
                f"the text of {unit.id} in revision {self.number} is missing or can't be read, so "
                "nobody can say what would be lost",
                "Put it back as it was when the revision was opened; git has it.",
            )
        return copy

    def changes_with_texts(self) -> tuple[ProposedChanges, list[str]]:
        """Return the changes with the texts in their new words, and the ids of the texts."""
        sides = self.changes.sides(())
        gone = {each.id for each in self.words.dropped if each.clause is None}
        elsewhere = {id: (path, data) for path, id, data in self.words.texts}
        texts: dict[str, bytes] = {}
        chosen = []
        added = [sides.known(id) if id not in elsewhere else id for id in self.words.ids]
        self._hold_added(added, gone)
        for unit in self.own():
            if unit.id in gone:
                continue
            found = self._text(unit, sides, elsewhere)
            if found is not None:
                chosen.append(unit.id)
                texts |= found
        for id in added:
            chosen.append(id)
            if id in elsewhere:
                texts |= _placed(sides, id, *elsewhere[id])
        changes = self.changes.with_texts(texts) if texts else self.changes
        return changes, list(dict.fromkeys(chosen))

    def _hold_added(self, added: Sequence[str], gone: set[str]) -> None:
        for id in added:
            if id in gone:
                raise WrongUse(f"{id} is named, and named as dropped", "Choose one of the two.")

    def _text(
        self, unit: Unit, sides: TextComparison, elsewhere: Mapping[str, tuple[str, bytes]]
    ) -> dict[str, bytes] | None:
        """Return the bytes of a text where they are not those in the folder; None: it is gone."""
        if unit.id in elsewhere:
            return _placed(sides, unit.id, *elsewhere[unit.id])
        here, adopted = sides.edited(unit.id), sides.adopted(unit.id)
        if adopted is None:
            return {} if here is not None else None
        if here is not None and here.record != adopted.record:
            return {}
        return self._carried(unit, adopted, sides)

    def _carried(self, unit: Unit, adopted: Document, sides: TextComparison) -> dict[str, bytes]:
        """Return an adopted text that nobody edited anew, as the revision before had it."""
        base = sides.base.digests.of(adopted)
        fits = [("after", unit.before)]
        fits += [(f"alongside/{each.proposal}", each.before) for each in unit.alternatives]
        side = next((side for side, before in fits if before == base), None)
        if side is None:
            raise WrongUse(
                f"the adopted words of {unit.id} are others now than when revision {self.number} "
                "was opened",
                f"Edit {adopted.path} so that it holds both changes, and run this again.",
            )
        if unit.after is None:
            reason = (unit.cause or "").removeprefix("withdrawn: ")
            stone = {"withdrawn": {"reason": reason, "on": self.previous.opened.date()}}
            return {
                adopted.path: with_values(adopted.path, self.changes.before(adopted.path), stone)
            }
        copy = self.copy(unit.id, side)
        if copy is None:
            raise WrongUse(
                f"the text of {unit.id} in revision {self.number} is missing",
                "Put it back as it was when the revision was opened; git has it.",
            )
        data = self.changes.workspace.files[copy.path]
        return {adopted.path: moved_to(adopted.path, adopted.kind or "", data)}

    def left_with_their_term(self, units: Sequence[ProposedText]) -> tuple[Dropped, ...]:
        """Return the texts that were there because of a definition that changes no longer."""
        ids = {each.unit.id for each in units}
        return tuple(
            Dropped(id=id, because="the definition that it rests on is no longer changed")
            for id in texts_caused(self.previous)
            if id not in ids
        )


def _placed(sides: TextComparison, id: str, path: str, data: bytes) -> dict[str, bytes]:
    """Return the bytes of a text from elsewhere at the path that the text has here."""
    here = sides.edited(id) or sides.adopted(id)
    if here is None and not path:
        raise WrongUse(
            f"{id} is new, and nothing says where its file belongs",
            "Put it into the folder of --from as it lies in the governed one, as provisions/….",
        )
    place = here.path if here is not None else path
    return {place: moved_to(place, here.kind or "", data) if here is not None else data}


def _until(
    docket: Docket,
    rule: ApplicablePolicies,
    state: ProposalState,
    editorial: bool,
    asked: datetime.date | None,
    now: datetime.datetime,
) -> datetime.datetime:
    """Return until when comments are taken.

    In last call an edit of spelling alone opens the time in which it can be challenged; every other
    edit opens a full period. Where the policy does not begin anew, the promised date stays.
    """
    quiet = docket.quiet
    if editorial:
        return date_for("a challenge", now, rule.highest.editorial.challenge, quiet, asked)
    if state.name == "comment" and rule.highest.restart.comment == "never":
        promised = max(Round(docket, now).dates.comment_until, now)
        return promised if asked is None else date_for("comments", promised, "P0D", (), asked)
    return date_for("comments", now, rule.highest.periods.comment, quiet, asked)


def _with_policies(
    workspace: Workspace, proposal: Proposal, new: tuple[PolicyAt, ...]
) -> tuple[Proposal, list[Filing]]:
    """Return the proposal with the policies that its new classes ask for, and its new filing."""
    if not new:
        return proposal, []
    policies = (*proposal.policies, *new)
    path = f"{PROPOSALS}/{proposal.id}/proposal.yaml"
    was = workspace.files[path]
    data = with_values(path, was, {"policies": plain(policies)})
    return (
        proposal.model_copy(update={"policies": policies}),
        [Filing(path, data, "proposal", was=was)],
    )


def _notes(editorial: bool, until: datetime.datetime, dropped: Sequence[Dropped]) -> Iterator[str]:
    if editorial:
        end = announcements.deadline_in_words(messages("en"), until)
        yield (
            "Only spelling and order changed, so consents are carried over. Until "
            f"{end} any member can say that an edit changes the meaning; one such challenge is "
            "enough. Then the last call begins anew."
        )
    for each in dropped:
        yield f"Left out: {announcements.dropped_in_words(messages('en'), each)}"
