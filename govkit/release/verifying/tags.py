"""The tag: signed by who published, on the commit that published, naming what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from govkit.log.keys import Signers
from govkit.release.manifest import SUMS
from govkit.release.verifying.check_result import CheckResult, fails, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.source.ssh_signatures import signer_of

NAMESPACE = "git"
"""What git's own signatures of tags are made for."""

_MOVED = (
    "Somebody moved the tag or made it anew. Take the release from a place that has the tag as it "
    "was, and tell the coordinators."
)


class TagFound(NamedTuple):
    """A tag as it lies in git.

    `name` is the one inside, `payload` are the bytes that were signed, both empty where the tag has
    no object of its own. `publishes` says whether its commit is the one that brought
    `published.yaml`, in the bytes that are there.
    """

    commit: str | None
    name: str
    payload: bytes
    signature: str
    publishes: bool


def of_tag(found: ReleaseEvidence, tag: TagFound | None, signers: Signers) -> Iterator[CheckResult]:
    """Look at the tag of a release; None where this clone has none."""
    place = f"refs/tags/{found.name.tag}"
    if tag is None:
        if found.publication is not None:
            yield fails(
                "tag",
                place,
                "the release was published, and its tag is not here",
                "Fetch the tags: `git fetch --tags`. If it is gone, ask who took it away.",
            )
        else:
            yield not_checked("tag", "there is none yet: the release was not published")
        return
    by = signer_of(tag.payload, tag.signature, signers, NAMESPACE) if tag.signature else None
    looks = list(_looks(found, tag, by, place))
    yield from or_holds(
        "tag", f"{found.name.tag} is signed by {by}, on the commit that published", looks
    )


def _looks(
    found: ReleaseEvidence, tag: TagFound, by: str | None, place: str
) -> Iterator[CheckResult]:
    if not tag.payload:
        yield fails("tag", place, "it is no tag that anybody signed, but a bare name", _MOVED)
    elif by is None:
        said = "the signature below it does not hold" if tag.signature else "nobody signed it"
        yield fails("tag", place, f"{said}, or it is of nobody who coordinated then", _MOVED)
    elif found.publication is not None and by != found.publication.by:
        yield fails(
            "tag", place, f"it is signed by {by}, and {found.publication.by} published", _MOVED
        )
    if tag.name and tag.name != found.name.tag:
        yield fails("tag", place, f"it says inside that it is {tag.name}", _MOVED)
    if not tag.publishes:
        yield fails(
            "tag",
            place,
            f"it points at {tag.commit[:12] + '…' if tag.commit else 'no commit'}, which is not "
            "the commit that published this release",
            _MOVED,
        )
    if tag.payload:
        yield from _message(found, tag, place)


def _message(found: ReleaseEvidence, tag: TagFound, place: str) -> Iterator[CheckResult]:
    said = tag.payload.partition(b"\n\n")[2].decode("utf-8", errors="replace")
    head = found.manifest.log_head
    wanted = (
        (f"the digest of {SUMS}", sha256(found.sums).hexdigest()),
        ("the root fingerprint", (found.manifest.genesis or "").removeprefix("sha256:")),
        ("the head of the log", head.digest.removeprefix("sha256:") if head else ""),
    )
    for what, digest in wanted:
        if digest not in said:
            yield fails("tag", place, f"its message does not have {what} of this release", _MOVED)
