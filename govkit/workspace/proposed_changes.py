"""What a proposal changes: the adopted words, beside the folder as it was edited."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from govkit.checks import changes as rules
from govkit.checks.all_rules import BY_SLUG
from govkit.checks.context import Context
from govkit.checks.run import findings_of
from govkit.checks.shape import placeholder
from govkit.corpus.base import Base
from govkit.corpus.changes.compare import changes_between
from govkit.corpus.changes.declared import declarations_of
from govkit.corpus.changes.values import Changes
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import WrongUse
from govkit.findings import Finding, in_order
from govkit.proposals.blockers import Blocked, Blocker
from govkit.proposals.texts import (
    ProposedText,
    TextComparison,
    declaration_to_fill_in,
    needs_declaration,
)
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.source.places import with_places
from govkit.store import commit_names, committed_files
from govkit.workspace import Workspace
from govkit.workspace.decided_words import as_decided
from govkit.workspace.states import document_at, documents_at, shared_state, state_named

_RULES = (
    rules.declaration_for_other_words,
    rules.class_under_floor,
    rules.evidence_unanswered,
    rules.answer_against_class,
    rules.answer_without_question,
    rules.text_and_status,
)
"""The rules about what an author declares, which a check runs on a change, too."""


@dataclass(frozen=True)
class ProposedChanges:
    """The adopted words and the folder, whole, with the bytes of both.

    `name` is the commit that the adopted words are taken from. `texts` are bytes that take the
    place of those in the folder, by path; None takes the file away.
    """

    workspace: Workspace
    name: str
    base: Corpus
    now: Corpus
    old: Mapping[str, bytes]
    texts: Mapping[str, bytes]

    def before(self, path: str) -> bytes:
        """Return the bytes of a record as it was adopted."""
        return self.old[path] if path in self.old else self.workspace.files[path]

    def after(self, path: str) -> bytes:
        """Return the bytes of a record as it is proposed."""
        return self.texts[path] if path in self.texts else self.workspace.files[path]

    def register(self) -> Corpus:
        """Return the register as it is, beside the texts in their adopted words.

        So an edit in a file does not make a proposal that was decided and applied look open again.
        """
        texts = [each for each in self.base.documents if each.kind in NORMATIVE_KINDS]
        rest = [each for each in self.now.documents if each.kind not in NORMATIVE_KINDS]
        return corpus_of([*texts, *rest])

    def sides(self, chosen: Iterable[str]) -> TextComparison:
        """Return both states for the texts that are proposed."""
        return TextComparison(self.base, self.now, compared, frozenset(chosen))

    def with_texts(self, texts: Mapping[str, bytes]) -> ProposedChanges:
        """Return the same changes with some texts in other words, by their paths."""
        kept = [each for each in self.workspace.corpus.documents if each.path not in texts]
        read = [document_at(path, data) for path, data in texts.items()]
        now = corpus_of([*kept, *read, *self.workspace.corpus.copies])
        return ProposedChanges(self.workspace, self.name, self.base, now, self.old, texts)


def changes_of(workspace: Workspace, here: Path, revision: str | None) -> ProposedChanges:
    """Return the changes of a proposal: the words of a commit, and the adopted ones as decided.

    `revision` is a commit or folder that a person names, seen from `here`. Without one it is the
    last commit that this branch shares with the main one. Raises `WrongUse` where there is none.
    """
    root = workspace.root
    if commit_names.head(root) is None:
        raise WrongUse(
            "this folder has no commit yet, so nobody can say which words were there before",
            "Commit the texts first: `git add -A`, then `git commit`.",
        )
    state = shared_state(root) if revision is None else state_named(root, here, revision)
    here_ids = committed_files.blob_ids(
        root,
        {path: data for path, data in workspace.files.items() if path in workspace.corpus.by_path},
        state.ids,
    )
    same = {path for path, id in here_ids.items() if state.ids.get(path) == id}
    differ = [path for path in state.ids if path not in same]
    base = corpus_of(
        [*(workspace.corpus.by_path[path] for path in same), *documents_at(state, differ)]
    )
    old = state.read([path for path in differ if path not in state.too_large])
    decided = as_decided(workspace, state, base)
    return ProposedChanges(
        workspace, state.name, decided.base, workspace.corpus, {**old, **decided.old}, {}
    )


def compared(old: Corpus, new: Corpus) -> Changes:
    """Return what changed from one state to another, as the authors of the second declare it."""
    return changes_between(old, new, declared=declarations_of(new.documents))


# --- what the checks say about it -----------------------------------------------------------------

_ABOUT_WORDS = frozenset(
    ("shape", "identity", "references", "terms", "force", "parameters", "grounds")
)
"""The families of rules about a text as such. Others ask how adopted words came about, and for them
an edit is wrong until it is proposed."""


def require_checked(sides: TextComparison, changes: ProposedChanges, today: datetime.date) -> None:
    """Raise `Blocked` where `check` finds an error in a text that is proposed."""
    texts = [sides.edited(id) for id in sides.chosen]
    paths = {each.path for each in texts if each is not None}
    found = [
        each
        for each in findings_of(sides.proposed, today)
        if each.path in paths and each.stops == "merge" and is_about_words(each)
    ]
    if found:
        raise Blocked(
            "a text that is proposed has errors",
            _placed(found, changes),
            "Mend them first: `govkit check`. Nothing was changed.",
        )


def is_about_words(finding: Finding) -> bool:
    """Say whether a finding is about a text as such, and not about how its words came about."""
    if finding.rule == "not-reciprocal":
        return False  # `supersedes` of the successor is no word that is proposed
    known = BY_SLUG.get(finding.rule)
    return known is None or known.family in _ABOUT_WORDS


def require_declared(
    sides: TextComparison,
    units: Iterable[ProposedText],
    changes: ProposedChanges,
    today: datetime.date,
) -> None:
    """Raise `Blocked` where what the authors say of their changes does not reach."""
    units = tuple(units)
    adopted = {each.unit.id for each in units if each.unit.before is not None}
    found = [each for each in _of_declarations(sides, today) if _about(sides.now, each) in adopted]
    found += _blanks(units, sides, today)
    stops = [*_placed(found, changes), *_undeclared(units)]
    if stops:
        raise Blocked(
            "what the authors say about their changes does not reach",
            stops,
            "Then run the command again. Nothing was changed.",
        )


def _of_declarations(sides: TextComparison, today: datetime.date) -> Iterator[Finding]:
    old, new = sides.base, sides.proposed
    paths = {*old.by_path, *new.by_path}
    changed = {path for path in paths if old.by_path.get(path) is not new.by_path.get(path)}
    before = corpus_of(old.by_path[path] for path in changed if path in old.by_path)
    context = Context(new, today, BY_SLUG, Base("", frozenset(changed), before, corpus_of(())))
    for generate in _RULES:
        yield from generate(context)


def _blanks(
    units: Iterable[ProposedText], sides: TextComparison, today: datetime.date
) -> Iterator[Finding]:
    """Yield what was never filled in: a blank of the sheet is no answer, and nobody's word."""
    context = Context(sides.now, today, BY_SLUG)
    for each in units:
        if each.declared is not None:
            yield from placeholder(each.declared, context)


def _about(corpus: Corpus, finding: Finding) -> str:
    document = corpus.by_path.get(finding.path)
    record = document.record if document is not None else None
    return str(getattr(record, "of", None) or (document.id if document is not None else ""))


def _undeclared(units: Iterable[ProposedText]) -> Iterator[Blocker]:
    for each in units:
        spans = needs_declaration(each)
        if spans:
            asked = [f"`{span}`" for span in spans if span]
            words = f", and answer for {', '.join(asked)}" if asked else ""
            yield Blocker(
                each.unit.id,
                "only its author can say whether a duty changes. Write why the change is needed"
                f"{words}; or declare class 5 or higher.",
                f"Write governance/changes/{each.unit.id}.yaml:\n"
                + declaration_to_fill_in(each, spans).rstrip("\n"),
            )


def _placed(findings: Iterable[Finding], changes: ProposedChanges) -> list[Blocker]:
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    placed = [
        each for path, found in by_path.items() for each in with_places(changes.after(path), found)
    ]
    return [Blocker(_place(each), each.message, each.help) for each in sorted(placed, key=in_order)]


def _place(finding: Finding) -> str:
    place = finding.place
    return f"{finding.path}:{place.line}:{place.column}" if place else finding.path
