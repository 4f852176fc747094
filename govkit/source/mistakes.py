"""A YAML mistake in plain words, at the place where a person has to look.

libyaml reports two marks: where it noticed, and what it was reading. Which of the two helps depends
on the mistake: an unclosed quote is at its beginning, a stray colon is where it stands.
"""

from __future__ import annotations

from typing import Any

from govkit.findings import Place
from govkit.source.gate import Unreadable

_CONTEXT_PLACE = (
    "quoted scalar",
    "flow",
    "simple key",
    "alias",
    "anchor",
    "block scalar",
    "directive",
)

_WORDS: tuple[tuple[str, str, str, str], ...] = (
    # (part of the context, part of the problem, message, help)
    (
        "",
        "'\\t' that cannot start",
        "a tab stands here; YAML is indented with spaces",
        "Replace the tab by spaces (two for each level).",
    ),
    (
        "",
        "found a tab character",
        "a tab stands here; YAML is indented with spaces",
        "Replace the tab by spaces (two for each level).",
    ),
    (
        "",
        "mapping values are not allowed",
        "a colon and a space stand inside a text without quotes, or the line is indented too far",
        "Put the whole text after the first colon in double quotes, or set the line back.",
    ),
    (
        "quoted scalar",
        "unknown escape",
        "inside double quotes a backslash stands only before certain letters",
        "Write two backslashes, or use single quotes.",
    ),
    (
        "quoted scalar",
        "hexdecimal",
        "after \\x stand two digits of 0-9 a-f, after \\u four, after \\U eight",
        "Write all the digits, or two backslashes for a backslash.",
    ),
    (
        "quoted scalar",
        "invalid Unicode",
        "this \\u or \\U names no character",
        "Type the character itself.",
    ),
    (
        "quoted scalar",
        "",
        "a quotation mark is opened here and not closed, or closed too early",
        'Close the quotation mark; inside double quotes write \\" for a quotation mark.',
    ),
    (
        "simple key",
        "",
        "this line is no `key: value`, and no key is waiting for it",
        "Write `key: value`, with a space after the colon; indent the lines of a longer text.",
    ),
    (
        "block scalar",
        "",
        "after | or > the text begins on the next line",
        "Begin the text on the next line, indented by two spaces more than its key.",
    ),
    (
        "flow mapping",
        "",
        "the { opened here is not closed, or a comma is missing",
        "Close it with }, put a comma between the parts, and quotes around texts with commas.",
    ),
    (
        "flow sequence",
        "",
        "the [ opened here is not closed, or a comma is missing",
        "Close it with ], put a comma between the parts, and quotes around texts with commas.",
    ),
    (
        "alias",
        "",
        "a * begins a reference here; in a text it has to stand in quotes",
        "Put the whole text in double quotes.",
    ),
    (
        "anchor",
        "",
        "an & begins a name here; in a text it has to stand in quotes",
        "Put the whole text in double quotes.",
    ),
    (
        "directive",
        "",
        "a % begins a directive here; in a text it has to stand in quotes",
        "Put the whole text in double quotes.",
    ),
    (
        "",
        "cannot start any token",
        "a text can't begin with this character without quotes",
        "Put the whole text in double quotes.",
    ),
    (
        "block mapping",
        "",
        "this line does not fit: its indentation is that of no key above it, "
        "or the value before it ended too early",
        "",
    ),
    (
        "block collection",
        "",
        "this line does not fit into the list above it",
        "Begin each item with `- `, all of them indented alike.",
    ),
)


def in_plain_words(error: Any, text: str, last_value: Any) -> Unreadable:
    """Return what a person can act on.

    `error` is libyaml's, `last_value` the start mark of the last value that was read, or None.
    """
    context = getattr(error, "context", None) or ""
    problem = getattr(error, "problem", None) or str(error)
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    if (
        context_mark is not None
        and not any(part in problem for part in ("escape", "hexdecimal"))
        and any(part in context for part in _CONTEXT_PLACE)
    ):
        mark = context_mark
    if mark is not None and text[mark.index : mark.index + 1] == "\t":
        problem = "found a tab character"
    marks = (getattr(error, "problem_mark", None), context_mark, last_value)
    near = tuple(each.line for each in marks if each is not None)
    message, help = _said(context, problem)
    if "block mapping" in context and last_value is not None:
        help = (
            f"The value that begins at line {last_value.line + 1} column {last_value.column + 1} "
            "ended before this line did: put it in quotes or below |, or mend the indentation."
        )
    if mark is None:
        return Unreadable("yaml-syntax", message, help=help)
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1)
    column = min(mark.column, len(lines[line])) + 1
    return Unreadable("yaml-syntax", message, Place(line + 1, column, column + 1), help, near)


def _said(context: str, problem: str) -> tuple[str, str]:
    for in_context, in_problem, message, help in _WORDS:
        if in_context in context and in_problem in problem:
            return message, help
    return f"this is not YAML: {problem}", "Compare the line with a file that passes."
