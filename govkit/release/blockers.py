"""What stands in the way of a release: findings, words without consent, what has no answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from govkit.consent.adoption import Adoption, adoptions_of
from govkit.consent.decide import decide
from govkit.corpus.books import sources_used
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.findings import Finding, in_order
from govkit.log.coordinators import coordinators_of, genesis_of, threshold_of
from govkit.records.kinds import NORMATIVE_KINDS, NUMBERED_KINDS
from govkit.round.docket import Docket, docket_of
from govkit.round.held_back import waiting_comments

Kind = Literal[
    "version",
    "nothing-new",
    "check",
    "forming",
    "coordinators",
    "no-consent",
    "objection",
    "comment",
    "not-applied",
    "missing",
    "held",
    "dated",
    "reissue",
]


class ReleaseBlocker(NamedTuple):
    """One thing that stops a release: a sentence, and the way out.

    `of_draft` says that it stops a draft too. `id` is the text or proposal that it is about.
    """

    kind: Kind
    message: str
    help: str = ""
    of_draft: bool = False
    id: str = ""


@dataclass(frozen=True)
class ReleaseSubject:
    """What is looked at: a state, the findings in it, and the units of one book.

    `released_later` are texts in the words of a later version that was published, by id and digest:
    an older version is corrected without them.
    """

    corpus: Corpus
    book: str
    now: datetime.datetime
    findings: tuple[Finding, ...]
    units: Sequence[Document]
    released_later: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def words(self) -> dict[str, str | None]:
        """Return the digest of each unit now."""
        return {unit.id: self.corpus.digests.of(unit) for unit in self.units}

    @cached_property
    def dockets(self) -> tuple[Docket, ...]:
        """Return the proposals that are about units of the book."""
        found = []
        for document in self.corpus.of_kind("revision"):
            units = getattr(document.record, "units", ())
            if any(unit.id in self.words for unit in units):
                found.append(document.id.split("/")[0])
        dockets = (docket_of(self.corpus, id) for id in dict.fromkeys(found))
        return tuple(docket for docket in dockets if docket is not None and docket.revisions)


def of_book(looked: ReleaseSubject) -> Iterator[ReleaseBlocker]:
    """Yield what stops a release of a book, the gravest first."""
    yield from _errors(looked)
    yield from _coalition(looked.corpus)
    yield from _without_consent(looked)
    yield from _objections(looked)
    yield from _comments(looked)
    yield from _not_applied(looked)
    yield from _warnings(looked)


def errors_in(findings: Sequence[Finding]) -> Iterator[ReleaseBlocker]:
    """Yield what stops every release: a state that could not be merged."""
    found = [each for each in findings if each.stops == "merge"]
    yield from _by_rule(found, "`govkit check` shows them all. Mend them first.", of_draft=True)


def coalition(corpus: Corpus) -> Iterator[ReleaseBlocker]:
    """Yield what the coalition itself lacks for a release."""
    yield from _coalition(corpus)


def of_day(corpus: Corpus, dated: datetime.date, today: datetime.date) -> Iterator[ReleaseBlocker]:
    """Yield what is wrong with the day of a release: it lies after all that it releases, in no time
    to come.
    """
    entries = [getattr(each.record, "recorded_at", None) for each in corpus.of_kind("log-entry")]
    newest = max((each for each in entries if each is not None), default=None)
    if dated > today:
        yield ReleaseBlocker(
            "dated",
            f"a release can't be dated {dated}: that day is still to come (it is {today})",
            "Leave --dated out. From when the texts apply is another matter: --effective.",
            True,
        )
    elif newest is not None and dated < newest.date():
        yield ReleaseBlocker(
            "dated",
            f"a release can't be dated {dated}: what it releases was recorded as late as "
            f"{newest.date()}",
            "Leave --dated out, or name a day from then on.",
            True,
        )


def _errors(looked: ReleaseSubject) -> Iterator[ReleaseBlocker]:
    yield from errors_in(looked.findings)
    head = looked.corpus.find(("instrument",), looked.book)
    for reference in head.references if head is not None else ():
        if reference.role == "item" and reference.key not in looked.words:
            yield ReleaseBlocker(
                "missing",
                f"{reference.key} stands in the book, and no file has that text",
                "`govkit check` says why.",
                True,
                reference.key,
            )
    for unit in looked.units:
        if looked.words[unit.id] is None:
            yield ReleaseBlocker(
                "missing",
                f"{unit.id} has no digest: it can't be read, or a term in it is missing",
                "`govkit check` says why.",
                True,
                unit.id,
            )


def _coalition(corpus: Corpus) -> Iterator[ReleaseBlocker]:
    if genesis_of(corpus) is None:
        yield ReleaseBlocker(
            "forming",
            "the coalition is forming: it was not founded, and can adopt nothing",
            "Found it: `govkit found`. Until then only drafts can be cut.",
        )
    have, need = len(coordinators_of(corpus)), threshold_of(corpus)
    if have < need:
        who = (
            "there are no coordinators"
            if have == 0
            else f"there is only {have}"
            if have == 1
            else f"there are only {have}"
        )
        yield ReleaseBlocker(
            "coordinators",
            f"{need} coordinators have to sign a release, and {who}",
            "Name them in the charter: `coordinators`.",
        )


# --- consent --------------------------------------------------------------------------------------


def adoption_of(
    unit: Document, digest: str | None, adoptions: Sequence[Adoption]
) -> Adoption | None:
    """Return what adopted exactly these words of a text, the newest; None where nothing did.

    A text that was withdrawn was so by a decision without new words.
    """
    if unit.status == "draft":
        return None
    ends = (digest, None) if unit.status == "withdrawn" else (digest,)
    return next((each for each in reversed(adoptions) if each.after in ends), None)


def _without_consent(looked: ReleaseSubject) -> Iterator[ReleaseBlocker]:
    adoptions = adoptions_of(looked.corpus)
    for unit in looked.units:
        if unit.kind not in NUMBERED_KINDS:
            continue  # the digest of a text covers the definitions of its terms
        if looked.words[unit.id] is None:
            continue  # that it can't be read was said
        known = adoptions.get(unit.id, ())
        if adoption_of(unit, looked.words[unit.id], known) is None and unit.status != "withdrawn":
            why = (
                "its words are not those that were adopted"
                if known and unit.status != "draft"
                else f"nobody has adopted its words: it is {unit.status}"
            )
            yield ReleaseBlocker(
                "no-consent",
                f"{unit.id} has no consent: {why}",
                f"Propose it: `govkit propose open {unit.id} --title WORDS --proposer MEMBER`."
                + ("" if unit.id == looked.book else " Or take it out of the book."),
                id=unit.id,
            )


def _objections(looked: ReleaseSubject) -> Iterator[ReleaseBlocker]:
    """Yield the objections that are open about the words of the book as they are now."""
    for docket in looked.dockets:
        if docket.decision is not None and docket.applied:
            continue  # it was decided over them, and they are printed with the text
        for unit in decide(docket, looked.now).units:
            if unit.after != looked.words.get(unit.id):
                continue
            for each in unit.blocking:
                yield ReleaseBlocker(
                    "objection",
                    f"{unit.id}: the objection of {each.member} is open",
                    f"`govkit status {docket.proposal.id}` says what is to be done.",
                    id=unit.id,
                )


def _comments(looked: ReleaseSubject) -> Iterator[ReleaseBlocker]:
    """Yield the proposals behind the words of the book that have comments without an answer."""
    for docket in looked.dockets:
        revision = docket.revision
        assert revision is not None
        if not any(looked.words.get(unit.id) == unit.after for unit in revision.units):
            continue
        open_ = waiting_comments(docket, looked.now)
        if open_:
            many = f"{len(open_)} comments have" if len(open_) > 1 else "1 comment has"
            yield ReleaseBlocker(
                "comment",
                f"{docket.proposal.id}: {many} no answer",
                "Answer them: `govkit comment dispose`.",
                id=docket.proposal.id,
            )


def _not_applied(looked: ReleaseSubject) -> Iterator[ReleaseBlocker]:
    """Yield the decided words that do not stand in the texts, be the charter's time over or not."""
    for id, several in sorted(adoptions_of(looked.corpus).items()):
        newest = several[-1]
        if (id, newest.after) in looked.released_later:
            continue
        text = looked.corpus.find(NORMATIVE_KINDS, id)
        if not newest.by or newest.after is None or (text is not None and id not in looked.words):
            continue
        here = looked.corpus.digests.of(text) if text is not None else None
        if here != newest.after or (text is not None and text.status == "draft"):
            yield ReleaseBlocker(
                "not-applied",
                f"{newest.by} decided new words of {id}, and they are not in place",
                f"Put them in place: `govkit decide {newest.by} --apply`.",
                id=id,
            )


# --- what the checks say --------------------------------------------------------------------------

_SAID_ALREADY = "decided-not-applied"
"""The rule that waits for the charter's time; a release does not."""


def _warnings(looked: ReleaseSubject) -> Iterator[ReleaseBlocker]:
    """Yield what stops a final release, as far as it is about this book or the whole coalition."""
    found = [
        each
        for each in looked.findings
        if each.stops == "release" and each.rule != _SAID_ALREADY and _concerns(each, looked)
    ]
    yield from _by_rule(found, "`govkit check` shows them all.", of_draft=False)


def _concerns(finding: Finding, looked: ReleaseSubject) -> bool:
    top, _, rest = finding.path.partition("/")
    # A stop about another book would teach people to override stops; here there is no override
    # (decision 19).
    if top != "governance":
        return finding.path in _paths(looked)
    if not rest.startswith("proposals/"):
        return True
    return rest.split("/")[1] in {docket.proposal.id for docket in looked.dockets}


def _paths(looked: ReleaseSubject) -> set[str]:
    sources = sources_used(looked.corpus, looked.units)
    return {document.path for document in (*looked.units, *sources)}


def _by_rule(found: Sequence[Finding], help: str, *, of_draft: bool) -> Iterator[ReleaseBlocker]:
    """Yield one stop for each rule, with the first place."""
    by_rule: dict[str, list[Finding]] = {}
    for each in sorted(found, key=in_order):
        by_rule.setdefault(each.rule, []).append(each)
    for rule, several in sorted(by_rule.items()):
        first = several[0]
        place = f"{first.path}:{first.place.line}" if first.place else first.path
        places = "1 place" if len(several) == 1 else f"{len(several)} places, the first"
        yield ReleaseBlocker(
            "check", f"{rule} ({places}: {place}): {first.message}", help, of_draft
        )
