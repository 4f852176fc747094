"""Whether coordinators of a later day vouch for a release whose own signatures count no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.amendments import own_rules
from govkit.log.countersignatures import countersignatures_of
from govkit.log.heads import HeadWitness, seals_of
from govkit.records.log import LogEntry
from govkit.release.manifest import PUBLISHED
from govkit.release.verifying.check_result import CheckResult, holds, not_checked
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.publication import entry_of_publication


class NewVouchers(NamedTuple):
    """Who vouched again, each with the number in the log, and how many it takes."""

    by: dict[str, int]
    needed: int

    @property
    def enough(self) -> bool:
        """Say whether enough coordinators vouched."""
        return bool(self.by) and len(self.by) >= self.needed


def logged_publication(found: ReleaseEvidence, today: Corpus) -> LogEntry | None:
    """Return the entry of today's log that has the publication in these words, or None."""
    entry = entry_of_publication(today, found.name)
    said = found.publication
    if entry is None or said is None or entry.digest != digest_for("publication", said):
        return None
    return entry


def witnesses_of(found: ReleaseEvidence, today: Corpus) -> tuple[HeadWitness, ...]:
    """Return the members who have seen a head of the log that has the publication.

    Whoever published is left out, and so are bodies that are no members: nothing here says whose
    their keys are, so one person could make them up.
    """
    entry, said = logged_publication(found, today), found.publication
    if entry is None or said is None:
        return ()
    return tuple(
        each
        for head in seals_of(today).heads
        if head.checkpoint.size >= entry.seq
        for each in head.witnessed_by
        if not each.public and each.who != said.by
    )


def new_vouchers(found: ReleaseEvidence, today: Corpus) -> NewVouchers:
    """Return who vouched again for a release: coordinators of the moment, in the log of today."""
    entry, rules = logged_publication(found, today), own_rules(today)
    if entry is None or rules is None:
        return NewVouchers({}, 1)
    by = {
        each.by: each.entry.seq
        for each in countersignatures_of(today, found.name.place(PUBLISHED))
        if not each.fault and each.of == entry
    }
    needed = rules.at(max(by.values())).threshold if by else 1
    return NewVouchers(by, max(needed, found.manifest.threshold))


def with_vouchers(looks: Iterable[CheckResult], vouchers: NewVouchers) -> Iterator[CheckResult]:
    """Yield looks; where enough vouched again, what signatures alone could cure fails no more."""
    found = list(looks)
    curable = any(look.state == "fails" and look.curable for look in found)
    if not (curable and vouchers.enough):
        yield from found
        return
    for look in found:
        if look.state == "fails" and look.curable:
            yield not_checked(look.subject, look.message)
        else:
            yield look
    names = ", ".join(f"{id} (number {seq})" for id, seq in sorted(vouchers.by.items()))
    yield holds(
        "signatures",
        f"coordinators of a later day vouch for it, in the log: {names}; it takes "
        f"{vouchers.needed}",
    )
