"""A profile to fill in: every question with its answers, why it is asked, and a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkit.adoption.interview import Question, questions
from govkit.corpus.whole import Corpus
from govkit.source.scaffolds import scalar


def new_profile(
    corpus: Corpus,
    answers: Mapping[str, str] | None = None,
    blanks: Mapping[str, Mapping[str, str]] | None = None,
    options: Mapping[str, str] | None = None,
) -> str:
    """Return a profile in YAML, with the answers that are given and defaults for the others.

    `blanks` are the values of blanks, by provision and name; `options` those taken, by provision.
    """
    given = answers or {}
    lines = ["# yaml-language-server: $schema=schemas/adoption-profile.schema.json"]
    lines += ["# What a platform is, and what it chooses: `govkit adopt --profile` reads it."]
    in_platform = False
    for question in questions(corpus):
        if question.axis and not in_platform:
            lines.append("platform:")
            in_platform = True
        indent = "  " if question.axis else ""
        lines += [f"{indent}# {line}" for line in _comment(question)]
        lines.append(f"{indent}{question.key}: {_value(question, given.get(question.key))}")
        if not question.axis:
            in_platform = False
    for line in _REST:
        if blanks and line == "blanks: {}":
            lines += _of_blanks(blanks)
        elif options and line == "options: {}":
            lines += ["options:", *(f"  {text}: {option}" for text, option in options.items())]
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _comment(question: Question) -> Iterator[str]:
    yield question.words
    yield f"Why: {question.why}"
    if question.answers:
        yield f"Answers: {', '.join(question.answers)}"


def _value(question: Question, answer: str | None) -> str:
    words = question.default if answer is None else answer
    if question.several:
        return f"[{', '.join(scalar(word.strip()) for word in words.split(',') if word.strip())}]"
    return scalar(words) if words else "null"


def _of_blanks(blanks: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield "blanks:"
    for text, values in blanks.items():
        yield f"  {text}:"
        yield from (f"    {name}: {scalar(value)}" for name, value in values.items())


_REST = [
    "# The option of each provision that offers several, as EXA-DUE-01: exit; a level has its own.",
    "options: {}",
    "# What stands in a blank, as EXA-DUE-01: {lead_days: 45}. Else its default stands there.",
    "blanks: {}",
    "# What is not taken in as it stands:",
    "#   - clause: EXA-DUE-01(c)",
    "#     left_out: why it is left out",
    "#   - clause: EXA-DUE-01(h)",
    "#     text: the other words",
    "#     reason: why they are others",
    "deviations: []",
]
