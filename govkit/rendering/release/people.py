"""How members and groups are named on the pages of a release: only as they agreed to be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.records.governance import Member
from govkit.release.adoption_record import DecidedProposal
from govkit.rendering.release import words
from govkit.rendering.typography import curled
from govkit.source.reading import without_addresses

_ID = re.compile(r"(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])")
_POSITION = re.compile(r"positions/(?P<member>[a-z0-9-]+)-[0-9]{2,}")


class People:
    """The names of one proposal's members and groups."""

    def __init__(self, corpus: Corpus, resolved: DecidedProposal | None = None) -> None:
        """Take the corpus and, where names may be withheld, the proposal that they spoke about."""
        self._corpus = corpus
        self._resolved = resolved

    @property
    def messages(self) -> Messages:
        """Return the words that are printed around the names, in the language of the texts."""
        return self._corpus.messages

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
            return words.without_name(self.messages, self.group_of(member))
        document = self._corpus.find(("member",), member)
        record = document.record if document else None
        return plain(record.name) if isinstance(record, Member) else member

    def with_group(self, member: str) -> str:
        """Return the name of a member with the group that they sit for."""
        name, group = self.name(member), self.group_of(member)
        return f"{name}, {group}" if group and group not in name else name

    def said(self, text: str) -> str:
        """Return a sentence of a record with names in the place of ids.

        A position is named by the id of its member, which may be one that is withheld.
        """
        parts = _POSITION.split(text)
        words = [_ID.sub(lambda found: self._named(found[0]), each) for each in parts[::2]]
        named = [self.record(found[0]) for found in _POSITION.finditer(text)]
        return plain("".join(w + n for w, n in zip(words, [*named, ""], strict=True)))

    def record(self, name: str) -> str:
        """Return the name of a record; that of a position holds the id of a member."""
        found = _POSITION.fullmatch(name)
        if found and self._resolved and found["member"] in self._resolved.withheld:
            return self.messages.say("release.a-position-of", name=self.name(found["member"]))
        return name

    def _named(self, word: str) -> str:
        known = self._corpus.find(("member",), word)
        return self.name(word) if known else word

    def names(self, members: Iterable[str]) -> list[str]:
        """Return the names of several members, sorted."""
        return sorted(self.name(member) for member in members)


def plain(text: str) -> str:
    """Return people's own words as they are printed: without mail addresses."""
    return curled(without_addresses(text)[0])
