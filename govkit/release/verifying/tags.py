"""The tag: signed by who published, on the commit that published, naming what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.log.keys import Signers
from govkit.release.contents import tag_message
from govkit.release.manifest import PUBLISHED
from govkit.release.verifying.check_result import CheckResult, fails, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.source.ssh_signatures import signer_of

NAMESPACE = "git"
"""What git's own signatures of tags are made for."""

_TELL = "Take the release from a place that has the tag as it was, and tell the coordinators."
_REPLACED = f"Somebody put something else in the place of the tag. {_TELL}"
_MOVED = f"Somebody made a tag of this name on another commit. {_TELL}"
_UNKNOWN = f"Whoever made this tag was not the publisher. {_TELL}"
_ANEW = (
    "That says nothing about the texts. The coordinators of now can vouch for the release: "
    "`govkit release sign RELEASE --again`."
)


class TagObject(NamedTuple):
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


def of_tag(
    found: ReleaseEvidence, tag: TagObject | None, signers: Signers, known: Signers
) -> Iterator[CheckResult]:
    """Look at the tag of a release; None where this clone has none.

    `known` are all keys that members have or had, whether they count or not.
    """
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
    looks = list(_looks(found, tag, by, place, known))
    yield from or_holds(
        "tag", f"{found.name.tag} is signed by {by}, on the commit that published", looks
    )


def _looks(
    found: ReleaseEvidence, tag: TagObject, by: str | None, place: str, known: Signers
) -> Iterator[CheckResult]:
    if not tag.payload:
        yield fails("tag", place, "it is no tag that anybody signed, but a bare name", _REPLACED)
    elif not tag.signature:
        yield fails("tag", place, "nobody signed it", _REPLACED)
    elif by is None:
        owner = signer_of(tag.payload, tag.signature, known, NAMESPACE)
        if owner is None:
            said = "the signature below it is forged, or of somebody who never had a key here"
            yield fails("tag", place, said, _UNKNOWN)
        else:
            said = f"it is signed by {owner}, with a key that does not count for this release"
            yield fails("tag", place, said, _ANEW, curable=True)
    elif found.publication is not None and by != found.publication.by:
        yield fails(
            "tag", place, f"it is signed by {by}, and {found.publication.by} published", _UNKNOWN
        )
    if tag.name and tag.name != found.name.tag:
        yield fails("tag", place, f"it says inside that it is {tag.name}", _REPLACED)
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


def _message(found: ReleaseEvidence, tag: TagObject, place: str) -> Iterator[CheckResult]:
    """Hold what the tag says against the publication, word for word."""
    said = tag.payload.partition(b"\n\n")[2]
    published = found.own.get(PUBLISHED)
    if published is None:
        return
    if said != tag_message(found.name, found.manifest, published).encode():
        yield fails(
            "tag", place, f"its message is not that of this release and its {PUBLISHED}", _REPLACED
        )
