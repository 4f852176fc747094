"""A report as one JSON object. The format is a contract: docs/json.md."""

from __future__ import annotations

from typing import Any

from govkit import __version__
from govkit.cli.output import json_text
from govkit.findings import WHOLE_FILE, Finding
from govkit.workspace import Report

FORMAT_VERSION = 1


def report_as_json(report: Report) -> str:
    """Return the report as JSON text, findings sorted by path, line, column and rule."""
    return json_text(
        {
            "version": FORMAT_VERSION,
            "tool": f"govkit {__version__}",
            "summary": {
                "records": report.records,
                "errors": report.count("error"),
                "warnings": report.count("warning"),
                "advice": report.count("advice"),
            },
            "findings": [finding_as_json(finding) for finding in report.findings],
            **_left_out(report),
        }
    )


def _left_out(report: Report) -> dict[str, Any]:
    if report.elsewhere is None:
        return {}
    return {"left_out": {"findings": report.elsewhere, "errors": report.errors_elsewhere}}


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding for programs."""
    place = finding.place or WHOLE_FILE
    return {
        "rule": finding.rule,
        "level": finding.level,
        "stops": finding.stops,
        "path": finding.path,
        "line": place.line,
        "column": place.column,
        "id": finding.id,
        "message": finding.message,
        "expected": finding.expected,
        "found": finding.found,
        "help": finding.help,
        "enforces": finding.enforces,
    }
