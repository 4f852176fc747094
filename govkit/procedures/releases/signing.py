"""Signing a candidate: the signer builds it again, compares, and signs SHA256SUMS.

One commit brings one signature. Who did not build the release again says so, and signs for another
purpose, so that nobody can take the one for the other.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

from govkit.errors import WrongUse
from govkit.log.coordination import history_of, keys_of
from govkit.procedures.log.signatures import NewSignature, SigningKey, sign_with_key_of
from govkit.procedures.releases import preconditions
from govkit.release.manifest import NAMESPACE, SUMS, ReleaseName
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.signers import NOT_REBUILT, ValidSignatures, signed_by, signers_of
from govkit.store import commit_transactions, objects
from govkit.store.commit_transactions import PendingCommit
from govkit.store.journal import Step
from govkit.workspace.releases.gathering import found_in_clone
from govkit.workspace.releases.rebuild import differing, programs_in_words
from govkit.workspace.releases.states import OpenedRelease, open_release
from govkit.workspace.releases.values import Progress, unseen
from govkit.workspace.releases.verification import faults_to_sign


class NotSigned(WrongUse):
    """What was built again is not what would be signed. Nothing was written."""

    exit_code = 1


class SigningRequest(NamedTuple):
    """Who wants to sign what, with which private key. `rebuild` is False for `--not-rebuilt`."""

    name: ReleaseName
    by: str
    key: SigningKey
    rebuild: bool
    branch: str = preconditions.MAIN


class Signature(NamedTuple):
    """A signature that was committed, and how the release stands with it."""

    path: str
    commit: str
    key: str
    sums: bytes
    signed: ValidSignatures
    missing: tuple[str, ...]
    threshold: int


def sign(
    root: Path,
    request: SigningRequest,
    now: datetime.datetime,
    progress: Progress = unseen,
    step: Step = commit_transactions.unseen,
) -> Signature:
    """Build a candidate again, sign it, and commit the signature. The caller holds the lock.

    Raises `WrongUse` where the candidate or the key does not allow it, `NotSigned` where what comes
    out is something else; then nothing was changed.
    """
    head = preconditions.require_repository(root, request.branch)
    opened = open_release(root, request.name, head)
    found = found_in_clone(opened)
    if found.publication is not None:
        raise WrongUse(
            f"{found.name} is published already, and its signatures are closed",
            "A correction is a version of its own: `govkit release cut`. Where keys of then count "
            "no more, the coordinators of now vouch for it: --again.",
        )
    # Else what is verified by its tag would be another candidate than the one that is signed.
    preconditions.require_free(root, request.name)
    _require_sound(root, opened, now)
    # The key is tried first: who has the wrong one should not wait for the books.
    made = _signed(found, request, now)
    if request.rebuild:
        require_rebuilt(opened, progress)
    path = request.name.signature_of(request.by)
    commit = _committed(root, head, request, {path: made.signature.encode("ascii")}, now, step)
    return _as_it_stands(root, request, made.key, path, commit, now)


def _require_sound(root: Path, opened: OpenedRelease, now: datetime.datetime) -> None:
    wrong = faults_to_sign(root, opened, now)
    if wrong:
        more = f" ({len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise NotSigned(
            f"{opened.name} does not hold, so it is not signed: {wrong[0].place}: "
            f"{wrong[0].message}{more}",
            f"`govkit release verify {opened.name}` shows all of it. Mend it, and cut it again: "
            f"`govkit release cut {opened.name.slug} --again`. Nothing was changed.",
        )


def _signed(
    found: ReleaseEvidence, request: SigningRequest, now: datetime.datetime
) -> NewSignature:
    body = history_of(found.corpus).body
    if body is None:
        raise WrongUse(
            "the coalition is forming: it has no coordinators who could sign",
            "Found it first: `govkit found`. A draft can be cut and read without any signature.",
        )
    if request.by not in body.ids:
        raise WrongUse(
            f"`{request.by}` is no coordinator in the state that this release is made from",
            f"Coordinators there: {', '.join(body.ids)}.",
        )
    keys = keys_of(found.corpus)
    held = keys.holding(request.by, now)
    if not held:
        ended = ", ".join(f"{key.id} (ended or not safe)" for key in keys.of(request.by))
        raise WrongUse(
            f"{request.by} has no key that holds in this release"
            + (f"; keys that do not: {ended}" if ended else ""),
            f"Enrol one: `govkit member key add {request.by} --file FILE.pub`. Commit it, and cut "
            "the release again: the keys that count are those in the release.",
        )
    namespace = NAMESPACE if request.rebuild else NOT_REBUILT
    key = request.key
    return sign_with_key_of(found.sums, namespace, key, request.by, held)


def require_rebuilt(opened: OpenedRelease, progress: Progress) -> None:
    """Raise `NotSigned` where a release, built again here, has other bytes than were signed."""
    said = programs_in_words(opened.manifest)
    if said:
        raise NotSigned(
            f"this machine has other programs than the one that cut {opened.name}, so the bytes "
            f"can't be compared: {said}",
            "Install those versions (`make setup` in the same version of govkit). Or sign with "
            "--not-rebuilt, which is printed. Nothing was signed.",
        )
    wrong = differing(opened, progress)
    if wrong:
        raise NotSigned(
            f"built again, these files have other bytes than {SUMS} says: {', '.join(wrong)}",
            "Do not sign. Tell the one who cut it: either the cut was not clean, or somebody "
            "changed something. Nothing was signed.",
        )


def _committed(
    root: Path,
    head: str,
    request: SigningRequest,
    files: dict[str, bytes],
    now: datetime.datetime,
    step: Step,
) -> str:
    """Commit the signature on the branch, and lay it out; return the commit."""
    tree = objects.write_tree(root, head, dict(files))
    commit = objects.write_commit(
        root, tree, head, objects.person(root), now, f"Sign {request.name} as {request.by}"
    )
    landing = PendingCommit(f"refs/heads/{request.branch}", head, commit, tuple(files))
    commit_transactions.land(root, landing, f"govkit release sign {request.name}", step)
    return commit


def _as_it_stands(
    root: Path, request: SigningRequest, key: str, path: str, commit: str, now: datetime.datetime
) -> Signature:
    found = found_in_clone(open_release(root, request.name, commit))
    body = history_of(found.corpus).body
    assert body is not None, "who signed was one of its coordinators"
    signed = signed_by(found, signers_of([found.corpus], body, now))
    return Signature(
        path,
        commit,
        key,
        found.sums,
        signed,
        tuple(id for id in body.ids if id not in signed.by),
        body.threshold,
    )
