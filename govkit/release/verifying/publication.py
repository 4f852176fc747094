"""The publication: signed by who published, over what was signed, and in the log once and first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.checkpoints import Checkpoint, checkpoint_of
from govkit.log.coordination import CoordinatingBody
from govkit.log.digests import tree_of
from govkit.log.entries import entries_of, valid_entries
from govkit.log.heads import disagreement, seals_of
from govkit.log.keys import Signers, armour
from govkit.records.log import LogEntry
from govkit.records.releases import Publication
from govkit.release.contents import digest_of_bytes, publication_bytes, signed_part
from govkit.release.manifest import PUBLISHED, SIGNATURES, SUMS, ReleaseName
from govkit.release.verifying.check_result import CheckResult, fails, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.signers import ValidSignatures
from govkit.source.ssh_signatures import signer_of

OF_PUBLICATIONS = "publication@govkit"
"""The purpose that the signature of a publication is made for."""

CHANGED = "Somebody changed what it says about the publication. Get the release again."
_VOUCH = "The coordinators of now can vouch for the release: `govkit release sign RELEASE --again`."
_AHEAD = datetime.timedelta(minutes=5)


class PublicationContext(NamedTuple):
    """What a publication is judged by: who could publish, and whose signatures hold.

    `known` are all keys that members have or had, whether they count or not. `then` are the records
    of the commit that published, None without a clone; `now` is the moment of looking.
    """

    body: CoordinatingBody | None
    signers: Signers
    signed: ValidSignatures
    known: Signers
    then: Corpus | None
    now: datetime.datetime


def entry_of_publication(corpus: Corpus, name: ReleaseName) -> LogEntry | None:
    """Return the entry of the log that speaks of the publication of a release, or None."""
    return valid_entries(corpus).get((name.place(PUBLISHED), "publication"))


def of_publication(found: ReleaseEvidence, by: PublicationContext) -> Iterator[CheckResult]:
    """Look at the word that a release was published."""
    said = found.publication
    place = found.at(PUBLISHED)
    if said is None:
        if found.own.get(PUBLISHED) is not None:
            yield fails("publication", place, "it can't be read", CHANGED)
        else:
            yield not_checked(
                "publication",
                "when it was published: what says so is not here"
                if not found.whole
                else "this is a candidate: it was not published yet",
            )
        return
    if by.body is None:
        return  # that nobody can sign for it was said
    looks = [
        *_signature(found, said, by),
        *(
            fails("publication", place, message, CHANGED)
            for message in (*_words(found, said, by), *_log(found, said))
        ),
    ]
    if by.then is not None:
        looks += _entry(found, said, by.then)
    yield from or_holds(
        "publication",
        f"signed by {said.by}, at {said.published:%Y-%m-%d %H:%M} UTC"
        + (", and in the log" if by.then is not None else ""),
        looks,
    )
    if by.then is None:
        yield not_checked(
            "publication",
            "whether the log has this publication, once and first: that entry is newer than the "
            "records that travel with the release",
            "In a clone: govkit -C CLONE release verify FOLDER",
        )


def _signature(
    found: ReleaseEvidence, said: Publication, by: PublicationContext
) -> Iterator[CheckResult]:
    assert by.body is not None
    place, part = found.at(PUBLISHED), signed_part(found.name, said)
    signature = armour(said.signature or "")

    def is_signed(keys: Signers) -> bool:
        own = [each for each in keys if each[0] == said.by]
        return signer_of(part, signature, own, OF_PUBLICATIONS) is not None

    wrong = ""
    if said.by not in by.body.ids:
        wrong = f"{said.by} was no coordinator then, and only coordinators publish"
    elif not said.signature:
        wrong = "nobody has signed it"
    elif found.own.get(PUBLISHED) != publication_bytes(found.name, said) or not is_signed(by.known):
        wrong = (
            f"this is not what {said.by} signed: the day, the publisher or another word of it was "
            "changed"
        )
    if wrong:
        yield fails("publication", place, wrong, CHANGED)
    elif not is_signed(by.signers):
        wrong = f"it is signed with a key of {said.by} that does not count for this release"
        yield fails("publication", place, wrong, _VOUCH, curable=True)
    lost = sorted(set(said.signed) - set(by.signed.by))
    if lost:
        wrong = f"it says that {', '.join(lost)} signed, and no such signature holds"
        yield fails("publication", place, wrong, _VOUCH, curable=True)


def _words(found: ReleaseEvidence, said: Publication, by: PublicationContext) -> Iterator[str]:
    if said.release != str(found.name):
        yield f"it is that of another release, {said.release}"
    if said.sums != digest_of_bytes(found.sums):
        yield f"it names another {SUMS}"
    here = [id for id in said.signed if f"{SIGNATURES}/{id}.sig" in found.own]
    lost = sorted(set(said.signed) - set(here))
    if lost:
        yield f"it says that {', '.join(lost)} signed, and no such signature is here"
    for id in here:
        if said.signatures[id] != digest_of_bytes(found.own[f"{SIGNATURES}/{id}.sig"]):
            yield f"it was published with another signature of {id} than the one that is here"
    counted = set(said.signed) & set(by.signed.by)
    if set(said.not_rebuilt) & counted != set(by.signed.not_rebuilt) & counted:
        yield "it says otherwise than the signatures who built the release again"
    day = f"{said.published:%Y-%m-%d}"
    if said.published > by.now + _AHEAD:
        yield f"it says that it was published on {day}, and that is still to come"
    newest = max((entry.recorded_at for _, entry in entries_of(found.corpus)), default=None)
    if newest is not None and said.published < newest:
        yield (
            f"it says that it was published on {day}, and what was released was recorded as late "
            f"as {newest:%Y-%m-%d}"
        )


def _log(found: ReleaseEvidence, said: Publication) -> Iterator[str]:
    """Hold the head that it names against the log that was released."""
    head = _head(said)
    if head is None:
        yield "the head of the log in it is not written as a head is"
        return
    newest = found.manifest.newest_entry
    if head.origin != found.manifest.genesis:
        yield "it names a head of another coalition"
    elif newest is not None and head.size < newest.seq:
        yield (
            f"it names a head over {head.size} entries, and the release was made with {newest.seq}"
        )


def _head(said: Publication) -> Checkpoint | None:
    try:
        return checkpoint_of(said.head)
    except ValueError:
        return None


def _entry(found: ReleaseEvidence, said: Publication, then: Corpus) -> Iterator[CheckResult]:
    """Hold it against the log of the commit that published."""
    entry = entry_of_publication(then, found.name)
    place = found.at(PUBLISHED)
    if entry is None:
        yield fails("publication", place, "the log has no entry for it", CHANGED)
        return
    if entry.digest != digest_for("publication", said):
        yield fails(
            "publication",
            place,
            f"number {entry.seq} of the log has this publication in other words",
            CHANGED,
        )
    elif (entry.by, entry.recorded_at) != (said.by, said.published):
        yield fails(
            "publication",
            place,
            f"number {entry.seq} of the log was made by {entry.by} at "
            f"{entry.recorded_at:%Y-%m-%d %H:%M} UTC, and it says otherwise",
            CHANGED,
        )
    head, seals = _head(said), seals_of(then)
    # Heads that lie beside the log were held against it already.
    fits = head is None or any(each.checkpoint == head for each in seals.heads)
    wrong = None if fits or head is None else disagreement(head, tree_of(then))
    if wrong:
        yield fails("publication", place, f"the head of the log that it names: {wrong}", CHANGED)
    elif head is not None and entry.seq <= head.size:
        yield fails("publication", place, "it names a head that has its own entry already", CHANGED)
    if entry.seq in seals.unsealed:
        yield fails(
            "publication",
            place,
            f"its entry, number {entry.seq} of the log, is sealed by no coordinator",
            "Nobody vouches for when it was published. A coordinator seals: `govkit seal`.",
        )
