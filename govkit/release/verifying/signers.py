"""Who vouches for a release: coordinators who could sign then, as many as it takes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govkit.corpus.whole import Corpus
from govkit.log.coordination import CoordinatingBody, keys_of
from govkit.log.keys import Signers
from govkit.release.manifest import NAMESPACE, SUMS
from govkit.release.verifying.check_result import CheckResult, fails, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.source.ssh_signatures import signer_of

NOT_REBUILT = "release-not-rebuilt@govkit"
"""What a signature is made for by a coordinator who did not build the release again."""

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
    found: ReleaseEvidence, body: CoordinatingBody | None, signers: Signers, signed: ValidSignatures
) -> Iterator[CheckResult]:
    """Look at the signatures."""
    if body is None:
        yield fails(
            "signatures",
            found.at(SUMS),
            "the coalition is forming, so nobody can sign for it",
            "These are drafts that nobody vouches for. Read them as such.",
        )
        return
    # Neither an act after the cut nor a changed manifest can make fewer signatures enough.
    needed = max(body.threshold, found.manifest.threshold)
    yield from or_holds(
        "signatures",
        f"signed by {', '.join(signed.by)}; it takes {needed}",
        _each(found, body, signers, signed, needed),
    )
    if signed.not_rebuilt:
        yield not_checked(
            "signatures",
            f"{', '.join(signed.not_rebuilt)} signed without building the release again",
        )


def _each(
    found: ReleaseEvidence,
    body: CoordinatingBody,
    signers: Signers,
    signed: ValidSignatures,
    needed: int,
) -> Iterator[CheckResult]:
    with_keys = {id for id, _ in signers}
    for id in found.signatures:
        if id in signed.by:
            continue
        if id not in body.ids:
            said = f"{id} was no coordinator then, and this signature counts for nothing"
        elif id not in with_keys:
            said = f"{id} had no key then that holds, so this signature can't count"
        else:
            said = f"this is no signature of {id} over this {SUMS}"
        yield fails("signatures", found.at(f"signatures/{id}.sig"), said, _NOT_TAKEN)
    if len(signed.by) < needed:
        yield fails(
            "signatures",
            found.at("signatures"),
            f"it takes the signatures of {needed} coordinators, and {len(signed.by)} "
            f"{'holds' if len(signed.by) == 1 else 'hold'}",
            "This release is not vouched for. Coordinators sign with `govkit release sign`.",
            only_missing=True,
        )
