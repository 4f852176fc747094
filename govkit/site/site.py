"""What the site is made from: one value, put together by whoever knows the folder."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus, Deriving
from govkit.languages.catalogue import Messages
from govkit.records.governance import Charter
from govkit.records.kinds import NUMBERED_KINDS
from govkit.rendering.places import CoalitionPlaces


@dataclass(frozen=True)
class Site(Deriving):
    """The coalition at a moment, `now`, an aware instant in UTC.

    `address` is where the site will be found, as `https://example.org/`, or empty where nobody has
    said. `edition` is the day (YYYY-MM-DD) of the commit that holds exactly this corpus, and
    `commit` its id; both are empty for a folder with changes that no commit has.
    """

    corpus: Corpus
    charter: Charter
    now: datetime.datetime
    edition: str = ""
    commit: str = ""
    address: str = ""

    @property
    def said(self) -> Messages:
        """Return the words around the texts, in their language."""
        return self.corpus.messages

    @cached_property
    def places(self) -> CoalitionPlaces:
        """Return where each text, clause, definition and source stands."""
        return CoalitionPlaces(self.corpus)

    @cached_property
    def texts(self) -> tuple[Document, ...]:
        """Return the provisions, recommendations and principles that can be read, by path."""
        kinds = [kind for kind in NUMBERED_KINDS if kind != "instrument"]
        return tuple(each for each in self.corpus.of_kind(*kinds) if each.record is not None)

    @cached_property
    def books(self) -> tuple[Document, ...]:
        """Return the books that can be read."""
        every = self.corpus.of_kind("instrument")
        return tuple(each for each in every if each.record is not None)
