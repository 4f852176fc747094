"""What a rule is: one sentence, one generator, a slug, a family."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from govkit.corpus.base import Base
from govkit.corpus.documents import Document
from govkit.corpus.ids import IdForm, id_forms, mentions
from govkit.corpus.whole import Corpus
from govkit.findings import NOWHERE, Finding, Route, Stops

Scope = Literal["fault", "document", "corpus", "base", "after"]
Silencing = frozenset[tuple[str, int]]
"""Entries under `suppress` that silenced something: path and position."""


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside the document: the whole, the day, and the base if there is one.

    `today` is an argument of the command; no rule reads a clock.
    """

    corpus: Corpus
    today: datetime.date
    rules: Mapping[str, Rule]
    base: Base | None = None
    silencing: Silencing = frozenset()

    @cached_property
    def forms(self) -> Mapping[str, IdForm]:
        """Return how ids of each kind look; empty where the charter can't be read."""
        charter = self.corpus.charter
        return id_forms(charter) if charter else {}

    @cached_property
    def mentions(self) -> re.Pattern[str] | None:
        """Return what finds an id in running text; None where the charter can't be read."""
        charter = self.corpus.charter
        return mentions(charter) if charter else None


class Rule(NamedTuple):
    """One rule.

    `scope` says what its generator is called with: `fault` and `document` rules get each document
    (fault rules only those with faults), `corpus` and `base` rules the context alone, `after` rules
    each document when it is known what was suppressed. A rule that guards the form of a file or an
    id can't be suppressed.
    """

    slug: str
    family: str
    scope: Scope
    may_be_suppressed: bool
    generate: Callable[..., Iterator[Finding]]

    @property
    def sentence(self) -> str:
        """Return the rule itself: the first paragraph of its generator's docstring."""
        words = (self.generate.__doc__ or "").strip().split("\n\n")[0]
        return " ".join(words.split())


def rule(
    family: str, scope: Scope, generate: Callable[..., Iterator[Finding]], *, may_be_suppressed: bool
) -> Rule:
    """Return the rule of a generator; its slug is the generator's name with hyphens."""
    slug = generate.__name__.replace("_", "-")
    return Rule(slug, family, scope, may_be_suppressed, generate)


def remark(
    document: Document,
    message: str,
    route: Route = NOWHERE,
    *,
    stops: Stops = None,
    **more: Any,
) -> Finding:
    """Return a finding in this document; the runner fills in the slug of the rule.

    `more` are `expected`, `found`, `help` and `enforces`.
    """
    return Finding("", message, document.path, route, document.id, stops, **more)


def at(*keys: str | int, span: tuple[int, int] | None = None, key: bool = False) -> Route:
    """Return a route: `at("clauses", 2, "force")`; `key=True` means the key itself."""
    return Route(keys, span, key)
