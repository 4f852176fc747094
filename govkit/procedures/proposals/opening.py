"""Opening a proposal: the edits of the folder become exact words before and after, for comments."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from govkit.corpus.books import units_of
from govkit.corpus.whole import Corpus
from govkit.correspondence import announcements
from govkit.correspondence.announcements import MailSubject
from govkit.correspondence.letters import Letter
from govkit.correspondence.mail import Mail
from govkit.correspondence.silence import says_that_silence_agrees
from govkit.errors import WrongUse
from govkit.log.coordinators import charter_of, genesis_of, member_of
from govkit.log.digests import entry_digest
from govkit.procedures.log.filing import Filing, last_entry
from govkit.procedures.proposals.overlaps import (
    Both,
    Overlap,
    overlaps,
    read_text,
    require_known,
    require_said,
    require_shared,
    with_alternatives,
)
from govkit.procedures.proposals.revision_files import (
    copies,
    declarations,
    filed,
    folder_of,
    policy_copies,
    put_back,
    put_in_place,
)
from govkit.proposals.opening import (
    ApplicablePolicies,
    applicable_policies,
    codes_of,
    date_for,
    next_proposal,
    policy_named,
    require_agreed,
    revision_of,
)
from govkit.proposals.texts import ProposedText, TextComparison, class_in_words
from govkit.records.proposals import Dropped, Notice, Proposal, Revision, Unit
from govkit.records.record_kind import PROPOSALS
from govkit.source.scaffolds import NameRefused, one_line
from govkit.store import committed_files, refs, worktree
from govkit.workspace import Workspace
from govkit.workspace.moved_items import moved_items
from govkit.workspace.proposed_changes import (
    ProposedChanges,
    changes_of,
    require_checked,
    require_declared,
)

ERRATA = "Errata"


@dataclass(frozen=True)
class OpeningRequest:
    """What is asked for: which texts, in whose name, under which title.

    `ids` empty means all texts that were edited. `policies` are named beside those that the classes
    ask for. `letter` are words of the coordinators' own for the announcement. `both` are texts for
    the case that another proposal is applied first, by id.
    """

    title: str
    proposer: str
    ids: tuple[str, ...] = ()
    endorsers: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    errata: bool = False
    alongside: tuple[str, ...] = ()
    call: str | None = None
    comment_until: datetime.date | None = None
    letter: str = ""
    both: Mapping[str, bytes] = field(default_factory=dict)


class StepResult(NamedTuple):
    """What a step comes to: the files, the mail to send, and what a coordinator has to know."""

    proposal: str
    number: int
    revision: Revision
    filings: list[Filing]
    mail: Mail
    notes: list[str]
    letters: tuple[Letter, ...] = ()


def prepare_opening(
    workspace: Workspace,
    request: OpeningRequest,
    here: Path,
    base: str | None,
    now: datetime.datetime,
) -> StepResult:
    """Return what opens a proposal. Raises `WrongUse` or `Stopped`; nothing is written here.

    `base` names the state that holds the adopted words, seen from the folder `here`.
    """
    now = now.replace(microsecond=0)
    corpus = workspace.corpus
    charter = charter_of(corpus)
    title = _title(request)
    _require_people(corpus, request)
    require_known(corpus, request.alongside)
    _require_call(corpus, request.call)
    changes = changes_of(workspace, here, base)
    sides = changes.sides(_chosen(changes.sides(()), request))
    units = sides.units
    if request.errata:
        _require_errata(units)
    require_checked(sides, changes, now.date())
    require_declared(sides, units, changes, now.date())
    found = overlaps(changes.register(), {each.unit.id for each in units}, now)
    require_said(found, units, request.alongside, now)
    require_shared(found, request.alongside)
    units, both = with_alternatives(changes, sides, units, found, request.both)
    rule = applicable_policies(corpus, charter, [each.unit for each in units])
    rule = ApplicablePolicies(
        {**rule.named, **{name: policy_named(corpus, name) for name in request.policies}},
        rule.highest,
    )
    require_agreed(corpus, charter, rule.at())
    require_letter(request.letter, rule)
    until = date_for(
        "comments", now, rule.highest.periods.comment, charter.calendar.quiet, request.comment_until
    )
    proposal = Proposal(
        id=next_id(workspace, now.year),
        title=title,
        proposer=request.proposer,
        endorsers=request.endorsers,
        policies=rule.at(),
        alongside=request.alongside,
        call=request.call,
    )
    draft = DraftRevision(changes, sides, units, both, proposal, 1, (now, until), ())
    matter = matter_of(workspace, proposal, 1, draft.revision, request.letter)
    mail = announcements.opening_mail(matter, units)
    filings = [
        *draft.filings(),
        *policy_copies(workspace, proposal),
        filed(f"{PROPOSALS}/{proposal.id}/proposal.yaml", "proposal", proposal),
        *draft.records(mail, f"{PROPOSALS}/{proposal.id}/notices/01.yaml"),
    ]
    return StepResult(proposal.id, 1, draft.revision, filings, mail, notes_of(corpus, sides, found))


@dataclass(frozen=True)
class DraftRevision:
    """A revision in the making: its texts, its number and its dates."""

    changes: ProposedChanges
    sides: TextComparison
    units: tuple[ProposedText, ...]
    both: Both
    proposal: Proposal
    number: int
    dates: tuple[datetime.datetime, datetime.datetime]
    dropped: tuple[Dropped, ...]

    @property
    def folder(self) -> str:
        """Return the folder of the revision."""
        return folder_of(self.proposal.id, self.number)

    @property
    def revision(self) -> Revision:
        """Return the record."""
        besides = [read_text(self.changes, id, data) for (_, id), data in self.both.items()]
        return revision_of(
            [each.unit for each in self.units],
            self.sides.terms(besides),
            self.dropped,
            self.dates,
            charter_of(self.changes.now).id,
            self.proposal,
            self.number,
            codes_of(self.changes.now),
        )

    def filings(self) -> list[Filing]:
        """Return the texts: the copies, what the authors say, and what goes back into place."""
        return [
            *copies(self.changes, self.units, self.revision, self.folder, self.both),
            *declarations(self.changes, self.units, self.folder),
            *put_back(self.changes, self.units),
            *put_in_place(self.changes, self.units),
        ]

    def records(self, mail: Mail, notice: str) -> Iterator[Filing]:
        """Yield the records that the log covers: the revision, and the notice of its opening."""
        yield filed(f"{self.folder}/revision.yaml", "revision", self.revision)
        record = Notice(kind="opening", revision=self.number, digest=mail.digest)
        yield filed(notice, "notice", record)


# --- what is proposed -----------------------------------------------------------------------------


def _chosen(sides: TextComparison, request: OpeningRequest) -> list[str]:
    if request.ids:
        return [sides.known(id) for id in dict.fromkeys(request.ids)]
    changed = sides.changed()
    if not request.errata:
        if not changed:
            sides.refuse_headings()
            raise WrongUse(
                "nothing changed: every text has the words that it had before",
                "Edit the texts first. `--base REV` compares with another state; a text that was "
                "never adopted can be named as it is: `govkit propose open ID --proposer MEMBER`.",
            )
        return changed
    of_errata = TextComparison(sides.base, sides.now, sides.compare, frozenset(changed)).changes
    typos = [id for id in changed if id in of_errata and of_errata[id].floor == 1]
    if not typos:
        raise WrongUse(
            "no adopted text has an edit that is provably editorial",
            "Errata are spelling and full stops. `govkit propose open` takes everything else.",
        )
    return typos


def _require_errata(units: Sequence[ProposedText]) -> None:
    for each in units:
        if each.unit.class_ > 1 or each.unit.before is None:
            raise WrongUse(
                f"{each.unit.id} is no erratum: its change is more than provably editorial",
                "Leave --errata out, or name only the texts with errata.",
            )


def _title(request: OpeningRequest) -> str:
    if not request.title and not request.errata:
        raise WrongUse("a proposal needs a title", 'Say in a few words what it is: --title "…".')
    try:
        return one_line(request.title or ERRATA)
    except NameRefused as reason:
        raise WrongUse(f"the title can't be taken: {reason}", "Write it otherwise.") from None


def _require_people(corpus: Corpus, request: OpeningRequest) -> None:
    for id in (request.proposer, *request.endorsers):
        state = member_of(corpus, id).state
        if state == "ended":
            raise WrongUse(f"the membership of `{id}` has ended", "Name a member of today.")
        if state == "listed" and genesis_of(corpus) is not None:
            raise WrongUse(
                f"`{id}` is listed and has not enrolled, so nobody can speak for it yet",
                "Enrol the member first: `govkit member add --help`.",
            )


def _require_call(corpus: Corpus, call: str | None) -> None:
    known = [each.id.removeprefix("calls/") for each in corpus.of_kind("call")]
    if call is not None and call not in known:
        raise WrongUse(
            f"there is no call for inputs `{call}`",
            typed=call,
            known=known,
            otherwise=f"Calls: {', '.join(known) or 'none yet'}.",
        )


def require_letter(letter: str, rule: ApplicablePolicies) -> None:
    """Raise `WrongUse` where a letter says that silence agrees, and the policy does not."""
    said = says_that_silence_agrees(letter)
    if said is not None and not rule.silence_is_no_objection:
        raise WrongUse(
            f"the letter says that silence agrees: “{said}”",
            "The policy does not count silence. Write instead that who says nothing is printed as "
            "not heard. Nothing was changed.",
        )


def next_id(workspace: Workspace, year: int) -> str:
    """Return the next free id of a proposal; other branches may have given some, too."""
    paths = {*workspace.files, *workspace.others}
    for commit in refs.branch_heads(workspace.root):
        paths |= set(committed_files.governed_files(workspace.root, commit))
    folders = {path.split("/")[2] for path in paths if path.startswith(f"{PROPOSALS}/")}
    return next_proposal(year, folders | set(worktree.names_below(workspace.root, PROPOSALS)))


# --- what is said ---------------------------------------------------------------------------------


def matter_of(
    workspace: Workspace, proposal: Proposal, number: int, revision: Revision, letter: str = ""
) -> MailSubject:
    """Return what a mail about a revision is about, as the register stands."""
    corpus = workspace.corpus
    newest = last_entry(workspace.root)
    texts = {
        document.id: document.title
        for document in corpus.copies
        if document.path.startswith(f"{folder_of(proposal.id, number)}/")
    }
    return MailSubject(
        said=corpus.messages,
        coalition=charter_of(corpus).name,
        proposal=proposal,
        number=number,
        revision=revision,
        proposer=member_of(corpus, proposal.proposer).name,
        head=(newest.seq, entry_digest(newest)) if newest is not None else None,
        forming=genesis_of(corpus) is None,
        letter=letter,
        titles=texts,
    )


def _books_not_adopted(sides: TextComparison) -> Iterator[str]:
    """Yield what else a release of these texts takes: their books, and the terms in these."""
    chosen, lacking = {*sides.chosen}, dict[str, None]()
    for book in sides.proposed.of_kind("instrument"):
        units = units_of(sides.proposed, book.id)
        if chosen & {unit.id for unit in units}:
            drafts = (unit for unit in units if unit.status == "draft" and unit.id not in chosen)
            lacking |= {e.id: None for e in drafts if e.kind in ("instrument", "term")}
    if lacking:
        yield (
            f"Without these no release can be cut of the book: {', '.join(lacking)}. They were "
            "never adopted, and are not in this proposal. If none is open about them, open one "
            f"beside it now: `govkit propose open {' '.join(lacking)} --title WORDS --proposer "
            "MEMBER`."
        )


def notes_of(corpus: Corpus, sides: TextComparison, found: Sequence[Overlap]) -> list[str]:
    """Return what a coordinator has to know, beside what was done."""
    notes = []
    if genesis_of(corpus) is None:
        notes.append(
            "This coalition is forming. Comments can be taken, and nothing can be adopted until "
            "it is founded: `govkit found`."
        )
    drafts = sides.resting_on_drafts()
    if drafts:
        notes.append(
            f"These texts rest on terms that were never adopted: {', '.join(drafts)}. If such a "
            "definition is edited later, consents to the texts no longer fit. Better propose the "
            "terms first, or with them."
        )
    notes += _books_not_adopted(sides)
    notes += [
        f"{each.path}: {each.message}. {each.help}"
        for each in moved_items(sides.base, sides.proposed)
    ]
    notes += [
        f"{other} was open first and does not know of this proposal. If this one is applied first, "
        f"consents to its texts no longer fit; `govkit propose revise {other}` mends that."
        for other in dict.fromkeys(each.proposal for each in found)
    ]
    others = [id for id in sides.changed() if id not in sides.chosen and sides.adopted(id)]
    if others:
        notes.append(f"Edited too, and no part of this proposal: {', '.join(others)}.")
    return notes


def units_in_words(units: Sequence[Unit]) -> Iterator[str]:
    """Yield a line for each text of a revision."""
    for unit in units:
        why = f", because of {unit.cause}" if (unit.cause or "").startswith("term:") else ""
        what = "goes" if unit.after is None else "new" if unit.before is None else "changed"
        yield f"{unit.id}: {what}, {class_in_words(max(unit.class_, unit.floor))}{why}"
