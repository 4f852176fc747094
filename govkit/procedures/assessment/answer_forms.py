"""The worklist of a coder as a table that any office program opens, and what comes back in it.

One row for each criterion; a further row with the same criterion adds a quote or a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, NamedTuple

from govkit.assessment.evaluation_state import EvaluationPapers
from govkit.assessment.thresholds import threshold_words
from govkit.errors import WrongUse
from govkit.findings import Finding, Route
from govkit.records.assessments import ANSWER_VALUES, CodedAnswer, Coding
from govkit.source.csv_grid import read_csv, write_csv
from govkit.source.grids import NoTable, Row
from govkit.source.nearest import nearest
from govkit.source.record_bytes import record_bytes
from govkit.source.validation import validate
from govkit.source.xlsx_grid import read_xlsx, write_xlsx

COLUMNS = {
    "criterion": 18,
    "question": 60,
    "numbers asked": 26,
    "may contradict": 26,
    "value": 16,
    "reason": 36,
    "document": 14,
    "quote": 60,
    "says": 10,
    "where": 12,
    "numbers": 22,
    "looked for": 26,
    "in documents": 16,
    "hits": 8,
    "rests on missing": 20,
    "minutes": 10,
}
"""The columns of the form, each with its width in characters."""
_SHOWN_ONLY = ("question", "numbers asked", "may contradict")
_ANSWER_LINE = re.compile(r'  - criterion: "?([^"]+)"?')
_NUMBER = re.compile(r"([a-z][a-z0-9_]*)\s*[:=]\s*([0-9]+)\s*([a-z-]+)")


class FormAnswers(NamedTuple):
    """What came back: the coding, and what is wrong in it, named by rows."""

    coding: Coding | None
    findings: tuple[Finding, ...]


def form_rows(papers: EvaluationPapers, coding: Coding) -> Iterator[tuple[str, ...]]:
    """Yield the form of a coder, the headings first; what was answered stands in it."""
    yield tuple(COLUMNS)
    answers = {each.criterion: each for each in coding.answers}
    for each in papers.criteria:
        answer = answers.get(each.of, CodedAnswer(criterion=each.of))
        first = {
            "criterion": each.of,
            "question": each.question + (f" {each.guidance}" if each.guidance else ""),
            "numbers asked": "; ".join(map(threshold_words, each.thresholds)),
            "may contradict": ", ".join(each.polarity_words),
            "value": answer.value or "",
            "reason": answer.reason or "",
            "numbers": "; ".join(
                f"{name}: {n.value} {n.unit}" for name, n in answer.numbers.items()
            ),
            "rests on missing": "; ".join(answer.rests_on_missing),
            "minutes": "" if answer.minutes is None else str(answer.minutes),
        }
        yield from _rows_of(each.of, first, answer)


def _rows_of(of: str, first: Mapping[str, str], answer: CodedAnswer) -> Iterator[tuple[str, ...]]:
    count = max(1, len(answer.quotes), len(answer.search_log))
    for at in range(count):
        row = dict(first) if at == 0 else {"criterion": of}
        if at < len(answer.quotes):
            quote = answer.quotes[at]
            row |= {"document": quote.document, "quote": quote.exact, "says": quote.says}
            row["where"] = quote.where or ""
        if at < len(answer.search_log):
            search = answer.search_log[at]
            row["looked for"] = "; ".join(search.words)
            row["in documents"] = "; ".join(search.documents)
            row["hits"] = str(search.hits)
        yield tuple(row.get(name, "") for name in COLUMNS)


def form_file(papers: EvaluationPapers, coding: Coding, format: str) -> bytes:
    """Return the form as the bytes of a file: `xlsx`, `csv`, or `yaml` with the questions in it."""
    if format == "yaml":
        return _with_questions(papers, coding)
    rows = list(form_rows(papers, coding))
    if format == "csv":
        return write_csv(rows)
    return write_xlsx("Answers", rows, tuple(COLUMNS.values()))


def _with_questions(papers: EvaluationPapers, coding: Coding) -> bytes:
    """Return the sheet of a coder with each question above its answer, as a comment."""
    asked = {each.of: each for each in papers.evaluation.criteria}
    path = f"{papers.folder}/drafts/{coding.coder}.yaml"
    lines = []
    for line in record_bytes("coding", coding, path).decode().split("\n"):
        found = _ANSWER_LINE.fullmatch(line)
        criterion = asked.get(found[1]) if found else None
        if criterion is not None:
            words = [criterion.question, *map(threshold_words, criterion.thresholds)]
            words += [criterion.guidance] if criterion.guidance else []
            lines += [f"  # {part}" for each in words for part in wrap(each, 92)]
        lines.append(line)
    return "\n".join(lines).encode()


def read_form(data: bytes, name: str, before: Coding) -> FormAnswers:
    """Return the answers in a form; who coded and what it is bound to come from `before`.

    Raises `WrongUse` for what is no table, or has no column of criteria.
    """
    read = read_xlsx if name.lower().endswith(".xlsx") else read_csv
    try:
        rows = read(data)
    except NoTable as fault:
        raise WrongUse(f"{name}: {fault.message}", fault.help) from None
    answers, numbers, faults = _answers(rows, name)
    head = before.model_dump(mode="json", exclude={"answers"}, exclude_defaults=True)
    record, found = validate("coding", head | {"answers": answers}, name)
    findings = [*faults, *(_by_row(each, numbers) for each in found if each.stops)]
    return FormAnswers(record if isinstance(record, Coding) else None, tuple(findings))


def _answers(
    rows: Sequence[Row], name: str
) -> tuple[list[dict[str, Any]], list[int], list[Finding]]:
    head = [_heading(cell) for cell in rows[0].cells] if rows else []
    if "criterion" not in head or "value" not in head:
        raise WrongUse(
            f"{name} has no columns `criterion` and `value`",
            "Fill in the form that `govkit assess form` wrote, and leave its first row as it is.",
        )
    answers: dict[str, dict[str, Any]] = {}
    numbers: list[int] = []
    faults: list[Finding] = []
    for row in rows[1:]:
        cells = dict(zip(head, (cell.strip() for cell in row.cells), strict=False))
        of = cells.get("criterion", "")
        if not of:
            if any(cells.get(key) for key in COLUMNS if key not in _SHOWN_ONLY):
                message = f"row {row.number} names no criterion, so nobody knows what it answers"
                help = "Copy the criterion of its answer into the first column."
                faults.append(Finding("form-row", message, name, stops="merge", help=help))
            continue
        if of not in answers:
            answers[of] = {"criterion": of}
            numbers.append(row.number)
        faults += _take(answers[of], cells, row.number, name)
    return list(answers.values()), numbers, faults


def _take(
    answer: dict[str, Any], cells: Mapping[str, str], number: int, name: str
) -> Iterator[Finding]:
    """Put the cells of one row into its answer; yield what can't be read."""
    given = {key: cells[key] for key in ("reason", "minutes") if cells.get(key)}
    if value := cells.get("value"):
        meant = value.lower().replace(" ", "-")
        if meant not in ANSWER_VALUES:
            close = nearest(meant, ANSWER_VALUES)
            help = f"Did you mean `{close}`?" if close else f"One of: {', '.join(ANSWER_VALUES)}."
            message = f"row {number}: `{value[:40]}` is no value"
            yield Finding("form-row", message, name, stops="merge", help=help)
        else:
            given["value"] = meant
    answer |= given
    if cells.get("quote"):
        quote = {"document": cells.get("document", ""), "exact": cells["quote"]}
        quote |= {key: cells[key].lower() for key in ("says",) if cells.get(key)}
        quote |= {key: cells[key] for key in ("where",) if cells.get(key)}
        answer.setdefault("quotes", []).append(quote)
    if cells.get("looked for"):
        search = {"words": _list(cells["looked for"]), "hits": cells.get("hits") or "0"}
        search["documents"] = _list(cells.get("in documents", ""))
        answer.setdefault("search_log", []).append(search)
    if cells.get("rests on missing"):
        answer["rests_on_missing"] = _list(cells["rests on missing"])
    for part in _list(cells.get("numbers", "")):
        found = _NUMBER.fullmatch(part)
        if found is None:
            message = f"row {number}: `{part[:40]}` is no number with its name and unit"
            help = "Write it as `reply_days: 5 days`; several are parted by a semicolon."
            yield Finding("form-row", message, name, stops="merge", help=help)
        else:
            numbers = answer.setdefault("numbers", {})
            numbers[found[1]] = {"value": found[2], "unit": found[3]}


def _by_row(finding: Finding, numbers: list[int]) -> Finding:
    keys = finding.route.keys
    at = keys[1] if len(keys) > 1 and keys[0] == "answers" else None
    if not isinstance(at, int):
        return finding
    where = ".".join(str(key) for key in keys[2:])
    message = f"row {numbers[at]}, {where}: {finding.message}"
    return Finding(
        finding.rule,
        message,
        finding.path,
        Route(),
        stops=finding.stops,
        expected=finding.expected,
        found=finding.found,
        help=finding.help,
    )


def _heading(cell: str) -> str:
    return " ".join(cell.lower().split())


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
