"""A report as workflow commands: the code host shows each finding beside its line."""

from __future__ import annotations

from govkit.cli.printing.words import visible
from govkit.findings import WHOLE_FILE, Finding
from govkit.workspace import Report

_COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


def report_as_github(report: Report) -> str:
    """Return one line for each finding. What stands in files can't end a line or begin another."""
    return "".join(_line(finding) for finding in report.findings)


def _line(finding: Finding) -> str:
    place = finding.place or WHOLE_FILE
    words = finding.message + (f". {finding.help}" if finding.help else "")
    properties = (
        f"file={_property(finding.path)},line={place.line},col={place.column},"
        f"title={_property(finding.rule)}"
    )
    return f"::{_COMMANDS[finding.level]} {properties}::{_data(words)}\n"


def _data(text: str) -> str:
    safe = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(safe)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
