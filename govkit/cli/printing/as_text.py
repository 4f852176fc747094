"""A report for people: what is wrong, the line with the place underlined, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

import click

from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import number_of, visible
from govkit.findings import WHOLE_FILE, Finding
from govkit.workspace import Report, Workspace

_COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}
_WIDEST = 160
"""Characters of a line that are shown; a longer one is cut around the place."""


MOST_OF_ONE_RULE = 20
"""Findings of one rule in one file that are shown; a mistake that was made everywhere is one."""


def report_as_text(report: Report, workspace: Workspace, *, all_: bool) -> Iterator[str]:
    """Yield the report piece by piece; the last line sums up.

    With `all_` every finding is shown; else the rest of a rule in a file is told as a number.
    """
    for path, of_path in groupby(report.findings, key=attrgetter("path")):
        yield from _of_file(path, list(of_path), workspace.lines(path), all_)
    yield "".join(
        fitted(line) + "\n" for line in (*left_out(report).splitlines(), summary_line(report))
    )


def _of_file(path: str, findings: list[Finding], lines: list[str], all_: bool) -> Iterator[str]:
    shown: Counter[str] = Counter()
    for finding in findings:
        shown[finding.rule] += 1
        if all_ or shown[finding.rule] <= MOST_OF_ONE_RULE:
            yield finding_as_text(finding, lines)
    for rule, count in shown.items():
        if not all_ and count > MOST_OF_ONE_RULE:
            yield f"and {count - MOST_OF_ONE_RULE:,} more of {rule} in {visible(path)}; "
            yield "to see all: govkit check --all\n\n"


def left_out(report: Report) -> str:
    """Return a line that says how many findings elsewhere were left out, or an empty text."""
    if not report.elsewhere:
        return ""
    count = number_of(report.elsewhere, "finding")
    errors = number_of(report.errors_elsewhere, "error") if report.errors_elsewhere else ""
    among = f", {errors} among them" if errors else ""
    return f"{count} elsewhere left out{among}; `govkit check` shows all.\n"


def summary_line(report: Report) -> str:
    """Return the sum in one line, as `2 errors, 1 warning in 1 file; the first: …`."""
    records = number_of(report.records, "record")
    if not report.findings:
        where = " here" if report.elsewhere else ""
        return click.style(f"All is well{where}: {records} checked, nothing found.", fg="green")
    counts = [
        number_of(report.count(level), level, many)
        for level, many in (("error", ""), ("warning", ""), ("advice", "advice"))
        if report.count(level)
    ]
    files = number_of(len({finding.path for finding in report.findings}), "file")
    first = _first(report)
    place = first.place or WHOLE_FILE
    where = f"{visible(first.path)}:{place.line}:{place.column}"
    return f"{', '.join(counts)} in {files}; the first: {where} {first.rule}"


def _first(report: Report) -> Finding:
    order = ("error", "warning", "advice")
    return min(report.findings, key=lambda finding: order.index(finding.level))


def finding_as_text(finding: Finding, lines: list[str]) -> str:
    """Return a finding with its line, the place underlined, and what to do."""
    place = finding.place or WHOLE_FILE
    colour = _COLOURS[finding.level]
    head = click.style(f"{finding.level}: ", fg=colour, bold=True)
    head += click.style(visible(finding.message), bold=True)
    head += click.style(f"  [{finding.rule}]", fg=colour)
    gutter = " " * len(str(place.line))
    rows = [fitted(head), f"{gutter}--> {visible(finding.path)}:{place.line}:{place.column}"]
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if line.strip() and place != WHOLE_FILE:
        shown, mark = _excerpt(line, place.column, place.end_column)
        rows.append(f"{place.line} | {shown}")
        rows.append(f"{gutter} | {click.style(mark, fg=colour)}")
    if finding.help:
        help_ = f"= {click.style('help:', fg='cyan')} {visible(finding.help)}"
        rows.append(fitted(f"{gutter} {help_}", f"{gutter}   "))
    return "\n".join(rows) + "\n\n"


def _excerpt(line: str, column: int, end_column: int) -> tuple[str, str]:
    """Return the line, cut where it is too long, and the signs that underline the place."""
    start = max(0, column - 1 - _WIDEST // 2) if len(line) > _WIDEST else 0
    before = visible(line[start : column - 1].replace("\t", " "))
    end_column = min(end_column, column + _WIDEST)
    marked = visible(line[column - 1 : end_column - 1].replace("\t", " "))
    after = visible(line[end_column - 1 : start + _WIDEST].replace("\t", " "))
    dots = "..." if start else ""
    end = "..." if start + _WIDEST < len(line) else ""
    marked = marked[:_WIDEST]
    sign = " " * len(dots + before) + "^" * max(len(marked), 1)
    return f"{dots}{before}{marked}{after}{end}", sign
