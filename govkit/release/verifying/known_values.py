"""The log of a release, held against the log of today and what somebody has from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.whole import Corpus
from govkit.log.chain import NewestEntry
from govkit.log.checkpoints import Checkpoint
from govkit.log.coordinators import genesis_of
from govkit.log.digests import entry_digest, tree_of
from govkit.log.entries import entries_of
from govkit.log.heads import disagreement, path_of_head
from govkit.log.losses import lost_heads
from govkit.log.signed_statements import root_fingerprint
from govkit.release.verifying.check_result import CheckResult, fails
from govkit.release.verifying.evidence import ReleaseEvidence

REWRITTEN = (
    "Somebody rewrote what was public. Compare with a head of the log that was printed or sent "
    "earlier, and tell the coordinators and the list."
)
_OF_A_LATER_DAY = (
    "If your number is from a later day, look at a later release. Else the past was rewritten: "
    "tell the coordinators and the list."
)


class KnownValues(NamedTuple):
    """What somebody has from elsewhere to compare with.

    That is a head of the log (its origin may be empty), a root fingerprint, an entry of the log.
    """

    head: Checkpoint | None = None
    root: str | None = None
    entry: NewestEntry | None = None

    @property
    def number(self) -> int:
        """Return the highest number of the log that is known from elsewhere, or 0."""
        return max(self.head.size if self.head else 0, self.entry.seq if self.entry else 0)


class LatestLog(NamedTuple):
    """The log of the newest state that a clone has, as far as it was read.

    It has the heads, and all entries where a number behind the release's newest one was asked for.
    `newest` is the entry with the number of the release's newest one.
    """

    corpus: Corpus
    newest: NewestEntry | None


def of_known_log(
    found: ReleaseEvidence, known: KnownValues, today: LatestLog | None
) -> Iterator[CheckResult]:
    """Look whether the log of the release is that of today, and the one that somebody knows."""
    said = found.manifest.newest_entry
    if today is not None:
        if said is not None and today.newest is not None and today.newest.digest != said.digest:
            yield fails(
                "log",
                f"governance/log/{said.seq:06d}.yaml",
                f"number {said.seq} of today's log is not the one that the release was made with",
                REWRITTEN,
            )
        for each in lost_heads(found.corpus, today.corpus):
            yield fails("log", each.path, f"{each.message}, in the log of today", REWRITTEN)
    ends = len(entries_of(found.corpus))
    # What is known may be younger than the release, as a head of today.
    later = today.corpus if today is not None and known.number > ends else found.corpus
    if known.entry is not None:
        yield from _entry(found, known.entry, later)
    if known.head is not None:
        yield from _head(found, known.head, later)


def _entry(found: ReleaseEvidence, announced: NewestEntry, log: Corpus) -> Iterator[CheckResult]:
    """Hold the log against an entry that somebody has from elsewhere."""
    entries = {entry.seq: entry for _, entry in entries_of(log)}
    entry = entries.get(announced.seq)
    if entry is None:
        yield fails(
            "log",
            "governance/log",
            f"you have number {announced.seq} from elsewhere, and this release ends with number "
            f"{len(entries_of(found.corpus))}",
            _OF_A_LATER_DAY,
        )
    elif entry_digest(entry) != announced.digest:
        yield fails(
            "log",
            f"governance/log/{announced.seq:06d}.yaml",
            f"number {announced.seq} is not the one that you have from elsewhere",
            REWRITTEN,
        )


def _head(found: ReleaseEvidence, head: Checkpoint, log: Corpus) -> Iterator[CheckResult]:
    """Hold the log against a head that somebody has from elsewhere."""
    place, genesis = path_of_head(head.size), genesis_of(found.corpus)
    if head.origin and genesis is not None and head.origin != root_fingerprint(genesis):
        said = "the head that you have from elsewhere begins with another root fingerprint"
        yield fails("log", place, said, "It is of another coalition, or of another founding.")
    elif head.size > len(entries_of(log)):
        yield fails(
            "log",
            place,
            f"you have the head at number {head.size} from elsewhere, and this release ends with "
            f"number {len(entries_of(found.corpus))}",
            _OF_A_LATER_DAY,
        )
    elif disagreement(head, tree_of(log)) is not None:
        said = f"the first {head.size} entries are not those of the head that you have"
        yield fails("log", place, f"{said} from elsewhere", REWRITTEN)
