"""What is to be done until decided words are in a release: cut it, or end what stops it first."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from govkit.corpus.books import units_of
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.log.coordinators import coordinators_of
from govkit.proposals.task import Task
from govkit.release.blockers import ReleaseBlocker, ReleaseSubject, of_book
from govkit.release.manifest import slug_of
from govkit.release.published import releases_of
from govkit.round.docket import docket_of
from govkit.round.states import open_dockets, state_of

_TASKS_ALREADY = ("forming", "objection", "comment", "not-applied")
"""What is a task of the founding or of a proposal already."""
_RULES_WITH_TASKS = ("log-unsealed", "less-mature")
"""What goes once the log is sealed, and the drafts that are named are adopted."""


def releases_to_cut(
    corpus: Corpus, now: datetime.datetime, check: Callable[[], Iterable[Finding]]
) -> Iterator[Task]:
    """Yield the tasks of each candidate, and of each book with decided words that no release has.

    `check` gives what a check of the corpus finds; it is asked only where there is such a book.
    """
    yield from _candidates(corpus)
    waiting = _waiting_words(corpus, now)
    if not waiting:
        return
    findings = tuple(each for each in check() if each.rule not in _RULES_WITH_TASKS)
    proposed = _proposed_texts(corpus, now)
    for document in corpus.of_kind("instrument"):
        slug, units = slug_of(document.id), units_of(corpus, document.id)
        proposals = dict.fromkeys(id for unit in units for id in waiting.get(unit.id, ()))
        if not proposals or any(cut.publication is None for cut in releases_of(corpus, slug)):
            continue
        subject = ReleaseSubject(corpus, document.id, now, findings, units)
        yield from _Book(slug, (*proposals,), subject, proposed).tasks()


def _candidates(corpus: Corpus) -> Iterator[Task]:
    published = {document.path.rpartition("/")[0] for document in corpus.of_kind("publication")}
    for document in corpus.of_kind("manifest"):
        folder = document.path.rpartition("/")[0]
        if folder not in published:
            name = folder.removeprefix("releases/")
            yield Task(
                None,
                name,
                "release",
                f"the candidate {name} waits to be signed; once enough have signed it, publish it: "
                f"`govkit release publish {name}`",
                coordinators_of(corpus),
                f"govkit release sign {name} --key FILE",
            )


class _Book(NamedTuple):
    """A book with decided words that no release has; `proposed` names open proposals by text."""

    slug: str
    decided_by: tuple[str, ...]
    subject: ReleaseSubject
    proposed: Mapping[str, str]

    def task(self, what: str, command: str) -> Task:
        who = coordinators_of(self.subject.corpus)
        words = f"the words of {', '.join(self.decided_by)} are in their place, and no release of"
        return Task(None, self.slug, "release", f"{words} {self.slug} {what}", who, command)

    def tasks(self) -> Iterator[Task]:
        stops = [each for each in of_book(self.subject) if each.kind not in _TASKS_ALREADY]
        without = {each.id for each in stops if each.kind == "no-consent"}
        drafts = [
            unit.id for unit in self.subject.units if unit.status == "draft" or unit.id in without
        ]
        others = [each for each in stops if each.kind != "no-consent"]
        yield from self.drafts([id for id in drafts if id not in self.proposed])
        for proposal, ids in self.in_proposals(drafts).items():
            yield self.task(
                f"can hold them before {proposal} is decided, which proposes {', '.join(ids)}",
                f"govkit status {proposal}",
            )
        for each in others:
            yield self.task(f"can be cut: {each.message}", _command(each, self.slug))
        if not drafts and not others:
            yield self.task("has them yet; one can be cut", f"govkit release plan {self.slug}")

    def drafts(self, ids: list[str]) -> Iterator[Task]:
        if ids:
            many = "a text in it is" if len(ids) == 1 else f"{len(ids)} texts in it are"
            yield self.task(
                f"can be cut: {many} not adopted, {', '.join(ids)}; propose what is not",
                f"govkit propose open {' '.join(ids)} --title WORDS --proposer MEMBER",
            )

    def in_proposals(self, ids: list[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id in ids:
            if id in self.proposed:
                found.setdefault(self.proposed[id], []).append(id)
        return found


def _command(stop: ReleaseBlocker, slug: str) -> str:
    """Return the command for a stop that no other task names."""
    if stop.kind in ("check", "missing"):
        return "govkit check"
    return f"govkit release plan {slug}"


def _waiting_words(corpus: Corpus, now: datetime.datetime) -> dict[str, list[str]]:
    """Return the texts whose decided words no release has, each with the proposals of them."""
    found: dict[str, list[str]] = {}
    for document in corpus.of_kind("proposal"):
        docket = docket_of(corpus, document.id)
        if docket is None or docket.revision is None or state_of(docket, now).name != "applied":
            continue
        for unit in docket.revision.units:
            found.setdefault(unit.id, []).append(document.id)
    return found


def _proposed_texts(corpus: Corpus, now: datetime.datetime) -> dict[str, str]:
    """Return the open proposal of each text that one is about."""
    return {
        unit.id: docket.proposal.id
        for docket in open_dockets(corpus, now)
        if docket.revision is not None
        for unit in docket.revision.units
    }
