"""One file that is no record: the rest of its mistakes, and a record of what can be read.

The record is for remarks on what stands in the file, and for nothing else: it was never written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from govkit.findings import NOWHERE, Finding, Keys, Place
from govkit.records.base import Record
from govkit.source.legible.lines import LegibleLines, legible_lines
from govkit.source.legible.parts import FittedParts, fitted
from govkit.source.places import place
from govkit.source.reading import as_finding, remarks_on_text
from govkit.source.validation import validate


@dataclass(frozen=True)
class LegibleFile:
    """What can be read of a file: what more is wrong in its form, and what of it fits its kind.

    `faults` are those beyond what reading the file tells; they have places. `record` is None where
    nothing fits. A route is `at_fault` where something is wrong at it, so that nothing is known.
    It `is_sure` where each part is known to stand where it is meant: no line was moved or left out.
    """

    faults: tuple[Finding, ...]
    record: Record | None
    at_fault: frozenset[Keys]
    parts: FittedParts
    lines: LegibleLines
    is_sure: bool = True

    def in_file(self, finding: Finding) -> Finding | None:
        """Return a finding about the record with its route in the file, and its place where it has
        one of its own; None where it is about what can't be read.
        """
        keys = self.parts.in_file(finding.route.keys)
        if any(keys[: len(fault)] == fault for fault in self.at_fault):
            return None
        found = replace(finding, route=finding.route._replace(keys=keys))
        return self.placed(found)

    def placed(self, finding: Finding) -> Finding | None:
        """Return a finding at its place in the file, None where the line there is not as it was."""
        at = finding.place or place(self.lines.text, self.lines.spots, finding.route)
        line = self.lines.lines[min(at.line, len(self.lines.lines)) - 1]
        if line.blurred:
            return None
        column, end = at.column, at.end_column
        read = self.lines.text.split("\n")[at.line - 1]
        written = self.lines.of_file[line.number - 1]
        if read != written:
            words = read[column - 1 : end - 1]
            column = max(written.find(words), 0) + 1
            end = column + max(len(words), 1)
        return replace(finding, place=Place(line.number, column, end))


def legible(path: str, kind: str, data: bytes) -> LegibleFile:
    """Return what can be read of a file that is no record of its kind."""
    lines = legible_lines(data, kind)
    told = [as_finding(fault, path) for fault in lines.faults[1:]]
    if lines.data is None:
        return LegibleFile(tuple(told), None, frozenset(), FittedParts(), lines)
    fit = fitted(kind, lines.data)
    file = LegibleFile(
        (),
        fit.record if fit else None,
        lines.at_fault | (fit.at_fault if fit else frozenset()),
        fit.parts if fit else FittedParts(),
        lines,
        not lines.left_out and not lines.is_mended,
    )
    if lines.faults:
        told += _more_faults(file, path, kind)
    return replace(file, faults=tuple(told))


def _more_faults(file: LegibleFile, path: str, kind: str) -> list[Finding]:
    """Return what is wrong in the form of a file beside its writing."""
    lines = file.lines
    found = [*remarks_on_text(lines.text, kind, path)]
    # Without a line of it, what the data lack or have too much may stand there.
    for fault in () if lines.left_out else validate(kind, lines.data, path)[1]:
        if fault.rule == "missing-key" and lines.cut_off:
            continue  # it may stand in the text that it fell into
        if all(fault.route.keys[: len(keys)] != keys for keys in lines.at_fault):
            found.append(fault)
    told = []
    for fault in found:
        at = fault.place or place(lines.text, lines.spots, fault.route)
        # In a part in which a remedy wrote lines it may be the remedy's own.
        if (fault.route == NOWHERE or not lines.is_near_remedy(at.line)) and (
            placed := file.placed(fault)
        ):
            told.append(placed)
    return told
