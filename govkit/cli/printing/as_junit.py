"""A report in the XML of JUnit, which code hosts other than GitHub show beside a change.

A finding is a test case. The format knows no grade between passed and failed: an error failed, and
what stops no merge passed, with its words as what it printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from govkit.cli.printing.words import visible
from govkit.findings import WHOLE_FILE, Finding
from govkit.workspace import Report


def report_as_junit(report: Report) -> str:
    """Return the report as XML: one case for each finding, or one that passed where none is."""
    count, errors = max(len(report.findings), 1), report.count("error")
    counts = f'tests="{count}" failures="{errors}" errors="0" skipped="0"'
    cases = list(map(_case, report.findings)) or [
        f'    <testcase classname="govkit check" name="{report.records} records checked"/>'
    ]
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="govkit check" {counts}>',
            f'  <testsuite name="govkit check" {counts}>',
            *cases,
            "  </testsuite>",
            "</testsuites>",
            "",
        )
    )


def _case(finding: Finding) -> str:
    place = finding.place or WHOLE_FILE
    path = visible(finding.path)
    name = f"{finding.rule} {path}:{place.line}:{place.column}"
    inner = "".join(f"\n      {line}" for line in _inner(finding))
    return (
        f"    <testcase classname={quoteattr(path)} name={quoteattr(name)} "
        f'file={quoteattr(path)} line="{place.line}">{inner}\n    </testcase>'
    )


def _inner(finding: Finding) -> Iterator[str]:
    message = visible(finding.message)
    words = f"{message}. {visible(finding.help)}" if finding.help else message
    if finding.level == "error":
        yield (
            f"<failure message={quoteattr(message)} type={quoteattr(finding.rule)}>"
            f"{escape(words)}</failure>"
        )
    else:
        yield f"<system-out>{escape(f'{finding.level}: {words}')}</system-out>"
