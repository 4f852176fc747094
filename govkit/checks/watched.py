"""What one rule looks at while it runs, noted, so that its findings can be kept for as long as that
stays the same.

A rule is called with these in the place of the context, and does not know it. What it looks at is
noted by kind or by id where that is all it asks for. Of what is derived from the whole, its name is
noted: it may well be the same after an edit. Anything else counts as the whole: nothing is kept
that could have become false.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import FunctionType, MethodType
from typing import Any

from govkit.checks.context import Context
from govkit.checks.walk import ScannedCorpus, ScannedDocument
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.kinds import id_space

Look = tuple[object, ...]
"""What was looked at: a kind, an id with its space, what is derived, or more than can be told."""
WHOLE: Look = ("whole",)

_OF_CHARTER = frozenset(
    ("forms", "id_pattern", "known", "midnight", "rules", "silencing", "today", "base")
) | {"mention_pattern"}
"""What follows from the charter and the day alone. A changed charter drops all that was kept."""


def of_kind(kind: str) -> Look:
    """Return the look at all records of a kind."""
    return ("kind", kind)


def of_id(kind: str, id: str) -> Look:
    """Return the look at the record of an id, wherever it is."""
    return ("id", id_space(kind), id)


def derived(context: Context, look: Look) -> object:
    """Return the value of what is derived, as a look at it names it."""
    of, what = look[1:]
    value: Any = context if of == "context" else context.corpus
    return value.once(what) if callable(what) else getattr(value, str(what))


def is_derived(look: Look) -> bool:
    """Say whether a look is one at what is derived."""
    return look[0] == "derived"


class WatchedContext:
    """The context of a rule, which notes in `looks` what is asked of it."""

    def __init__(self, context: Context) -> None:
        """Begin with nothing seen."""
        self.looks: set[Look] = set()
        self._context = context
        self.corpus = WatchedCorpus(context.corpus, self)

    @property
    def walk(self) -> WatchedWalk:
        """Return what the walk over the texts met."""
        return WatchedWalk(self._context.walk, self)

    def once(self, derive: Callable[[Any], Any]) -> Any:
        """Return what is derived once."""
        self.looks.add(("derived", "context", derive))
        return self._context.once(derive)

    def of_words(self, derive: Callable[..., Any], words: str, *more: object) -> Any:
        """Return what a function says; it is called, so that what it looks at is noted."""
        return derive(self, *more)

    def __getattr__(self, name: str) -> Any:
        """Return anything else; a method goes on asking through this."""
        of_class = Context.__dict__.get(name)
        if isinstance(of_class, FunctionType):
            return MethodType(of_class, self)
        if name not in _OF_CHARTER:
            is_once = isinstance(of_class, cached_property)
            self.looks.add(("derived", "context", name) if is_once else WHOLE)
        return getattr(self._context, name)


class WatchedCorpus:
    """The corpus of a rule, which notes what is asked of it."""

    def __init__(self, corpus: Corpus, watched: WatchedContext) -> None:
        """Watch for one context."""
        self._corpus = corpus
        self._watched = watched

    @cached_property
    def charter(self) -> Any:
        """Return the charter."""
        return self._corpus.charter

    @property
    def language(self) -> str:
        """Return the language of the texts, which the charter says."""
        return self._corpus.language

    def find(self, kinds: tuple[str, ...], key: str) -> Document | None:
        """Return the record of an id."""
        self._watched.looks.update(of_id(kind, key) for kind in kinds)
        return self._corpus.find(kinds, key)

    def links_of(self, document: Document) -> Any:
        """Return the references of a document, with what they lead to."""
        self._watched.looks |= self._watched.of_one(_looks_along, document)
        return self._corpus.links_of(document)

    def of_kind(self, *kinds: str) -> list[Document]:
        """Return the records of some kinds."""
        self._watched.looks.update(map(of_kind, kinds))
        return self._corpus.of_kind(*kinds)

    @property
    def is_forming(self) -> bool:
        """Say whether there is no genesis."""
        return not self.of_kind("genesis")

    def once(self, derive: Callable[[Any], Any]) -> Any:
        """Return what is derived once."""
        self._watched.looks.add(("derived", "corpus", derive))
        return self._corpus.once(derive)

    def __getattr__(self, name: str) -> Any:
        """Return anything else of the corpus, which may be all of it."""
        self._watched.looks.add(WHOLE)
        return getattr(self._corpus, name)


def _looks_along(document: Document) -> frozenset[Look]:
    """Return the looks at all that the references of a document may lead to."""
    return frozenset(
        of_id(kind, reference.key) for reference in document.references for kind in reference.kinds
    )


class WatchedWalk:
    """The walk of a rule: what it met in a document hangs on that and on the terms."""

    def __init__(self, walk: ScannedCorpus, watched: WatchedContext) -> None:
        """Watch for one context."""
        self._walk = walk
        self._watched = watched

    def of(self, document: Document) -> ScannedDocument:
        """Return what was met in a document."""
        self._watched.looks |= {of_kind("term"), of_id(document.kind or "", document.id)}
        return self._walk.of(document)

    @property
    def words(self) -> Any:
        """Return the words of force, which the charter chooses."""
        return self._walk.words

    @property
    def terms(self) -> Any:
        """Return the defined terms."""
        self._watched.looks.add(of_kind("term"))
        return self._walk.terms

    def __getattr__(self, name: str) -> Any:
        """Return anything else: counted over all texts."""
        self._watched.looks.add(WHOLE)
        return getattr(self._walk, name)
