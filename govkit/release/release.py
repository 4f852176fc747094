"""A release as a value: the manifest, the state that it names, and what it is compared with.

Everything that is in a release is made from this value and nothing else, so that it can be made
again from the tag alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.records.releases import EntryAt, Held, Manifest
from govkit.release.adoption_record import AdoptionRecords, adoption_records_in


class Validity(NamedTuple):
    """What became of a release afterwards. No artefact of the release itself says it.

    In force from `since` to before `until`, days as 2026-10-01; `until` is None while it is in
    force. `superseded_by` is the version that came after it, or None.
    """

    since: str
    until: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True)
class Release:
    """One release, whole.

    `manifest_bytes` are those of the file `manifest.yaml`. `corpus` and `files` are the state that
    the manifest names: its documents, and the bytes of each record by path. `previous` is the state
    of the version that the manifest is compared with. `foreword` is CommonMark. `earlier` are the
    manifests of the earlier releases of this book, the oldest first. `validity` is given where a
    superseded release is printed again. A preview was made of a folder, and was never cut.
    """

    manifest: Manifest
    manifest_bytes: bytes
    corpus: Corpus
    files: Mapping[str, bytes] = field(default_factory=dict)
    previous: Corpus | None = None
    foreword: str | None = None
    earlier: tuple[Manifest, ...] = ()
    validity: Validity | None = None
    is_preview: bool = False

    @property
    def messages(self) -> Messages:
        """Return the words that are printed around the texts, in their language."""
        return self.corpus.messages

    @cached_property
    def adoptions(self) -> AdoptionRecords:
        """Return what stands behind each text."""
        return adoption_records_in(self.manifest, self.corpus)

    @property
    def is_draft(self) -> bool:
        """Say whether the version is that of a draft."""
        return "-draft." in self.manifest.version

    @property
    def is_forming(self) -> bool:
        """Say whether the coalition was not founded yet."""
        return self.manifest.genesis is None

    @property
    def day(self) -> str:
        """Return the day of the release, as 2026-09-01."""
        return str(self.manifest.dated)

    @property
    def in_force_from(self) -> str:
        """Return the day from which the texts apply where nothing else is said of one."""
        return str(self.manifest.effective or self.manifest.dated)

    @property
    def root_fingerprint(self) -> str | None:
        """Return the digest of the genesis, or None while the coalition is forming."""
        return self.manifest.genesis

    @property
    def newest_entry(self) -> EntryAt | None:
        """Return the newest entry of the log."""
        return self.manifest.newest_entry

    @property
    def holds(self) -> tuple[Held, ...]:
        """Return the versions that an umbrella release holds."""
        return tuple(self.manifest.holds)
