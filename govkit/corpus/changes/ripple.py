"""What rests on a definition: every unit that uses the term, directly or through other terms."""

from __future__ import annotations

from govkit.corpus.whole import Corpus
from govkit.records.kinds import NORMATIVE_KINDS, NUMBERED_KINDS

# What only points, as `see-also`, rests on nothing; followed, it led nearly everywhere
# (decision 12).
_USES = ("term", "addressee", "beneficiary")


def rests_on(slug: str, *corpora: Corpus) -> tuple[tuple[str, str], ...]:
    """Return (kind, id) of the units that use a term in any of the corpora, sorted by id."""
    found: set[tuple[str, str]] = set()
    waiting, seen = [slug], {slug}
    while waiting:
        key = ("term", waiting.pop())
        for corpus in corpora:
            for document, reference in corpus.back_links.get(key, ()):
                if reference.role in _USES and document.kind in NORMATIVE_KINDS:
                    found.add((document.kind, document.id))
                    if document.kind == "term" and document.id not in seen:
                        seen.add(document.id)
                        waiting.append(document.id)
    return tuple(sorted(found - {("term", slug)}, key=lambda unit: (unit[1], unit[0])))


def reaches_a_text(units: tuple[tuple[str, str], ...]) -> bool:
    """Say whether a text or a book is among the units."""
    return any(kind in NUMBERED_KINDS for kind, _ in units)
