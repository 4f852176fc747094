"""What a release of a book would hold, which version it would have, and what stops it.

A draft is stopped by what stops a merge and by a wrong version; all else is said and goes on.
Whether a text has consent, the digest of its words says, and nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from govkit.checks.arrangement import rearranged
from govkit.consent.adoption import Adoption, adoptions_of
from govkit.corpus.books import units_of
from govkit.corpus.changes.values import Change, Changes
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.log.coordinators import coordinators_of, threshold_of
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.release import blockers
from govkit.release.blockers import ReleaseBlocker
from govkit.release.changes import asked_by, changes_of_book
from govkit.release.manifest import UMBRELLA, ReleaseName, slug_of
from govkit.release.published import CutRelease, published_of
from govkit.release.version import Version, VersionRule, raised

BumpRule = Literal["by-class", "by-conformity", "calendar"]


class PlannedText(NamedTuple):
    """A text that would be in the release, in its words now.

    `digest` is None where the text has none yet. `adoption` is what adopted exactly these words.
    `change` is what changed since the last release, None where nothing did.
    """

    id: str
    kind: str
    title: str
    status: str
    digest: str | None
    adoption: Adoption | None
    change: Change | None


class PlanBlockers:
    """What any plan says about what is in its way."""

    name: ReleaseName
    all_stops: tuple[ReleaseBlocker, ...]

    @property
    def is_draft(self) -> bool:
        """Say whether a draft is planned."""
        return self.name.version.draft is not None

    @property
    def stops(self) -> tuple[ReleaseBlocker, ...]:
        """Return what stops this release."""
        return tuple(stop for stop in self.all_stops if stop.of_draft or not self.is_draft)

    @property
    def later(self) -> tuple[ReleaseBlocker, ...]:
        """Return what stops no draft, and will stop the version itself."""
        return tuple(stop for stop in self.all_stops if stop not in self.stops)


@dataclass(frozen=True)
class ReleasePlan(PlanBlockers):
    """The plan of a release of one book.

    `since` is the published version that it follows (`base_of`), `compared_with` the version that
    notes and redlines are made against, which may be a draft. `changes` are those since `since`;
    None for a first release.
    """

    name: ReleaseName
    book: str
    title: str
    dated: datetime.date
    rule: VersionRule
    bump: BumpRule
    units: tuple[PlannedText, ...]
    changes: Changes | None
    asking: tuple[Change, ...]
    since: CutRelease | None
    compared_with: CutRelease | None
    coordinators: tuple[str, ...]
    threshold: int
    all_stops: tuple[ReleaseBlocker, ...]

    @cached_property
    def removed(self) -> tuple[Change, ...]:
        """Return the changes of texts that the book held before, and holds no more."""
        here = {unit.id for unit in self.units}
        found = self.changes.changes if self.changes else ()
        return tuple(c for c in found if c.kind in NORMATIVE_KINDS and c.id not in here)


class PlanRequest(NamedTuple):
    """What is asked: which book, which version (None: the one asked for), on which day.

    `corpus` is the state with its releases. `before` is the state of the version that `base_of`
    gives, None before the first. `findings` are what a check of `corpus` found, with
    places.
    """

    corpus: Corpus
    book: str
    version: Version | None
    draft: bool
    dated: datetime.date
    now: datetime.datetime
    findings: Sequence[Finding]
    before: Corpus | None
    reissue: bool = False
    """Whether the same texts are to be released again, with the last number raised."""


def plan_of(question: PlanRequest) -> ReleasePlan:
    """Return the plan. `corpus` has a charter and the book, readable."""
    corpus, book = question.corpus, question.book
    charter, head = corpus.charter, corpus.find(("instrument",), book)
    assert charter is not None
    assert head is not None, book
    slug = slug_of(book)
    published = published_of(corpus, slug)
    since = base_of(published, question.version)
    changes = None
    if question.before is not None:
        changes = changes_of_book(question.before, corpus, book)
    asked, asking = asked_by(changes) if changes else ("major", ())
    rule = VersionRule(
        since.version if since else None,
        asked,
        question.dated,
        charter.bump == "calendar",
        asking[0].id if asking else None,
    )
    version = question.version or _wanted(rule, published, draft=question.draft)
    documents = units_of(corpus, book)
    units = tuple(_planned(corpus, documents, changes))
    later = frozenset(
        (unit.id, unit.digest)
        for cut in published
        if cut.version > version
        for unit in cut.manifest.units
    )
    stops = blockers.of_book(
        blockers.ReleaseSubject(
            corpus, book, question.now, tuple(question.findings), documents, later
        )
    )
    headings = _headings(question.before, head, corpus)
    fault = rule.fault(version, [cut.version for cut in published])
    nothing = (
        _not_the_same(changes, rule, version)
        if question.reissue
        else _nothing_new(changes, version)
    )
    day = blockers.of_day(corpus, question.dated, question.now.date())
    return ReleasePlan(
        ReleaseName(slug, version),
        book,
        head.title,
        question.dated,
        rule,
        charter.bump,
        units,
        changes,
        asking,
        since,
        compare_books(published, version),
        coordinators_of(corpus),
        threshold_of(corpus),
        (*_of_version(fault), *day, *nothing, *stops, *headings),
    )


def book_named(corpus: Corpus, word: str) -> str:
    """Return the id of the book that a person names by its slug or its id.

    Raises `WrongUse` where there is none, or where two have the same slug.
    """
    books = {document.id: slug_of(document.id) for document in corpus.of_kind("instrument")}
    found = [id for id, slug in sorted(books.items()) if word in (id, slug)]
    if len(found) > 1:
        raise WrongUse(
            f"{' and '.join(found)} both have the short name `{word}`",
            "The last part of a book's id names its releases. Give one of them another id.",
        )
    if not found:
        slugs = sorted(set(books.values()))
        raise WrongUse(
            f"there is no book `{word}`", f"Books: {', '.join(slugs)}.", typed=word, known=slugs
        )
    if slug_of(found[0]) == UMBRELLA:
        raise WrongUse(
            f"{found[0]} has the short name `{UMBRELLA}`, which stands for several books",
            "Give the book another id.",
        )
    return found[0]


def last_of(published: Iterable[CutRelease]) -> CutRelease | None:
    """Return the newest published version that is no draft, or None."""
    return next((cut for cut in reversed(tuple(published)) if not cut.is_draft), None)


def base_of(published: Iterable[CutRelease], version: Version | None) -> CutRelease | None:
    """Return the published version that a new one follows: the newest below it that is no draft.

    After 1.1.0, a correction 1.0.1 of an older version follows 1.0.0. Without a version, and where
    none is below it, that is the newest of all; None before the first.
    """
    final = [cut for cut in published if not cut.is_draft]
    below = [cut for cut in final if version is None or cut.version < version.final]
    return last_of(below or final)


def compare_books(published: Sequence[CutRelease], version: Version) -> CutRelease | None:
    """Return what a version is compared with: for a draft the newest published one, be it a draft;
    for a version itself the last such one, or before the first the last draft.
    """
    earlier = [cut for cut in published if cut.version < version]
    last = last_of(earlier)
    newest = earlier[-1] if earlier else None
    return newest if version.draft is not None or last is None else last


def _wanted(rule: VersionRule, published: Sequence[CutRelease], *, draft: bool) -> Version:
    return rule.next_draft(cut.version for cut in published) if draft else rule.next()


def _planned(
    corpus: Corpus, documents: Iterable[Document], changes: Changes | None
) -> Iterator[PlannedText]:
    adoptions = adoptions_of(corpus)
    changed = {(c.kind, c.id): c for c in changes.changes} if changes else {}
    for each in documents:
        digest = corpus.digests.of(each)
        yield PlannedText(
            each.id,
            each.kind or "",
            each.title,
            each.status,
            digest,
            blockers.adoption_of(each, digest, adoptions.get(each.id, ())),
            changed.get((each.kind or "", each.id)),
        )


def _of_version(fault: str | None) -> Iterator[ReleaseBlocker]:
    if fault:
        yield ReleaseBlocker(
            "version", fault, "Name the version that is asked for, or leave it out.", True
        )


def _headings(before: Corpus | None, head: Document, corpus: Corpus) -> Iterator[ReleaseBlocker]:
    """Yield the headings that stand over adopted texts and are not those of the last release.

    A check sees them only where it compares, and a release is where they are read.
    """
    let_stand = {entry.rule for entry in getattr(head.record, "suppress", ())}
    if before is None or "heading-changed" in let_stand:
        return
    for each in rearranged(before.find(("instrument",), head.id), head, corpus):
        yield ReleaseBlocker("check", f"heading-changed ({each.path}): {each.message}", each.help)


def _nothing_new(changes: Changes | None, version: Version) -> Iterator[ReleaseBlocker]:
    if changes is not None and not changes.changes and not changes.unread:
        yield ReleaseBlocker(
            "nothing-new",
            "nothing changed in this book since the last release",
            "A release that says nothing new is none. To make the same texts again, as with new "
            "fonts or signatures: --reissue.",
            version.draft is None,
        )


def _not_the_same(
    changes: Changes | None, rule: VersionRule, version: Version
) -> Iterator[ReleaseBlocker]:
    """Yield why a release is no reissue: of nothing, of other texts, or as more than a patch."""
    said = ""
    if rule.last is None or changes is None:
        said = "nothing was released yet that could be issued again"
    elif changes.changes or changes.unread:
        ids = ", ".join(change.id for change in changes.changes[:3])
        said = f"texts changed since {rule.last}, so this is no reissue: {ids}"
    elif not rule.calendar and version.final != raised(rule.last, "patch"):
        said = f"a reissue raises the last number alone: {raised(rule.last, 'patch')}"
    if said:
        yield ReleaseBlocker("reissue", said, "Leave --reissue out, or name the version.", True)
