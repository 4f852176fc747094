"""A change handed in whole: its author's answers written down, and the edits put on their branch.

The same steps as `govkit submit`, for a door that has asked everything before. Nothing is sent.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from govkit.corpus.changes.values import Change
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.procedures.log.filing import write_as_one
from govkit.procedures.proposals.submission import (
    ChangeAnswer,
    commit_edits,
    declaration_of,
    known_answers,
    known_person,
    target_branch,
)
from govkit.proposals.submission import commit_message, require_sentence
from govkit.store.journal import Write
from govkit.store.remotes import main_branch_of, remotes_of
from govkit.workspace import Workspace, open_workspace
from govkit.workspace.comparison import DECLARATIONS
from govkit.workspace.edited_texts import EditedTexts, edited_texts, stops_handing_in

_OUTDATED = "declaration-for-other-words"


class Handing(NamedTuple):
    """What an author says: a sentence, who they are, and by text what each edit does to duties."""

    sentence: str
    person: str | None
    answers: Mapping[str, Mapping[str, ChangeAnswer]]


def what_stops(edits: EditedTexts, today: datetime.date) -> list[Finding]:
    """Return the mistakes that have to be mended first; answers to be given anew are none."""
    asked = {f"{DECLARATIONS}{each.id}.yaml" for each in edits.owing()}
    return [
        each
        for each in edits.findings(today)
        if stops_handing_in(each) and not (each.rule == _OUTDATED and each.path in asked)
    ]


def open_questions(workspace: Workspace, change: Change) -> tuple[str, ...]:
    """Return the spans of a change about which its author has not said yet what they do."""
    _, known = known_answers(workspace, change.id)
    return tuple(span for span in change.unanswered if span not in known)


def hand_in(edits: EditedTexts, said: Handing, now: datetime.datetime) -> str:
    """Put the edits on a branch of their own, and return its name.

    Raises `WrongUse` for mistakes, and for what its author did not say.
    """
    root = edits.workspace.root
    sentence = require_sentence(said.sentence)
    who = known_person(root, said.person)
    if who is None:
        raise WrongUse("nobody is named who hands it in", "Say your name and your mail address.")
    if what_stops(edits, now.date()):
        raise WrongUse("there are mistakes in the words", "Mend them first.")
    edits = _declared(edits, said, sentence, now)
    main = main_branch_of(root, "origin") if "origin" in remotes_of(root) else "main"
    target = target_branch(edits, main)
    commit_edits(edits, target, who, commit_message(sentence, edits.changes), now)
    return target.name


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
    writes = [Write(path, workspace.files.get(path), data) for path, data in files.items()]
    write_as_one(workspace.root, writes, now)
    opened = open_workspace(workspace.root)
    return edited_texts(opened, workspace.root)
