"""A report in SARIF 2.1.0 (OASIS), for the page of findings of a code host and for editors.

All rules are described, so that a host can show the page of one beside a finding. A fingerprint
leaves line and column out: a finding that only moved is the same one.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from typing import Any
from urllib.parse import quote

from govkit import __version__
from govkit.checks.all_rules import RULES
from govkit.checks.pages_index import page, what_it_stops
from govkit.checks.rule import Rule
from govkit.cli.output import json_text
from govkit.cli.printing.words import visible
from govkit.findings import WHOLE_FILE, Finding
from govkit.workspace import Report

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "govkitFinding/v1"

_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
"""Where a message would begin what SARIF (3.11.6) has readers show as a link."""


def report_as_sarif(report: Report) -> str:
    """Return the report as SARIF, results sorted by path, line, column and rule."""
    index = {rule.slug: number for number, rule in enumerate(RULES)}
    seen: Counter[str] = Counter()
    results = []
    for finding in report.findings:
        same = _identity(finding)
        results.append(_result(finding, index, f"{same}:{seen[same] + 1}"))
        seen[same] += 1
    driver = {"name": "govkit", "version": __version__, "rules": list(map(_described, RULES))}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _described(rule: Rule) -> dict[str, Any]:
    slug = rule.slug
    stops = what_it_stops(slug)
    level = "error" if "merge" in stops else "warning" if "release" in stops else "note"
    return {
        "id": slug,
        "shortDescription": {"text": rule.sentence},
        "help": {"text": page(slug), "markdown": page(slug)},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [rule.family]},
    }


def _identity(finding: Finding) -> str:
    """Return what stays of a finding while the file around it changes."""
    parts = (finding.rule, finding.path, finding.id, finding.message)
    said = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.sha256(said).hexdigest()[:32]


def _result(finding: Finding, index: dict[str, int], fingerprint: str) -> dict[str, Any]:
    words = finding.message + (f". {finding.help}" if finding.help else "")
    place = finding.place or WHOLE_FILE
    region = {"startLine": place.line}
    if place != WHOLE_FILE:
        region |= {"startColumn": place.column, "endColumn": max(place.end_column, place.column)}
    at = {
        # Bytes that are no UTF-8 stand in an address as any others.
        "artifactLocation": {"uri": quote(os.fsencode(finding.path)), "uriBaseId": "%SRCROOT%"},
        "region": region,
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.level],
        "message": {"text": _LINK.sub(r"\\[", visible(words))},
        "locations": [{"physicalLocation": at}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
