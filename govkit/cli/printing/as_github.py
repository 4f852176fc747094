"""A report for the code host: a few remarks beside their lines, and all of it in the job summary.

The host shows ten remarks of a step and drops the others in silence. So at most ten are given, the
errors first; advice, which stops nothing, is none of them. What is no remark stands in the log and,
with everything else, in the table of the summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import click

from govkit.cli.printing.as_text import left_out, summary_line
from govkit.cli.printing.words import number_of, visible
from govkit.findings import WHOLE_FILE, Finding
from govkit.workspace import Report

MOST = 10
"""Remarks that the host shows of one step."""
SUMMARY_LIMIT = 1 << 20
"""Bytes that the host takes as the summary of one step; it drops a longer one as a whole."""

_COMMANDS = {"error": "error", "warning": "warning"}
_LEVELS = ("error", "warning", "advice")
_READ = re.compile(
    r"[\\`*\[\]<|~$@#]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word it is a letter
    r"|&(?=#|\w+;)"
    r"|:(?=//|(?:100|1234|[0-9]*[A-Za-z_+-][\w+-]*):)"  # a link; a picture sign, as :smile:
    r"|(?<=[Ww]{3})\."
)
"""What the host would read as a mark, a link, a mention or a picture inside a line."""


def report_as_github(report: Report, *, has_summary: bool) -> str:
    """Return the remarks, a line for each other finding, and the sum. What stands in files can't
    end a line or begin another. `has_summary` says whether the host takes a summary of the job.
    """
    ordered = _by_level(report.findings)
    remarks = [each for each in ordered if each.level in _COMMANDS][:MOST]
    others = ordered[len(remarks) :]
    lines = [*map(_remark, remarks), *map(_log_line, others)]
    if others:
        lines.append(
            f"{number_of(len(others), 'finding')} of {len(ordered)} not shown beside their lines; "
            f"they stand above{', and in the job summary' if has_summary else ''}."
        )
    return "".join(f"{line}\n" for line in lines) + left_out(report) + summary_line(report) + "\n"


def _by_level(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: _LEVELS.index(finding.level))


def _remark(finding: Finding) -> str:
    # The place stands in the words, too: beside a file that is not part of the change, the host
    # shows the words alone.
    place = finding.place or WHOLE_FILE
    properties = (
        f"file={_property(finding.path)},line={place.line},col={place.column},"
        f"title={_property(finding.rule)}"
    )
    words = _data(f"{_place(finding)}: {_words(finding)}")
    return f"::{_COMMANDS[finding.level]} {properties}::{words}"


def _words(finding: Finding) -> str:
    return finding.message + (f". {finding.help}" if finding.help else "")


def _log_line(finding: Finding) -> str:
    return f"{finding.level}: {_place(finding)}: {visible(_words(finding))} [{finding.rule}]"


def _place(finding: Finding) -> str:
    place = finding.place or WHOLE_FILE
    return f"{visible(finding.path)}:{place.line}:{place.column}"


def _data(text: str) -> str:
    safe = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(safe)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# --- the job summary ------------------------------------------------------------------------------


def summary_as_markdown(report: Report, taken: int = 0) -> str:
    """Return the summary: the sum, and a table of all findings, the errors first.

    It has at most as many bytes as the host takes, of which `taken` are used already; the last line
    says how many findings it had no room for.
    """
    said = as_words(click.unstyle(left_out(report) + summary_line(report)))
    said = f"### govkit check\n\n{said}\n"
    if not report.findings:
        return said
    return f"{said}\n" + findings_as_table(
        report.findings, SUMMARY_LIMIT - taken - len(said.encode()) - 1
    )


def findings_as_table(findings: Iterable[Finding], room: int) -> str:
    """Return all findings as a table of Markdown, the errors first, in at most `room` bytes.

    The last line says how many had no room.
    """
    head = "| Level | Place | Rule | What is wrong |\n| --- | --- | --- | --- |\n"
    return head + "".join(_fitting(_by_level(findings), room - len(head)))


def _fitting(findings: Sequence[Finding], room: int) -> Iterator[str]:
    reserve = 200
    for count, finding in enumerate(findings):
        cells = (finding.level, _place(finding), finding.rule, _words(finding))
        row = f"| {' | '.join(map(as_words, cells))} |\n"
        room -= len(row.encode())
        if room < reserve:
            left = number_of(len(findings) - count, "finding")
            yield f"\n{left} had no room here. The log and `govkit check` have all.\n"
            return
        yield row


def as_words(text: str) -> str:
    """Return words such that the host shows exactly them: no mark, link, mention or picture."""
    line = visible(text.strip().replace("\n", " "))
    return _READ.sub(r"\\\g<0>", line)
