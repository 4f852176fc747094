"""Two texts compared, as one JSON object. The format is a contract: docs/json.md."""

from __future__ import annotations

import sys
from typing import Any

from govkit.cli.printing.redline import lines_of
from govkit.corpus.changes.plain import addresses_differ, plain_texts_change
from govkit.corpus.changes.values import ChangeEvidence
from govkit.corpus.redline.compare import redline
from govkit.rendering.plain_redline import Comparison
from govkit.rendering.schedule import Entry


def comparison_as_data(comparison: Comparison, *, is_text: bool) -> dict[str, Any]:
    """Return what the whole amounts to, the schedule, and the operations between the two texts.

    These are of what the files hold, to the character, where both are text; else of what a reader
    sees of them.
    """
    old, new = comparison.old.text, comparison.new.text
    reasons, evidence = _of_the_whole(comparison)
    lined = redline(old, new) if is_text else comparison.found
    return {
        "version": 1,
        "class_floor": comparison.floor,
        "reasons": reasons,
        "marks_only": old != new and not comparison.schedule,
        "schedule": [_entry(entry) for entry in comparison.schedule],
        "operations": [list(operation) for operation in lined.operations],
        "moved": [list(pair) for pair in lined.moved],
        "inside": [list(map(list, operations)) for operations in lined.inside],
        "evidence": [each._asdict() for each in evidence],
    }


def _of_the_whole(comparison: Comparison) -> tuple[list[str], list[ChangeEvidence]]:
    """Return the reasons and the evidence of all entries, each once, and what became of addresses,
    which no reader sees.
    """
    texts = comparison.old.text, comparison.new.text
    if not comparison.schedule:
        change = plain_texts_change(*texts, comparison.language)
        return [*change.reasons], [*change.evidence]
    changes = [entry.change for entry in comparison.schedule]
    reasons = (reason for change in changes for reason in change.reasons)
    evidence = (each for change in changes for each in change.evidence)
    return [*dict.fromkeys((*reasons, *addresses_differ(*texts)))], [*dict.fromkeys(evidence)]


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "numbers": list(entry.numbers),
        "where": entry.where,
        "words": " ".join(lines_of(entry.spans, sys.maxsize, colours=False)),
        "class_floor": entry.change.floor,
        "reasons": list(entry.change.reasons),
        "platform_duty": entry.duty,
        "kind": entry.kind,
        "evidence": [each._asdict() for each in entry.change.evidence],
    }
