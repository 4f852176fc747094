"""A change handed in whole: its author's answers written down, and the edits put on their branch.

For a door that has asked everything before, and as steps for `govkit submit`, which asks between
them. Nothing is sent but by `push_change`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from govkit.corpus.changes.values import Change
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.procedures.log.filing import write_as_one
from govkit.procedures.proposals.submission import (
    ChangeAnswer,
    SubmissionBranch,
    commit_edits,
    declaration_of,
    known_answers,
    known_person,
    target_branch,
)
from govkit.procedures.proposals.submission_mail import mail_bytes, recipients_of
from govkit.procedures.proposals.submission_route import (
    Route,
    beside_repository,
    no_remote,
    route_of,
)
from govkit.proposals.submission import commit_message, proposed_sentence, require_sentence
from govkit.store.journal import Write
from govkit.store.remotes import push
from govkit.store.repository import subject_of
from govkit.store.worktree import write_whole
from govkit.workspace import Workspace, open_workspace
from govkit.workspace.comparison import DECLARATIONS
from govkit.workspace.edited_texts import EditedTexts, edited_texts, stops_handing_in

_OUTDATED = "declaration-for-other-words"


Way = Literal["keep", "mail", "push"]
"""What is done with a change that is on its branch: nothing more, a mail, or it is pushed."""


class Handing(NamedTuple):
    """What an author says: a sentence, who they are, and by text what each edit does to duties."""

    sentence: str
    person: str | None
    answers: Mapping[str, Mapping[str, ChangeAnswer]]
    how: Way = "keep"


class HandedIn(NamedTuple):
    """A change on its branch: its author, whom its mail is for, the message, and the commit."""

    edits: EditedTexts
    target: SubmissionBranch
    commit: str
    who: str
    to: tuple[str, ...]
    message: str

    @property
    def name(self) -> str:
        """Return what it is called among people, and in the names of files."""
        return self.target.name.rpartition("/")[2]


def without_asked(edits: EditedTexts, found: Iterable[Finding]) -> list[Finding]:
    """Return findings without those about answers that their author is asked for anew.

    What was answered to an earlier edit is taken over then.
    """
    asked = {f"{DECLARATIONS}{each.id}.yaml" for each in edits.owing()}
    return [each for each in found if not (each.rule == _OUTDATED and each.path in asked)]


def what_stops(edits: EditedTexts, today: datetime.date) -> list[Finding]:
    """Return the mistakes that have to be mended first; answers to be given anew are none."""
    return [each for each in without_asked(edits, edits.findings(today)) if stops_handing_in(each)]


def open_questions(workspace: Workspace, change: Change) -> tuple[str, ...]:
    """Return the spans of a change about which its author has not said yet what they do."""
    _, known = known_answers(workspace, change.id)
    return tuple(span for span in change.unanswered if span not in known)


def sentence_of(edits: EditedTexts) -> str:
    """Return the sentence that follows from what changed, or the one that was said already."""
    if edits.files:
        return proposed_sentence(edits.changes, edits.differing)
    return subject_of(edits.workspace.root, edits.head)


def hand_in(edits: EditedTexts, said: Handing, now: datetime.datetime) -> HandedIn:
    """Put the edits on a branch of their own. What is on one already is handed in as it is.

    Raises `WrongUse` for mistakes, and for what its author did not say.
    """
    root = edits.workspace.root
    if not edits.differing:
        raise WrongUse("nothing is changed here that can be handed in", "Edit a text first.")
    route = route_of(root, None)
    if said.how == "push" and route.address is None:
        raise no_remote(route)
    sentence = require_sentence(said.sentence)
    who = known_person(root, said.person)
    if who is None:
        raise WrongUse("nobody is named who hands it in", "Say your name and your mail address.")
    to = recipients_of(edits, who) if said.how == "mail" else ()
    if what_stops(edits, now.date()):
        raise WrongUse("there are mistakes in the words", "Mend them first.")
    edits = _declared(edits, said, sentence, now)
    target = target_branch(edits, route.main)
    message = commit_message(sentence, edits.changes)
    commit = commit_edits(edits, target, who, message, now)
    return HandedIn(edits, target, commit, who, to, message)


def write_mail(handed: HandedIn, redline: str, now: datetime.datetime) -> Path:
    """Write the mail of a change beside the repository, and return its file.

    `redline` is the redline as the door prints it. An older mail of the same change goes.
    """
    path = beside_repository(handed.edits.workspace.root, f"{handed.name}.eml")
    people = (handed.who, *handed.to)
    write_whole(path, mail_bytes(handed.edits, handed.message, people, handed.name, redline, now))
    return path


def push_change(handed: HandedIn, route: Route) -> tuple[str, ...]:
    """Push a change, and return what the host says; nobody is asked for a password.

    Raises `WrongUse` without a remote, `GovkitError` where the host does not take it.
    """
    if route.address is None or route.remote is None:
        raise no_remote(route)
    root = handed.edits.workspace.root
    return push(root, route.remote.address, handed.commit, handed.target.ref, asks=False)


def with_declarations(
    edits: EditedTexts,
    files: Mapping[str, bytes],
    now: datetime.datetime,
    here: Path,
    names: Sequence[str] = (),
) -> EditedTexts:
    """Write down what an author answered, and return the edits with it, as `names` ask for."""
    workspace = edits.workspace
    writes = [Write(path, workspace.files.get(path), data) for path, data in files.items()]
    write_as_one(workspace.root, writes, now)
    return edited_texts(open_workspace(workspace.root), here, names)


def _declared(
    edits: EditedTexts, said: Handing, sentence: str, now: datetime.datetime
) -> EditedTexts:
    """Write down what the author answered, and return the edits with it."""
    workspace, owing = edits.workspace, edits.owing()
    files = {}
    for change in owing:
        reason, known = known_answers(workspace, change.id)
        given = said.answers.get(change.id, {})
        answers = {span: known.get(span) or given.get(span) for span in change.unanswered}
        told = {span: each for span, each in answers.items() if each is not None and each.why}
        if len(told) < len(answers):
            raise WrongUse(
                f"only its author can say whether a duty changes in {change.id}",
                "Answer each question, with a reason.",
            )
        path, data = declaration_of(change, reason or sentence, told)
        files[path] = data
    if not files:
        return edits
    return with_declarations(edits, files, now, workspace.root)
