"""Finds references that lead back to where they came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkit.corpus.fields import Reference


def closing(references: Mapping[str, list[Reference]]) -> Iterator[tuple[str, Reference]]:
    """Yield each reference that leads back to where a walk came from, with the id it stands in.

    Each record is walked through once, in the order given, so a circle is found once.
    """
    done: set[str] = set()
    for start in references:
        way = {} if start in done else {start: iter(references[start])}
        while way:
            id, ahead = next(reversed(way.items()))
            reference = next(ahead, None)
            if reference is None:
                del way[id]
                done.add(id)
            elif reference.key in way:
                yield id, reference
            elif reference.key in references and reference.key not in done:
                way[reference.key] = iter(references[reference.key])
