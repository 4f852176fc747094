"""What the site is made from: one value, put together by whoever knows the folder."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

from govkit.cache import NO_CACHE, Cache
from govkit.consent.status import Statuses
from govkit.corpus.changes.history import RecordMoment, TextVersion
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus, Deriving
from govkit.languages.catalogue import Messages
from govkit.records.governance import Charter
from govkit.records.kinds import NUMBERED_KINDS, path_in_proposal
from govkit.release.adoption_record import DecidedProposal, DecidedProposals
from govkit.release.published import ListedRelease, list_releases
from govkit.release.release import Release
from govkit.rendering.grounds import Grounds
from govkit.rendering.places import CoalitionPlaces
from govkit.round.docket import Docket, docket_of
from govkit.site.foreign_words import in_language, words_of_the_site

FORMATS = ("html", "md", "json")
"""The formats of the books to download that cost little; PDF is asked for."""


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
    released: Mapping[str, Release] = field(default_factory=dict)
    """The published releases of single books that could be opened, by their names."""
    versions: Mapping[str, tuple[TextVersion, ...]] = field(default_factory=dict)
    """The commits that touched each text, by its id, the newest first."""
    past: Callable[[Document], Sequence[RecordMoment]] = lambda _: ()
    """Gives the states of a text as the commits hold them, the oldest first; they are read then."""
    formats: tuple[str, ...] = FORMATS
    """In which formats the books can be downloaded."""
    languages: tuple[str, ...] = ()
    """The other languages (BCP 47) in which the site speaks to whoever opens it."""
    spoken: str = ""
    """The one of them in which pages are made; empty for the language of the texts."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Those of the bytes of every file by path, where something is kept."""
    cache: Cache = NO_CACHE
    """What was made before; with any other than `NO_CACHE`, `digests` are needed."""

    @property
    def language(self) -> str:
        """Return the language in which pages are made."""
        return self.spoken or self.corpus.language

    @property
    def said(self) -> Messages:
        """Return the words around the texts; one that is borrowed says of which language it is."""
        return words_of_the_site(self.language)

    def speaking(self, language: str) -> Site:
        """Return the same site, with what was derived from it, for pages in a language."""
        made = copy(self)
        object.__setattr__(made, "spoken", language)
        return made

    def original(self, words: str) -> str:
        """Return words of the records, which are in the language of the texts, on any page."""
        other = self.language != self.corpus.language
        return in_language(self.corpus.language, words) if other else words

    @cached_property
    def places(self) -> CoalitionPlaces:
        """Return where each text, clause, definition and source stands."""
        return CoalitionPlaces(self.corpus)

    @cached_property
    def grounds(self) -> Grounds | None:
        """Return what says whether a text is printed as before; None where nothing is kept."""
        return None if self.cache is NO_CACHE else Grounds(self.corpus, self.digests)

    @property
    def host(self) -> str:
        """Return the address of the code host with the texts, or nothing."""
        found = self.charter.repository or ""
        return found if found.startswith(("https://", "http://")) else ""

    @cached_property
    def dockets(self) -> Mapping[str, Docket]:
        """Return the proposals that were opened, by their numbers."""
        found = {}
        for document in self.corpus.of_kind("proposal"):
            docket = docket_of(self.corpus, document.id)
            if docket is not None and docket.revisions:
                found[document.id] = docket
        return found

    @cached_property
    def statuses(self) -> Statuses:
        """Return what says how a proposal stands now."""
        return Statuses(self.corpus, self.now)

    @cached_property
    def decided(self) -> tuple[DecidedProposal, ...]:
        """Return the proposals whose decision the log has, the oldest first."""
        known = DecidedProposals(self.corpus)
        found = []
        for docket in self.dockets.values():
            filed = docket.decided_by(self.now)
            path = path_in_proposal(docket.proposal.id, "decision")
            document = self.corpus.by_path.get(path)
            resolved = known.of(document, filed.record) if filed and document else None
            if resolved is not None:
                found.append(resolved)
        return tuple(sorted(found, key=lambda each: (each.record.now, each.id)))

    @cached_property
    def releases(self) -> tuple[ListedRelease, ...]:
        """Return the releases that were published, with when each applies."""
        every = list_releases(self.corpus)
        return tuple(each for each in every if each.cut.publication is not None)

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
