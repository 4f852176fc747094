"""The texts: the words that the manifest names, and the decision behind each, reckoned again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from govkit.consent.adoption import Adoption, adoptions_of
from govkit.consent.recount import Recount, RecountResult
from govkit.corpus.copies import copy_of, digest_of_copy
from govkit.corpus.whole import Corpus
from govkit.records.decisions import Decision
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.log import LogEntry
from govkit.records.proposals import Revision
from govkit.records.releases import ReleasedUnit
from govkit.release.manifest import MANIFEST
from govkit.release.verifying.check_result import CheckResult, fails, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.lists import AGAIN
from govkit.release.verifying.positions import of_positions

_TELL = "Tell the coordinators which file it is. Do not use the release until they have answered."


def of_texts(found: ReleaseEvidence) -> Iterator[CheckResult]:
    """Look at each text, and at the decision behind it."""
    units = found.manifest.units
    yield from or_holds(
        "texts", f"{len(units)} texts have the words that the manifest names", _texts(found)
    )
    yield from _decisions(found)
    yield from of_positions(found)
    yield from _taken_over(found)


# --- the words ------------------------------------------------------------------------------------


def _texts(found: ReleaseEvidence) -> Iterator[CheckResult]:
    unseen = []
    for unit in found.manifest.units:
        digest = _digest(found, unit)
        if digest is None and not found.whole:
            unseen.append(unit.id)
        elif digest != unit.digest:
            document = found.corpus.find(NORMATIVE_KINDS, unit.id)
            place = document.path if document is not None else found.at(MANIFEST)
            said = "is not there" if digest is None else "has other words than the manifest names"
            yield fails("texts", place, f"{unit.id} {said}", AGAIN)
    if unseen:
        yield not_checked(
            "texts",
            f"the words of {_named(unseen)} are not among the files of the release",
            "In a clone, name the tag in place of the folder.",
        )


def _digest(found: ReleaseEvidence, unit: ReleasedUnit) -> str | None:
    document = found.corpus.find(NORMATIVE_KINDS, unit.id)
    if document is not None:
        return found.corpus.digests.of(document)
    return None if found.whole else _digest_of_copy(found.corpus, unit)


def _digest_of_copy(corpus: Corpus, unit: ReleasedUnit) -> str | None:
    """Return the digest of the words that the decided proposal keeps."""
    document = corpus.by_path.get(unit.adopted_by or "")
    decision = document.record if document else None
    if not isinstance(decision, Decision):
        return None
    id = f"{decision.proposal}/rev-{decision.revision}"
    revision = corpus.find(("revision",), id)
    copy = copy_of(corpus, id, "after", unit.id)
    if copy is None or revision is None or not isinstance(revision.record, Revision):
        return None
    return digest_of_copy(copy, revision.record, "after")


# --- what adopted them ----------------------------------------------------------------------------


def _decisions(found: ReleaseEvidence) -> Iterator[CheckResult]:
    adopted: dict[str, list[ReleasedUnit]] = defaultdict(list)
    nobody = [unit.id for unit in found.manifest.units if unit.adopted_by is None]
    for unit in found.manifest.units:
        if unit.adopted_by is not None:
            adopted[unit.adopted_by].append(unit)
    looks = (
        []
        if found.is_draft
        else [
            fails(
                "decisions",
                found.at(MANIFEST),
                f"nobody has adopted {id}, and this is no draft",
                _TELL,
            )
            for id in nobody
        ]
    )
    adoptions = adoptions_of(found.corpus)
    for path, units in sorted(adopted.items()):
        looks += _adopted(found, adoptions, path, units)
    reckoned = _reckoned(found, adopted)
    looks += reckoned
    unknown = {look.message.split(":", 1)[0] for look in reckoned if look.state == "not-checked"}
    by_decision = {path: units for path, units in adopted.items() if "/proposals/" in path}
    done = [units for path, units in by_decision.items() if path not in unknown]
    taken_over = sum(map(len, adopted.values())) - sum(map(len, by_decision.values()))
    parts = (
        (
            len(done),
            f"reckoned again from their records, and the same: {len(done)}, for "
            f"{sum(map(len, done))} texts",
        ),
        (taken_over, f"texts that were adopted before this register began: {taken_over}"),
        (len(nobody), f"texts of this draft that nobody has adopted: {len(nobody)}"),
    )
    said = "; ".join(words for number, words in parts if number) or "none stands behind it"
    yield from or_holds("decisions", said, looks)


def _adopted(
    found: ReleaseEvidence,
    adoptions: Mapping[str, tuple[Adoption, ...]],
    path: str,
    units: list[ReleasedUnit],
) -> Iterator[CheckResult]:
    """Hold what the manifest says about adoption against the log."""
    for unit in units:
        known = adoptions.get(unit.id, ())
        if not any((each.path, each.after) == (path, unit.digest) for each in known):
            yield fails(
                "decisions",
                path,
                f"the manifest says that this adopted {unit.id} in these words, and it did not",
                _TELL,
            )


def _reckoned(found: ReleaseEvidence, paths: Mapping[str, object]) -> list[CheckResult]:
    reckoning = Recount(found.corpus)
    looks = []
    for path in sorted(paths):
        document = found.corpus.by_path.get(path)
        if document is None or document.kind != "decision":
            continue  # taken over, or missing: `_adopted` has said so
        again = reckoning.again(document)
        if again is None:
            looks.append(fails("decisions", path, "this decision can't be read", AGAIN))
        else:
            looks += _looks_of(again)
    return looks


def _looks_of(again: RecountResult) -> Iterator[CheckResult]:
    for message in again.differs:
        yield fails(
            "decisions", again.path, f"its records do not give this decision: {message}", _TELL
        )
    if again.unknown:
        yield not_checked(
            "decisions",
            f"{again.path}: {'; '.join(again.unknown)}",
            "A clone with the whole history has the words of then.",
        )


def _taken_over(found: ReleaseEvidence) -> Iterator[CheckResult]:
    """Say for which texts the word of coordinators stands in the place of a decision."""
    before: dict[str, int] = defaultdict(int)
    for unit in found.manifest.units:
        if (unit.adopted_by or "").startswith("governance/log/"):
            before[unit.adopted_by or ""] += 1
    for path, number in sorted(before.items()):
        document = found.corpus.by_path.get(path)
        entry = document.record if document else None
        if isinstance(entry, LogEntry) and entry.taken_over is not None:
            who = ", ".join(entry.taken_over.by) or entry.by
            yield not_checked(
                "decisions",
                f"{number} texts were adopted before this register began, as {who} say in the log: "
                f"{entry.taken_over.adopted_at}, {entry.taken_over.adopted_on}",
                f"What they name as evidence stands in {path}.",
            )


def _named(ids: list[str]) -> str:
    shown = ", ".join(ids[:5])
    return shown if len(ids) <= 5 else f"{shown} and {len(ids) - 5} more"
