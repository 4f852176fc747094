"""Everything that was found about one release, before anybody judges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from govkit.corpus.whole import Corpus
from govkit.records.kinds import RELEASES
from govkit.records.releases import Manifest, Publication
from govkit.release.manifest import FOREWORD, MANIFEST, RECORDS, SIGNATURES, SUMS, ReleaseName

OWN = (MANIFEST, RECORDS, FOREWORD)
"""The files that stand in the repository and that SHA256SUMS may list; all others are built."""


@dataclass(frozen=True)
class ReleaseEvidence:
    """One release as it lies here.

    `name` is what was asked for. `own` are its files as the repository or the folder has them, by
    name: `manifest.yaml`, `RECORDS`, `SHA256SUMS`, `signatures/one.sig`. `built` gives the SHA-256
    (64 of 0-9 a-f) of the built files at hand, None where none are. `data` are the governed files
    of its state by path; `whole` says whether they are all there were, or those that the release
    carries with it. `corpus` is made of them.
    """

    name: ReleaseName
    manifest: Manifest
    publication: Publication | None
    own: Mapping[str, bytes]
    corpus: Corpus
    data: Mapping[str, bytes]
    whole: bool
    built: Mapping[str, str] | None = None
    place: str = ""
    tree: str | None = None
    """Git's id of the tree of the governed folders, where there is a clone."""
    kept: Mapping[str, bool | None] | None = None
    """Whether what the private folder of this machine has under a salted digest fits it."""
    mail_faults: Mapping[str, str] = field(default_factory=dict)
    """Why the signature of a mail that is kept here is not as evidence at a path says."""
    held: Mapping[str, bytes] | None = None
    """The manifests of all releases that the clone has, by their names; None without a clone."""

    @property
    def sums(self) -> bytes:
        """Return SHA256SUMS, which is what is signed."""
        return self.own.get(SUMS, b"")

    @property
    def signatures(self) -> dict[str, str]:
        """Return the signatures by the ids of those who say that they signed."""
        start = f"{SIGNATURES}/"
        return {
            name.removeprefix(start).removesuffix(".sig"): data.decode("ascii", errors="replace")
            for name, data in sorted(self.own.items())
            if name.startswith(start) and name.endswith(".sig")
        }

    @property
    def is_draft(self) -> bool:
        """Say whether the version is that of a draft."""
        return "-draft." in self.manifest.version

    def at(self, name: str) -> str:
        """Return where a file of the release lies, to name it."""
        return f"{self.place or f'{RELEASES}/{self.name}'}/{name}"
