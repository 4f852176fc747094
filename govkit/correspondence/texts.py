"""A text in full, as a mail or a receipt has it: its clauses, limits and parameters."""

from __future__ import annotations

from typing import Any

from govkit.corpus.documents import Document
from govkit.correspondence.mail import Lines
from govkit.languages.catalogue import Messages
from govkit.proposals.losses import clauses_of


def whole_text(lines: Lines, document: Document, said: Messages) -> None:
    """Add the clauses of a text with their limits, and its parameters."""
    parts = {part.id: part for part in getattr(document.record, "clauses", ())}
    for clause, words in clauses_of(document).items():
        lines.say(words, "        ", f"    ({clause}) " if clause else "        ")
        part = parts.get(clause)
        for limits, name in (("conditions", "book.condition"), ("exceptions", "book.exception")):
            for limit in getattr(part, limits, ()):
                lines.say(f"{said[name]}: {' '.join(limit.split())}", "        ")
    for name, parameter in getattr(document.record, "parameters", {}).items():
        lines.say(f"{{{name}}}: {_parameter(parameter, said)}", "        ")


def _parameter(parameter: Any, said: Messages) -> str:
    bounds = [
        said.say(key, limit=value)
        for key, value in (
            ("book.at-least", getattr(parameter, "minimum", None)),
            ("book.at-most", getattr(parameter, "maximum", None)),
        )
        if value is not None
    ]
    shown = (
        f"{parameter.default}"
        if parameter.type == "text"
        else (f"{parameter.default} {parameter.type}")
    )
    return ", ".join([shown, *bounds]) + f" ({' '.join(parameter.meaning.split())})"
