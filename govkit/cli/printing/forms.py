"""The answer to a form as Markdown that is safe to show: what it becomes, or what to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from govkit.cli.printing.as_github import as_words
from govkit.cli.printing.review import inert
from govkit.procedures.forms.changes import comparison_of
from govkit.rendering.changed_words import changes_in_words
from govkit.rendering.changes import section_of_change
from govkit.rendering.markdown import section_as_markdown

if TYPE_CHECKING:
    from govkit.procedures.forms.received import FormOutcome, ReceivedForm

LIMIT = 50_000
"""Bytes of an answer."""
_MOST = 20
_LONGEST = 1_000


def faults_as_markdown(faults: Sequence[str], way_out: str) -> str:
    """Return what is missing in a form or wrong with it, and what to do."""
    lines = [f"- {as_words(each[:_LONGEST])}" for each in faults[:_MOST]]
    pieces = [
        "Thank you. This form can't be taken as it is, and **nothing was made of it**:",
        "\n".join(lines),
        *([as_words(way_out[:_LONGEST])] if way_out else []),
    ]
    return inert("\n\n".join(pieces)) + "\n"


def outcome_as_markdown(form: ReceivedForm, outcome: FormOutcome) -> str:
    """Return what a form becomes, with the redline of a change."""
    head = "\n\n".join(_head(form, outcome))
    redline = _redline(form, outcome)
    whole = inert(f"{head}\n\n{redline}".rstrip())
    if len(whole.encode()) > LIMIT:
        whole = inert(f"{head}\n\nThe redline is too long for this page: look at the branch.")
    return whole + "\n"


def _head(form: ReceivedForm, outcome: FormOutcome) -> Iterator[str]:
    yield f"Thank you. The form **{form.filled.form.title}** is complete."
    yield "\n".join(f"- {as_words(each[:_LONGEST])}" for each in outcome.told[:_MOST])
    yield (
        "It is **ready and not decided**: nothing is merged, and nothing is in the log, until a "
        "coordinator has looked at it."
    )
    if outcome.next:
        commands = "\n".join(f"    {each}" for each in outcome.next)
        yield f"For coordinators, once it is merged:\n\n{commands}"


def _redline(form: ReceivedForm, outcome: FormOutcome) -> str:
    if form.filled.form.name != "change":
        return ""
    compared = comparison_of(form, outcome)
    spoken = changes_in_words(compared.before, compared.after, compared.changes).changes
    said = compared.after.messages
    return "\n\n".join(
        section_as_markdown(section_of_change(each, said, marks=False), 3) for each in spoken
    )
