"""Which id a new record gets: the number after the highest that was ever seen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govkit.corpus.ids import IdForm


def next_id(form: IdForm, area: str, taken: Iterable[str]) -> str:
    """Return the id after the highest one that is taken, in this form and area.

    `taken` are ids and names of files without their ending; a name may go on after its id. A gap is
    never filled: the id in it may have been used once. The form has to hold `{nn}`.
    """
    numbers = [0]
    begins = re.compile(form.pattern() + r"(?![A-Za-z0-9])", re.IGNORECASE)
    for name in taken:
        found = begins.match(name)
        if found and (found.groupdict().get("area") or area).casefold() == area.casefold():
            numbers.append(int(found["nn"]))
    return form.make(area, max(numbers) + 1)


def is_taken(id: str, taken: Iterable[str]) -> bool:
    """Say whether an id stands in `taken`, or begins the name of a file there."""
    begins = re.compile(re.escape(id) + r"(?![A-Za-z0-9])", re.IGNORECASE)
    return any(begins.match(name) for name in taken)
