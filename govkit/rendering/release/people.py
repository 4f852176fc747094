"""How members and groups are named on the pages of a release: only as they agreed to be."""

from __future__ import annotations

from collections.abc import Iterable

from govkit.corpus.whole import Corpus
from govkit.records.governance import Member
from govkit.release.standing import Resolved
from govkit.rendering.release import words
from govkit.rendering.typography import curled
from govkit.source.reading import without_addresses


class People:
    """The names of one proposal's members and groups."""

    def __init__(self, corpus: Corpus, resolved: Resolved | None = None) -> None:
        """Take the corpus and, where names may be withheld, the proposal that they spoke about."""
        self._corpus = corpus
        self._resolved = resolved

    def group(self, slug: str) -> str:
        """Return the name of a stakeholder group."""
        charter = self._corpus.charter
        return curled((charter.groups.get(slug) if charter else None) or slug)

    def groups(self, slugs: Iterable[str]) -> list[str]:
        """Return the names of several groups."""
        return [self.group(slug) for slug in slugs]

    def group_of(self, member: str) -> str:
        """Return the name of the group that a member sits for, or nothing."""
        slug = self._resolved.groups.get(member, "") if self._resolved else ""
        return self.group(slug) if slug else ""

    def name(self, member: str) -> str:
        """Return the name of a member, or the group of one whose name is withheld."""
        if self._resolved and member in self._resolved.withheld:
            return words.without_name(self.group_of(member))
        document = self._corpus.find(("member",), member)
        record = document.record if document else None
        return plain(record.name) if isinstance(record, Member) else member

    def names(self, members: Iterable[str]) -> list[str]:
        """Return the names of several members, sorted."""
        return sorted(self.name(member) for member in members)


def plain(text: str) -> str:
    """Return people's own words as they are printed: without mail addresses."""
    return curled(without_addresses(text)[0])
