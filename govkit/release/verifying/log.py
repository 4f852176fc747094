"""The log, and who coordinated: nothing rewritten, nobody in charge whom nobody put there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from govkit.log.amendments import GENESIS_PATH
from govkit.log.chain import NewestEntry, breaks_of, newest_entry_of
from govkit.log.coordination import CoordinationFault, CoordinationHistory, CoordinationStep
from govkit.log.coordinators import genesis_of
from govkit.log.entries import entries_of, path_of_entry
from govkit.log.heads import LogSeals, seals_of
from govkit.log.signed_statements import KEY_CHANGES, root_fingerprint
from govkit.records.kinds import CHARTER_PATH
from govkit.release.manifest import MANIFEST, RECORDS, DamagedManifest, read_records
from govkit.release.verifying.check_result import CheckResult, fails, holds, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.known_values import REWRITTEN, KnownValues, LatestLog, of_known_log
from govkit.release.verifying.lists import AGAIN

_FOUND_AGAIN = "Every first coordinator signs: `govkit found --sign --key FILE`."


def of_register(
    found: ReleaseEvidence,
    history: CoordinationHistory,
    known: KnownValues,
    today: LatestLog | None,
) -> Iterator[CheckResult]:
    """Look at the log, at the founding and at every change of the coordinators since.

    `today` is the log of the newest state, where there is a clone.
    """
    yield from _log(found, known, today)
    yield from _founding(found, history, known.root)
    yield from _coordinators(found, history)


def of_later_acts(
    history: CoordinationHistory, later: CoordinationHistory
) -> Iterator[CheckResult]:
    """Look at what changed the coordinators after the release was cut, until it was published."""
    before = {step.path for step in history.steps}
    for step in later.steps:
        if step.path not in before:
            yield from _step(step)
    for fault in later.faults:
        if fault not in history.faults:
            yield _fault("coordinators", fault)


# --- the log --------------------------------------------------------------------------------------


def _log(
    found: ReleaseEvidence, known: KnownValues, today: LatestLog | None
) -> Iterator[CheckResult]:
    head = newest_entry_of(found.corpus)
    number = len(entries_of(found.corpus))
    seals = seals_of(found.corpus)
    looks = [*_broken(found), *_sealed(seals), *_head(found, head)]
    looks += of_known_log(found, known, today)
    holding = f"{number:,} entries, each bound to the one before" if number else "it is empty"
    yield from or_holds("log", f"{holding}{_vouched(seals)}", looks)
    newest_head = seals.newest
    if newest_head is not None and not newest_head.witnessed_by:
        yield not_checked(
            "log",
            "nobody beside the coordinators has signed the newest head of the log",
            "Any member, or a body beside the coalition, can: `govkit witness --key FILE`.",
        )
    # No program can see from the inside that a whole log was made anew (decision 22).
    if known.head is None and known.entry is None and number:
        yield not_checked(
            "log",
            "the log was compared with nothing that you have from elsewhere",
            "A coordinator or a witness has a head of it: --head NUMBER:ROOT. An older PDF or a "
            "mail of a call has an entry: --entry NUMBER:DIGEST.",
        )


def _broken(found: ReleaseEvidence) -> Iterator[CheckResult]:
    known = _listed(found)
    for each in breaks_of(found.corpus):
        if each.kind == "gone" and not found.whole and each.message.split(" ", 1)[0] in known:
            continue  # it is part of the release, and is not among the files that travel with it
        yield fails("log", each.path, each.message, REWRITTEN)


def _sealed(seals: LogSeals) -> Iterator[CheckResult]:
    for each in seals.faults:
        yield fails("log", each.path, each.message, REWRITTEN)
    if seals.unsealed:
        yield fails(
            "log",
            path_of_entry(seals.unsealed[-1]),
            seals.unsealed_words,
            "Nobody vouches for them. A coordinator seals: `govkit seal --key FILE`; then the "
            "release is cut again.",
        )


def _vouched(seals: LogSeals) -> str:
    """Return who vouches for the newest head, to stand behind what holds."""
    head = seals.newest
    if head is None:
        return ""
    seen = [
        f"{each.who} ({each.public})" if each.public else each.who for each in head.witnessed_by
    ]
    witnesses = f"; witnesses: {', '.join(seen)}" if seen else ""
    return (
        f"; the newest head, {head.checkpoint.short}, is sealed by {', '.join(head.sealed_by)}"
        f"{witnesses}"
    )


def _listed(found: ReleaseEvidence) -> frozenset[str]:
    try:
        return frozenset(read_records(found.own.get(RECORDS, b"")))
    except DamagedManifest:
        return frozenset()


def _head(found: ReleaseEvidence, head: NewestEntry | None) -> Iterator[CheckResult]:
    said = found.manifest.newest_entry
    here = (head.seq, head.digest) if head else None
    if here != ((said.seq, said.digest) if said else None):
        yield fails(
            "log",
            found.at(MANIFEST),
            f"the manifest says that the log ended with number {said.seq if said else 'none'}, "
            f"{said.digest[:19] if said else ''}…, and it ends with number "
            f"{head.seq if head else 'none'}, {head.digest[:19] if head else ''}…",
            REWRITTEN,
        )


# --- who coordinated ------------------------------------------------------------------------------


def _founding(
    found: ReleaseEvidence, history: CoordinationHistory, known: str | None
) -> Iterator[CheckResult]:
    genesis = genesis_of(found.corpus)
    if genesis is None:
        if found.manifest.genesis is not None or GENESIS_PATH in found.data:
            yield fails("founding", GENESIS_PATH, "the founding is gone, or can't be read", AGAIN)
        else:
            yield not_checked(
                "founding",
                "the coalition is forming: it is not founded, and nobody can vouch for these texts",
            )
        return
    root, first = root_fingerprint(genesis), history.steps[0]
    looks = []
    if found.manifest.genesis != root:
        looks.append(
            fails(
                "founding",
                GENESIS_PATH,
                f"the root fingerprint is {root}, and the manifest says {found.manifest.genesis}",
                "This is another coalition, or another founding. Compare the fingerprint with one "
                "that you have from elsewhere.",
            )
        )
    if known is not None and known != root:
        looks.append(
            fails(
                "founding",
                GENESIS_PATH,
                f"the root fingerprint is {root}, and you have {known} from elsewhere",
                "This is another coalition, or it was founded again. Ask why before you use this.",
            )
        )
    looks += _before_founding(found, genesis.founded)
    looks += [_fault("founding", each) for each in first.faults]
    if first.missing:
        looks.append(
            fails(
                "founding",
                GENESIS_PATH,
                f"it is not signed by {', '.join(first.missing)}",
                _FOUND_AGAIN,
            )
        )
    yield from or_holds(
        "founding", f"signed by {', '.join(first.signed)}; root fingerprint {root}", looks
    )
    if genesis.replaces is not None:
        yield not_checked(
            "founding",
            f"the coalition was founded again: {genesis.reason or 'no reason given'} "
            "Nothing before it can be traced, and whether those who coordinated before agreed is "
            f"in no record. The earlier fingerprint: {genesis.replaces}",
            "Ask those whom the earlier founding names.",
        )
    if known is None:
        yield not_checked(
            "founding",
            "whether this is the coalition that you mean",
            "Compare the root fingerprint with one that you have from elsewhere, as an older PDF "
            "or a mail: --fingerprint DIGEST.",
        )


def _before_founding(found: ReleaseEvidence, founded: datetime.datetime) -> Iterator[CheckResult]:
    said = found.publication.published.date() if found.publication else found.manifest.dated
    day = min(found.manifest.dated, said)
    if day < founded.date():
        yield fails(
            "founding",
            found.at(MANIFEST),
            f"the release says that it is of {day}, and the coalition was founded on "
            f"{founded.date()}: nobody could decide or sign for it before",
            AGAIN,
        )


def _coordinators(found: ReleaseEvidence, history: CoordinationHistory) -> Iterator[CheckResult]:
    body = history.body
    if body is None:
        return
    looks = [_fault("coordinators", each) for each in history.faults]
    for step in history.steps[1:]:
        looks += _step(step)
    said = (set(found.manifest.coordinators), found.manifest.threshold)
    if said != (set(body.ids), body.threshold):
        looks.append(
            fails(
                "coordinators",
                found.at(MANIFEST),
                "the manifest names other coordinators than the founding and the acts since: "
                f"{', '.join(found.manifest.coordinators)}; an act takes "
                f"{found.manifest.threshold}",
                "The list was changed by no act of the coalition. " + AGAIN,
            )
        )
    acts = len(history.steps) - 1
    yield from _key_changes(history)
    yield from or_holds(
        "coordinators",
        f"{', '.join(body.ids)}; {body.threshold} of them sign"
        + (f"; acts since the founding, each by the threshold before it: {acts}" if acts else ""),
        looks,
    )


def _key_changes(history: CoordinationHistory) -> Iterator[CheckResult]:
    """Name every change of a key of somebody who coordinated then, and who signed it."""
    for before, step in pairwise(history.steps):
        change = step.act.key if step.act is not None else None
        if change is not None and step.holds and change.member in before.body.ids:
            yield holds(
                "coordinators",
                f"the key {change.id} of {change.member} {KEY_CHANGES[change.change]}, "
                f"{change.since} ({step.path}): signed by {', '.join(step.signed)}",
            )


def _step(step: CoordinationStep) -> Iterator[CheckResult]:
    for each in step.faults:
        yield _fault("coordinators", each)


def _fault(subject: str, fault: CoordinationFault) -> CheckResult:
    place = fault.path or CHARTER_PATH
    return fails(subject, place, fault.message, "Tell the coordinators which file it is. " + AGAIN)
