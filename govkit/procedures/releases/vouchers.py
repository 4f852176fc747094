"""Vouching again for a published release: coordinators of now, whose own keys count."""

from __future__ import annotations

import datetime

from govkit.errors import WrongUse
from govkit.procedures.log.countersignatures import NewCountersignature, prepare_countersignature
from govkit.procedures.releases.signing import NotSigned, SigningRequest, require_rebuilt
from govkit.release.manifest import PUBLISHED
from govkit.workspace import Workspace
from govkit.workspace.releases.states import open_release
from govkit.workspace.releases.values import Progress, unseen
from govkit.workspace.releases.verification import VerificationOptions, verify_tag

_REBUILT = "The release, built again from its record: every byte was the same."
_NOT_REBUILT = "The release and its record. It was not built again."


def prepare_voucher(
    workspace: Workspace,
    request: SigningRequest,
    now: datetime.datetime,
    progress: Progress = unseen,
) -> NewCountersignature:
    """Return the entry by which a coordinator of now vouches for a published release.

    All that `release verify` looks at has to hold, but for signatures whose keys count no more.
    Raises `WrongUse` for a candidate, `NotSigned` where something does not hold.
    """
    root, name = workspace.root, request.name
    verified = verify_tag(root, name, VerificationOptions(None, now))
    if not verified.is_published:
        raise WrongUse(
            f"{name} is a candidate: it was not published yet", "Sign it: leave --again out."
        )
    wrong = [look for look in verified.verdict.of("fails") if not look.curable]
    if wrong:
        raise NotSigned(
            f"{name} does not hold, so nobody vouches for it: {wrong[0].place}: {wrong[0].message}",
            f"`govkit release verify {name.tag}` shows all of it. Nothing was changed.",
        )
    if request.rebuild:
        require_rebuilt(open_release(root, name), progress)
    return prepare_countersignature(
        workspace,
        name.place(PUBLISHED),
        request.by,
        _REBUILT if request.rebuild else _NOT_REBUILT,
        request.key,
        now,
    )
