"""Family 6: the blanks of a provision are declared, used, within bounds, and have a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from govkit.checks.rule import Context, at, remark
from govkit.corpus.documents import Document, Said
from govkit.findings import Finding
from govkit.records.kinds import TEXT_KINDS
from govkit.records.normative import Run
from govkit.source.validation import nearest

Findings = Iterator[Finding]

_UNITS = {
    "hours": r"hours?",
    "days": r"(?:calendar )?days?",
    "working-days": r"(?:working|business) days?",
    "weeks": r"weeks?",
    "months": r"months?",
    "years": r"years?",
    "percent": r"(?:%|per ?cent|percent)",
}


def _uses(document: Document) -> Iterator[tuple[Said, Run]]:
    for said in document.said:
        for run in said.wording.runs("param"):
            yield said, run


def _declared(document: Document) -> dict[str, Any]:
    return getattr(document.record, "parameters", {})


def undeclared_parameter(document: Document, _: Context) -> Findings:
    """Each blank in a text is declared in `parameters`."""
    if document.kind == "translation":
        return
    declared = _declared(document)
    for said, run in _uses(document):
        if run.target not in declared:
            near = nearest(run.target, list(declared))
            help = f"Did you mean {{{near}}}?" if near else "Declare it under `parameters`."
            if document.kind != "provision":
                help = "Only provisions have blanks. Write the words, or \\{ for the sign."
            yield remark(
                document, f"{{{run.target}}} is not declared",
                at(*said.keys, span=(run.start, run.end)), stops="merge", expected=near,
                found=run.target, help=help,
            )  # fmt: skip


def unused_parameter(document: Document, _: Context) -> Findings:
    """Each declared parameter stands in a text."""
    used = {run.target for _, run in _uses(document)} if _declared(document) else set()
    for name in _declared(document):
        if name not in used:
            yield remark(
                document, f"no text uses the parameter {{{name}}}",
                at("parameters", name, key=True), stops="merge", found=name,
                help=f"Write {{{name}}} where it belongs, or delete the parameter.",
            )  # fmt: skip


def parameter_bounds(document: Document, _: Context) -> Findings:
    """The default of a parameter lies within its bounds, and the bounds are in order."""
    if document.kind not in TEXT_KINDS:
        return
    for name, parameter in _declared(document).items():
        low, high = getattr(parameter, "minimum", None), getattr(parameter, "maximum", None)
        route = at("parameters", name, "default")
        if low is not None and high is not None and low > high:
            yield _out_of_bounds(document, at("parameters", name, "minimum"), low, f"at most {high}")
        elif low is not None and parameter.default < low:
            yield _out_of_bounds(document, route, parameter.default, f"at least {low}")
        elif high is not None and parameter.default > high:
            yield _out_of_bounds(document, route, parameter.default, f"at most {high}")


def _out_of_bounds(document: Document, route: Any, found: int, expected: str) -> Finding:
    return remark(
        document, f"{found} lies outside the bounds", route, stops="merge", expected=expected,
        found=str(found), help="Correct the number or its bounds.",
    )  # fmt: skip


def parameter_unit(document: Document, _: Context) -> Findings:
    """A blank for a time or a share is followed by its unit in words: {notice_days} days."""
    if document.kind not in TEXT_KINDS:
        return
    declared = _declared(document)
    for said, run in _uses(document):
        unit = _UNITS.get(getattr(declared.get(run.target), "type", ""))
        if unit and not re.match(rf"[ \u00a0\n]*{unit}\b|[ \u00a0\n]*%", said.text[run.end :]):
            kind = declared[run.target].type.replace("-", " ")
            yield remark(
                document, f"the unit does not follow {{{run.target}}}",
                at(*said.keys, span=(run.start, run.end)), stops="merge",
                expected=f"{{{run.target}}} {kind}", found=said.text[run.start : run.end + 12],
                help=f"Write `{kind}` after it, or correct the type of the parameter.",
            )  # fmt: skip
