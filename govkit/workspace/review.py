"""What a reviewer has to know of a change: of each text, whether its words were adopted, what
consent the change needs, whom it concerns, and what rests on it.

Everything that decides about consent is read in the older state, so that a change can't ease the
rules by which it is judged.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govkit.consent.adoption import adoptions_of
from govkit.consent.policy_text import needed_in_words
from govkit.corpus.changes.units import is_withdrawn
from govkit.corpus.changes.values import Change, Changes, weight
from govkit.corpus.documents import Document
from govkit.corpus.impact import impact_of
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.proposals.opening import name_of_policy, policy_named
from govkit.proposals.texts import NEW, class_in_words, is_adopted
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.store import commit_names, committed_files
from govkit.workspace import Report, Workspace
from govkit.workspace.comparison import StateComparison, compare, whole
from govkit.workspace.states import shared_state, state_of_commit, state_of_folder

_MACHINERY = (
    ".forgejo/",
    ".git",  # .github/, .gitlab-ci.yml, .gitattributes and their kin
    ".pre-commit",
    "Makefile",
    "constraints.txt",
    "govkit/",
    "pyproject.toml",
    "scripts/",
)
DUTY = 5
"""The class from which on a change alters a duty: what questions that are open may come to."""


@dataclass(frozen=True)
class ReviewedChange:
    """A change, and what a reviewer has to know of it.

    `is_proposal` says that it touches adopted words and that nobody has decided about it. `consent`
    says in a sentence or more what consent it needs, or why none. `parties` are the addressees and
    beneficiaries of the clauses that changed; `rests` the ids of all that rests on the text, and
    `again` those of them that would need a new consent.
    """

    change: Change
    is_proposal: bool
    consent: str
    parties: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """A change between two states with its findings, for whoever looks at it.

    `machinery` are committed files that differ and by which others are checked: workflows, hooks,
    the program itself.
    """

    compared: StateComparison
    report: Report
    texts: tuple[ReviewedChange, ...]
    machinery: tuple[str, ...] = ()


def review_of(workspace: Workspace, revision: str | None, today: datetime.date) -> Review:
    """Return the review of the folder against where it left a revision, or else the main branch.

    Raises `WrongUse` for an unknown name, `IncompleteHistory` in a clone that is too shallow.
    """
    root = workspace.root
    if revision is None:
        old = shared_state(root)
    else:
        named = commit_names.resolve(root, revision)
        old = state_of_commit(root, commit_names.merge_base(root, named))
    compared = compare(old, state_of_folder(root, root))
    texts = reviewed(whole(old), workspace.corpus, compared.changes)
    head = commit_names.resolve(root, "HEAD")
    differ = committed_files.paths_changed(root, old.name, head)
    machinery = tuple(path for path in differ if path.startswith(_MACHINERY))
    return Review(compared, workspace.check(today, old.name), texts, machinery)


def reviewed(before: Corpus, after: Corpus, changes: Changes) -> tuple[ReviewedChange, ...]:
    """Return each change between two whole states with what a reviewer has to know of it."""
    view = _View(before, after)
    return tuple(view.of(change) for change in changes.changes)


@dataclass(frozen=True)
class _View:
    """Both states, whole."""

    before: Corpus
    after: Corpus

    def of(self, change: Change) -> ReviewedChange:
        was, is_ = (side.find((change.kind,), change.id) for side in (self.before, self.after))
        is_proposal, consent = self._consent(change, was, is_)
        corpus, document = (self.after, is_) if is_ is not None else (self.before, was)
        if document is None:  # it can't be read on either side, and a finding says why
            return ReviewedChange(change, is_proposal, consent)
        found = impact_of(corpus, document)
        return ReviewedChange(
            change,
            is_proposal,
            consent,
            tuple(dict.fromkeys(_parties(change, was, is_))),
            tuple(each.id for each in found.all if each.kind != "instrument"),  # a book holds it
            tuple(each.id for each in found.to_consent_again),
        )

    def _consent(
        self, change: Change, was: Document | None, is_: Document | None
    ) -> tuple[bool, str]:
        if change.kind not in NORMATIVE_KINDS:
            return False, "none: this is no normative text; an editor looks at it"
        if not is_adopted(was):
            return False, "none yet: the words are a draft until they are proposed"
        assert was is not None
        gone = is_ is None or (is_withdrawn(is_) and not is_withdrawn(was))
        if change.before == change.after and not gone:
            return False, "none: no normative word differs; an editor looks at it"
        known = adoptions_of(self.after).get(change.id, ())
        if known and known[-1].after == (None if gone else change.after):
            return False, f"given already: {known[-1].named}"
        return True, self._needed(change, gone)

    def _needed(self, change: Change, gone: bool) -> str:
        number = NEW if gone else max(weight(change.class_), weight(change.floor), 1)
        open_ = bool(change.unanswered) and number < DUTY
        charter = self.before.charter
        if charter is None:
            return "the charter can't be read, so nobody can say"
        try:
            name = name_of_policy(charter, DUTY if open_ else number)
            words = needed_in_words(policy_named(self.before, name), charter.groups)
        except WrongUse as missing:
            return missing.message
        until = f"{class_in_words(DUTY)} until its author has answered" if open_ else ""
        return f"policy {name} ({until or class_in_words(number)}). {words}"


def _parties(change: Change, *sides: Document | None) -> Iterator[str]:
    changed = {clause.id for clause in change.clauses}
    changed |= {
        field.field.split(".")[1] for field in change.fields if field.field.startswith("clauses.")
    }
    for side in sides:
        record: Any = side.record if side is not None else None
        for clause in getattr(record, "clauses", ()):
            if clause.id in changed:
                yield from getattr(clause, "addressee", ())
                yield from getattr(clause, "beneficiary", ())
