"""What answered a call for inputs, as it was filed and as the log says that it came."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from govkit.corpus.whole import Corpus
from govkit.log.entries import valid_entries
from govkit.log.periods import end_of_day
from govkit.records.calls import Call, CallInput
from govkit.records.scalars import END_OF_TIME, iso


class FiledInput(NamedTuple):
    """One input: its record by name and place, when it came, and whether that was after the end.

    What the log does not know has no `received_at`, and counts as nothing.
    """

    id: str
    path: str
    input: CallInput
    received_at: datetime.datetime | None
    late: bool

    @property
    def giver(self) -> str:
        """Return whom it comes from: the id of a member, or a body; empty where none is named."""
        return self.input.member or self.input.body or ""


def inputs_until(call: Call, now: datetime.datetime = END_OF_TIME) -> datetime.datetime:
    """Return the end of the time for inputs, as it was promised last up to a moment."""
    moved = [each.to for each in call.moves if each.step == "inputs" and each.announced <= now]
    return end_of_day(moved[-1]) if moved else call.closes


def is_late_input(call: Call, came: datetime.datetime) -> bool:
    """Say whether an input that came at a moment is late, by the date that was promised last."""
    return came >= inputs_until(call)


def inputs_of(corpus: Corpus, id: str) -> tuple[FiledInput, ...]:
    """Return what answered a call, by its number, in the order in which it came."""
    document = corpus.find(("call",), f"calls/{id}")
    call = document.record if document else None
    entries, found = valid_entries(corpus), []
    for each in corpus.of_kind("input"):
        if not each.id.startswith(f"calls/{id}/") or not isinstance(each.record, CallInput):
            continue
        entry = entries.get((each.path, "input"))
        came = entry.received_at if entry else None
        late = isinstance(call, Call) and came is not None and is_late_input(call, came)
        found.append((entry.seq if entry else 0, each.id, each.path, each.record, came, late))
    found.sort(key=lambda one: (one[4] or END_OF_TIME, one[0], one[1]))
    return tuple(FiledInput(*one[1:]) for one in found)


def counted_inputs(several: Sequence[FiledInput]) -> str:
    """Return how many there are of which kind: `3 inputs: 2 links, 1 mail`."""
    if not several:
        return "no input yet"
    kinds = sorted(Counter(each.input.kind for each in several).items())
    named = ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in kinds)
    late = sum(each.late for each in several)
    after = f"; {late} came after the last day" if late else ""
    return f"{len(several)} input{'s' if len(several) > 1 else ''}: {named}{after}"


def input_as_json(each: FiledInput) -> dict[str, Any]:
    """Return an input as plain data."""
    said = each.input
    return {
        "id": each.id,
        "kind": said.kind,
        "title": said.title,
        "member": said.member,
        "body": said.body,
        "address": said.address,
        "message_id": said.message_id,
        "file": said.file,
        "digest": said.digest,
        "source": said.source,
        "initiative": said.initiative,
        "note": said.note,
        "received_at": iso(each.received_at) if each.received_at else None,
        "late": each.late,
    }
