"""Who vouches for a release: coordinators who could sign then, as many as it takes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govkit.corpus.whole import Corpus
from govkit.log.coordination import CoordinatingBody, keys_of
from govkit.log.heads import HeadWitness
from govkit.log.keys import Signers
from govkit.release.manifest import NAMESPACE, SUMS
from govkit.release.verifying.check_result import CheckResult, fails, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.source.ssh_signatures import signer_of

NOT_REBUILT = "release-not-rebuilt@govkit"
"""What a signature is made for by a coordinator who did not build the release again."""

_VOUCH = (
    "Ask the coordinator in person. The coordinators of now can vouch for the release: `govkit "
    "release sign RELEASE --again`."
)
_NOT_TAKEN = "Take no signature for granted. Ask the coordinator in person, and tell the others."


class ValidSignatures(NamedTuple):
    """Whose signatures hold, and who of them did not build the release again."""

    by: tuple[str, ...]
    not_rebuilt: tuple[str, ...]


def signers_of(
    corpora: Sequence[Corpus], body: CoordinatingBody, instant: datetime.datetime
) -> Signers:
    """Return the keys that coordinators could sign with at an instant.

    A key has to hold in every one of the corpora: that of the release, and that of today, which
    knows what became known since.
    """
    found = [set(keys_of(corpus).signers(body.ids, instant)) for corpus in corpora]
    return tuple(sorted(set.intersection(*found))) if found else ()


class SuspectKey(NamedTuple):
    """A key that may be in other hands, and no witness has seen what was signed with it before."""

    id: str
    public: str
    since: datetime.datetime


def suspect_keys(
    corpora: Sequence[Corpus], signers: Signers, seen: Sequence[HeadWitness]
) -> tuple[SuspectKey, ...]:
    """Return those keys of which nobody can tell whether their owner signed with them.

    `seen` are the witnesses of heads of the log that cover the publication, and with it the digests
    of its signatures. What somebody else saw before the theft, the thief did not make.
    """
    found = []
    for id, public in signers:
        since = [
            key.compromised
            for corpus in corpora
            for key in keys_of(corpus).of(id)
            if key.public == public and key.compromised is not None
        ]
        if since and not any(each.seen_at < min(since) for each in seen if each.who != id):
            found.append(SuspectKey(id, public, min(since)))
    return tuple(found)


def signed_by(found: ReleaseEvidence, signers: Signers) -> ValidSignatures:
    """Return whose signatures over SHA256SUMS hold."""
    by, not_rebuilt = [], []
    for id, signature in found.signatures.items():
        own = [each for each in signers if each[0] == id]
        if signer_of(found.sums, signature, own, NAMESPACE):
            by.append(id)
        # The purpose is part of what is signed; a note beside it could be taken away (decision 20).
        elif signer_of(found.sums, signature, own, NOT_REBUILT):
            by.append(id)
            not_rebuilt.append(id)
    return ValidSignatures(tuple(by), tuple(not_rebuilt))


def of_signatures(
    found: ReleaseEvidence,
    body: CoordinatingBody | None,
    signed: ValidSignatures,
    known: Signers,
    suspect: Sequence[SuspectKey] = (),
) -> Iterator[CheckResult]:
    """Look at the signatures. `known` are all keys that members have or had."""
    if body is None:
        yield fails(
            "signatures",
            found.at(SUMS),
            "the coalition is forming, so nobody can sign for it",
            "These are drafts that nobody vouches for. Read them as such.",
            curable=True,
        )
        return
    # Neither an act after the cut nor a changed manifest can make fewer signatures enough.
    needed = max(body.threshold, found.manifest.threshold)
    yield from or_holds(
        "signatures",
        f"signed by {', '.join(signed.by)}; it takes {needed}",
        (*_not_counted(found, body, signed, known, suspect), *_too_few(found, signed, needed)),
    )
    if signed.not_rebuilt:
        yield not_checked(
            "signatures",
            f"{', '.join(signed.not_rebuilt)} signed without building the release again",
        )


def _not_counted(
    found: ReleaseEvidence,
    body: CoordinatingBody,
    signed: ValidSignatures,
    known: Signers,
    suspect: Sequence[SuspectKey],
) -> Iterator[CheckResult]:
    """Yield why signatures count for nothing: forged, or made with a key that does not count."""
    for id, signature in found.signatures.items():
        if id in signed.by:
            continue
        place = found.at(f"signatures/{id}.sig")
        theft = next((each for each in suspect if _is_by(found, signature, each[:2])), None)
        own = any(_is_by(found, signature, each) for each in known if each[0] == id)
        if id not in body.ids:
            said = f"{id} was no coordinator then, and this signature counts for nothing"
            yield fails("signatures", place, said, _NOT_TAKEN)
        elif theft is not None:
            said = (
                f"the key of {id} may be in other hands since {theft.since:%Y-%m-%d}, and no "
                "member bore witness before that day to a head of the log that has this release"
            )
            yield fails("signatures", place, said, _VOUCH, curable=True)
        elif own:
            said = f"{id} signed with a key that did not count then, or counts no more"
            yield fails("signatures", place, said, _VOUCH, curable=True)
        else:
            said = f"this is no signature of {id} over this {SUMS}"
            yield fails("signatures", place, said, _NOT_TAKEN)


def _is_by(found: ReleaseEvidence, signature: str, key: tuple[str, str]) -> bool:
    return any(
        signer_of(found.sums, signature, [key], purpose) for purpose in (NAMESPACE, NOT_REBUILT)
    )


def _too_few(found: ReleaseEvidence, signed: ValidSignatures, needed: int) -> Iterator[CheckResult]:
    if len(signed.by) < needed:
        yield fails(
            "signatures",
            found.at("signatures"),
            f"it takes the signatures of {needed} coordinators, and {len(signed.by)} "
            f"{'holds' if len(signed.by) == 1 else 'hold'}",
            "This release is not vouched for. Coordinators sign with `govkit release sign`.",
            curable=True,
        )
