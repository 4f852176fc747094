"""What a person names as dropped, merged or moved, on the command line or in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from govkit.errors import WrongUse
from govkit.records.proposals import Dropped
from govkit.source.gate import Unreadable, admit
from govkit.source.loader import load
from govkit.source.scaffolds import NameRefused, paragraphs
from govkit.store.worktree import read_named

_PLACE = re.compile(r"(?P<id>[A-Za-z0-9.-]+)(?:\((?P<clause>[A-Za-z0-9-]+)\))?")
Triple = tuple[str, str, str]


def dropped_on_the_line(
    drops: Sequence[str], merged: Sequence[Triple], moved: Sequence[Triple], because: Sequence[str]
) -> tuple[Dropped, ...]:
    """Return what the options name. Raises `WrongUse` where a reason is missing."""
    places = [(place, "") for place in drops]
    places += [(place, target) for place, target in _targets(merged, "into", "--merged")]
    places += [(place, target) for place, target in _targets(moved, "to", "--moved")]
    if not places:
        if because:
            raise WrongUse("--reason has nothing to explain", "Name what is left out: --drop ID.")
        return ()
    reasons = _reasons(because, len(places), sum(map(bool, (drops, merged, moved))))
    return tuple(
        _dropped(place, target, reason)
        for (place, target), reason in zip(places, reasons, strict=True)
    )


def _targets(triples: Sequence[Triple], word: str, option: str) -> Iterator[tuple[str, str]]:
    for place, between, target in triples:
        if between != word:
            raise WrongUse(
                f"{option} is followed by three words, and the middle one is `{word}`",
                f"Write: {option} 'EXA-DUE-01(c)' {word} 'EXA-DUE-01(b)'.",
            )
        yield place, target


def _reasons(because: Sequence[str], count: int, kinds: int) -> Sequence[str]:
    if not because:
        raise WrongUse("why it is left out is not said", 'Add the reason: --reason "…".')
    if len(because) == 1:
        return list(because) * count
    if len(because) != count or kinds > 1:
        raise WrongUse(
            f"{len(because)} reasons are given for {count} places, and it is not clear which is "
            "for which",
            "Give one reason for all; or use --drops FILE, where each place has its own.",
        )
    return because


def _dropped(place: str, target: str, reason: str) -> Dropped:

    id, clause = _place(place)
    try:
        because = paragraphs(reason)
    except NameRefused as fault:
        raise WrongUse(f"the reason can't be taken: {fault}", "Write it otherwise.") from None
    into: tuple[str, ...] = ()
    if target:
        other, inner = _place(target)
        into = (other,)
        because = f"{f'into clause ({inner}): ' if inner else ''}{because}"
    return Dropped(id=id, clause=clause, into=into, because=because)


def _place(word: str) -> tuple[str, str | None]:
    found = _PLACE.fullmatch(word)
    if found is None:
        raise WrongUse(
            f"`{word}` is no text or clause",
            "Write the id, and the clause in brackets: EXA-DUE-01 or 'EXA-DUE-01(c)'.",
        )
    return found["id"], found["clause"]


def dropped_in(path: str) -> tuple[Dropped, ...]:
    """Return what a file names. Raises `WrongUse` where it can't be read."""

    try:
        loaded = load(admit(read_named(Path(path))))
        items = loaded["dropped"] if isinstance(loaded, dict) else None
        if not isinstance(items, list):
            raise KeyError("dropped")
        return tuple(Dropped.model_validate(each) for each in items)
    except Unreadable as fault:
        place = f"{fault.place.line}:{fault.place.column}"
        raise WrongUse(f"{path}:{place}: {fault.message}", fault.help) from None
    except (KeyError, ValidationError) as fault:
        where = (
            ".".join(map(str, fault.errors()[0]["loc"]))
            if isinstance(fault, ValidationError)
            else "dropped"
        )
        raise WrongUse(
            f"{path} does not say what is dropped as a list (at {where})",
            "Write `dropped:` and below it, for each place: "
            "- {id: EXA-DUE-01, clause: c, because: the reason}.",
        ) from None
