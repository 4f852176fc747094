"""The past of a record for people: its changes, and where each part has its words from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from govkit.cli.printing.changes import class_of_change
from govkit.cli.printing.redline import redline_as_text
from govkit.cli.printing.screen import width, wrapped
from govkit.cli.printing.table import table
from govkit.cli.printing.words import beginning, number_of, visible
from govkit.corpus.changes.history import HistoryStep, RecordMoment, TextVersion
from govkit.corpus.changes.origins import WordsOrigin
from govkit.corpus.changes.values import CLASS_NAMES, Class, ClauseChange, Direction, weight
from govkit.corpus.redline.compare import redline as redlined
from govkit.workspace.past import RecordHistory

_INDENT = "    "
_FIRST = 60
"""Characters of the words of a part that a table shows: enough to know it by."""

_NOT_COMMITTED = "not committed yet"
_VERBS = {"new": "new", "removed": "removed", "form": "the form of the file alone"}


def history_as_text(
    past: RecordHistory, steps: Sequence[HistoryStep], *, more: bool, redline: bool
) -> str:
    """Return the changes, newest first, and their number."""
    pieces = [_head(past), *("\n".join(_step(step, redline=redline)) for step in steps)]
    pieces.append(_sum(steps, more=more))
    return "\n\n".join(pieces) + "\n"


def _head(past: RecordHistory) -> str:
    document = past.document
    title = f"  {visible(document.title)}" if document and document.title else ""
    place = f", in {visible(document.path)}" if document else ""
    kind = document.kind if document else past.name.kind
    clause = f"({past.clause})" if past.clause else ""
    return click.style(visible(past.name.id) + clause + title, bold=True) + f"\n{kind}{place}"


def _sum(steps: Sequence[HistoryStep], *, more: bool) -> str:
    if not steps:
        return "No change is known."
    count = number_of(len(steps), "change")
    return f"{count} shown; there are more." if more else f"{count}."


def _step(step: HistoryStep, *, redline: bool) -> Iterator[str]:
    yield f"{click.style(_when(step.version), bold=True)}  {_class(step)}{_touched(step)}"
    yield from _lines(_ways(step))
    yield from _lines(_by(step.version))
    yield from _lines(visible(step.version.subject))
    if step.old_path and step.new_path and step.old_path != step.new_path:
        yield from _lines(f"The file was {visible(step.old_path)} before.")
    if step.since:
        yield from _lines(f"Compared with {step.since[:7]}, the last state that can be read.")
    if redline and step.change is not None:
        for clause in step.change.clauses:
            yield from _redline(clause)


def _lines(text: str) -> Iterator[str]:
    if text:
        yield from wrapped(text, width(), _INDENT, _INDENT)


def _when(version: TextVersion) -> str:
    return f"{version.day}  {version.commit[:7]}" if version.commit else _NOT_COMMITTED


def _class(step: HistoryStep) -> str:
    if step.unread:
        return click.style(f"can't be read: {visible(step.unread)}", fg="red")
    verb = _VERBS.get(step.verb, "")
    if step.class_ is None or step.verb == "form":
        return verb or "changed"
    named = class_of_change(step.change) if step.change else class_in_words(step.class_)
    colour = "red" if weight(step.class_) >= 5 else None
    change = step.change
    if change is not None and change.declared is not None:
        verb = f"declared {change.declared}, not under {change.floor}"
    return click.style(named, fg=colour) + (f" ({verb})" if verb else "")


def class_in_words(class_: Class | None) -> str:
    """Return a class with its name: `class 5, force`."""
    return "-" if class_ is None else f"class {class_}, {CLASS_NAMES[class_]}"


def _touched(step: HistoryStep) -> str:
    """Return the clauses and fields that differ, where the whole is neither new nor gone."""
    if step.verb != "changed":
        return ""
    clauses = step.change.clauses if step.change else ()
    names = [
        clause.id if clause.id in ("definition", "title") else f"({clause.id})"
        for clause in clauses
    ]
    return ": " + ", ".join([*map(visible, names), *step.fields])


def _ways(step: HistoryStep) -> str:
    direction = step.change.direction if step.change else Direction()
    ways = (
        ("platform's duty", direction.platform_duty),
        ("user's protection", direction.user_protection),
    )
    return " · ".join(f"{what}: {way}" for what, way in ways if way)


def _by(version: TextVersion) -> str:
    if not version.commit:
        return ""
    release = f"first in {version.release}" if version.release else "in no release yet"
    return f"by {_authors(version)} · {visible(release)}"


def _authors(version: TextVersion) -> str:
    return visible(", ".join(version.authors))


def _redline(clause: ClauseChange) -> Iterator[str]:
    name = clause.id if clause.id in ("definition", "title") else f"({clause.id})"
    yield _INDENT + click.style(visible(name), bold=True)
    yield redline_as_text(redlined(clause.old, clause.new), indent=_INDENT * 2).rstrip("\n")


def blame_as_text(past: RecordHistory, origins: Iterable[WordsOrigin]) -> str:
    """Return a table of the parts, each with the change that gave it its words."""

    rows = [_row(origin, past.moments) for origin in origins]
    head = ("PART", "COMMITTED", "CLASS", "AUTHOR", "WORDS")
    return f"{_head(past)}\n\n" + table(head, rows) + _unread(past)


def _row(origin: WordsOrigin, moments: Sequence[RecordMoment]) -> tuple[str, ...]:
    part, version = origin.part, moments[origin.moment].version
    label = {"clause": f"({part.id})", "blank": f"{{{part.id}}}"}.get(part.kind, part.id)
    words = beginning(part.words, _FIRST) if part.value is not None else "(withdrawn)"
    if version.is_cut:
        return (label, f"by {version.day}", "-", "not known", words)
    authors = visible(", ".join(version.authors)) or "-"
    return (label, _when(version).replace("  ", " "), _short_class(origin), authors, words)


def _short_class(origin: WordsOrigin) -> str:
    if origin.class_ is None:
        return "-"
    came = "withdrawn" if origin.part.value is None else "new"
    return f"{origin.class_} {came if origin.class_ == 8 else CLASS_NAMES[origin.class_]}"


def _unread(past: RecordHistory) -> str:
    lines = [
        f"{_when(moment.version)}: {visible(moment.document.path)} can't be read in this version; "
        "words that came in with it are shown at the next one that can.\n"
        for moment in past.moments
        if moment.document is not None and moment.document.record is None
    ]
    return ("\n" if lines else "") + "".join(lines)
