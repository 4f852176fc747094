"""What one who adopted an earlier release has to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkit.corpus.changes.values import Change
from govkit.corpus.profile import Profile
from govkit.corpus.whole import Corpus
from govkit.records.kinds import NUMBERED_KINDS


def to_look_at(
    changes: Iterable[Change], old: Corpus, new: Corpus, profile: Profile | None
) -> Iterator[Change]:
    """Yield the changes after which one may no longer conform, for a platform of this profile.

    A text counts if it covers the profile before or after; a definition, if a text that it affects
    does. Without a profile everything counts.
    """
    for change in changes:
        if change.conformity == "still conforms":
            continue
        ids = (change.id, *change.affects) if change.kind == "term" else (change.id,)
        if profile is None or any(_covers(profile, id, old, new) for id in ids):
            yield change


def _covers(profile: Profile, id: str, old: Corpus, new: Corpus) -> bool:
    found = [corpus.find(NUMBERED_KINDS, id) for corpus in (old, new)]
    return any(
        document is not None and document.record is not None and profile.covers(document.record)
        for document in found
    )
