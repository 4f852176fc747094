"""What is to be done until decided words are in a release: cut it, or end what stops it first."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from govkit.corpus.books import units_of
from govkit.corpus.released_words import released_words
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.log.coordinators import coordinators_of, threshold_of
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
    corpus: Corpus,
    now: datetime.datetime,
    check: Callable[[], Iterable[Finding]],
    signed: Callable[[str], Collection[str]],
) -> Iterator[Task]:
    """Yield the tasks of each candidate, and of each book with decided words that no release has.

    `check` gives what a check of the corpus finds; it is asked only where there is such a book.
    `signed` gives the members whose signatures lie beside a candidate; whether they hold, signing
    and publishing look.
    """
    yield from _candidates(corpus, signed)
    waiting = _waiting_words(corpus, now)
    if not waiting:
        return
    findings = tuple(each for each in check() if each.rule not in _RULES_WITH_TASKS)
    proposed = _proposed_texts(corpus, now)
    books = []
    for document in corpus.of_kind("instrument"):
        slug, units = slug_of(document.id), units_of(corpus, document.id)
        proposals = dict.fromkeys(id for unit in units for id in waiting.get(unit.id, ()))
        if not proposals or any(cut.publication is None for cut in releases_of(corpus, slug)):
            continue
        subject = ReleaseSubject(corpus, document.id, now, findings, units)
        books.append(_Book(slug, (*proposals,), subject, proposed))
    yield from _to_propose(books)
    for book in books:
        yield from book.tasks()


def _to_propose(books: Iterable[_Book]) -> Iterator[Task]:
    """Yield one task for what no proposal is about: books share their terms."""
    lacking = [(each, ids) for each in books if (ids := each.not_proposed)]
    if not lacking:
        return
    ids = [*dict.fromkeys(id for _, theirs in lacking for id in theirs)]
    names = ", ".join(each.slug for each, _ in lacking)
    decided_by = (*dict.fromkeys(id for each, _ in lacking for id in each.decided_by),)
    them = "it" if len(lacking) == 1 else "them"
    many = f"a text in {them} is" if len(ids) == 1 else f"{len(ids)} texts in {them} are"
    yield (
        lacking[0][0]
        ._replace(slug=names, decided_by=decided_by)
        .task(
            f"can be cut: {many} not adopted, {', '.join(ids)}; propose what is not",
            f"govkit propose open {' '.join(ids)} --title WORDS --proposer MEMBER",
        )
    )


def _candidates(corpus: Corpus, signed: Callable[[str], Collection[str]]) -> Iterator[Task]:
    published = {document.path.rpartition("/")[0] for document in corpus.of_kind("publication")}
    for document in corpus.of_kind("manifest"):
        folder = document.path.rpartition("/")[0]
        if folder not in published:
            name = folder.removeprefix("releases/")
            by = [each for each in coordinators_of(corpus) if each in signed(name)]
            yield _candidate(corpus, name, by)


def _candidate(corpus: Corpus, name: str, by: list[str]) -> Task:
    who = coordinators_of(corpus)
    so_far = f" ({', '.join(by)} did)" if by else ""
    if by and len(by) >= threshold_of(corpus):
        what = f"the candidate {name} has the signatures that it takes{so_far}: publish it"
        return Task(None, name, "release", what, who, f"govkit release publish {name} --key FILE")
    what = (
        f"the candidate {name} waits to be signed{so_far}; once enough have signed it, publish "
        f"it: `govkit release publish {name}`"
    )
    others = tuple(each for each in who if each not in by)
    return Task(None, name, "release", what, others, f"govkit release sign {name} --key FILE")


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

    @property
    def stops(self) -> list[ReleaseBlocker]:
        """Return what stops a release of the book, and is no task already."""
        return [each for each in of_book(self.subject) if each.kind not in _TASKS_ALREADY]

    @property
    def drafts(self) -> list[str]:
        """Return what is not adopted in the book."""
        without = {each.id for each in self.stops if each.kind == "no-consent"}
        units = self.subject.units
        return [unit.id for unit in units if unit.status == "draft" or unit.id in without]

    @property
    def not_proposed(self) -> list[str]:
        """Return what is not adopted, and no open proposal is about."""
        return [id for id in self.drafts if id not in self.proposed]

    def tasks(self) -> Iterator[Task]:
        drafts = self.drafts
        for proposal, ids in self.in_proposals(drafts).items():
            yield self.task(
                f"can hold them before {proposal} is decided, which proposes {', '.join(ids)}",
                f"govkit status {proposal}",
            )
        others = [each for each in self.stops if each.kind != "no-consent"]
        for each in others:
            yield self.task(f"can be cut: {each.message}", _command(each, self.slug))
        if not drafts and not others:
            yield self.task("has them yet; one can be cut", f"govkit release plan {self.slug}")

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
    released = released_words(corpus)  # a proposal may be about texts of several books
    for document in corpus.of_kind("proposal"):
        docket = docket_of(corpus, document.id)
        if docket is None or docket.revision is None or state_of(docket, now).name != "applied":
            continue
        for unit in docket.revision.units:
            if unit.after is None or (unit.id, unit.after) not in released:
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
