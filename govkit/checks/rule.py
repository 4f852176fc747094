"""What a rule is: one sentence, one generator, a slug, a family."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from govkit.findings import Finding

Scope = Literal["fault", "document", "corpus", "base", "after"]


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
    family: str,
    scope: Scope,
    generate: Callable[..., Iterator[Finding]],
    *,
    may_be_suppressed: bool,
) -> Rule:
    """Return the rule of a generator; its slug is the generator's name with hyphens."""
    slug = generate.__name__.replace("_", "-")
    return Rule(slug, family, scope, may_be_suppressed, generate)
