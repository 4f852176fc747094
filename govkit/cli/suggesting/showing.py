"""What a file asks for, in words for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.cli.printing.changes import changes_as_text
from govkit.cli.printing.words import number_of, visible
from govkit.cli.suggesting.returned_files import ReturnedFile
from govkit.proposals.suggestions.values import SuggestedEdit, Suggestion
from govkit.workspace.comparison import StateComparison
from govkit.workspace.printed_states import PrintedState

DONE = {"reworded": "other words", "added": "new", "taken-out": "taken out", "moved": "moved"}


def edits_shown(done: Suggestion, changes: StateComparison) -> Iterator[str]:
    """Yield the edits, each with whose they are, and what changes with them, with its class."""
    if not done.edits:
        return
    yield ""
    yield f"{number_of(len(done.edits), 'edit')}:"
    for each in done.edits:
        by = f" (tracked: {', '.join(map(visible, each.authors))})" if each.authors else ""
        yield f"  {_named(each)}: {DONE[each.what]}{by}"
        for remark in each.remarks:
            yield f"    note: {visible(remark)}"
    yield ""
    yield from changes_as_text(changes.changes, marks=False).splitlines()


def _named(each: SuggestedEdit) -> str:
    place = each.place if each.place.startswith("(") else f", {each.place}"
    return f"{each.id}{place}"


def unplaced_shown(done: Suggestion) -> Iterator[str]:
    """Yield the words that became no edit."""
    if not done.unplaced:
        return
    yield ""
    yield f"Not placed, and kept ({len(done.unplaced)}):"
    for each in done.unplaced:
        where = f" [{visible(each.near)}]" if each.near else ""
        yield f"  “{visible(_short(each.words))}”{where}"
        yield f"    {visible(each.why)}"


def comments_shown(done: Suggestion) -> Iterator[str]:
    """Yield the comments; they are no edits."""
    if not done.comments:
        return
    yield ""
    yield f"{number_of(len(done.comments), 'comment')} in it:"
    for each in done.comments:
        about = f"{each.id}({each.clause})" if each.clause else each.id or "no text that is known"
        who = each.comment.author or "somebody"
        yield f"  {visible(who)} on {about}: {visible(_short(each.comment.words))}"


def _short(words: str, most: int = 160) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most].rstrip()} …"


def remainder_page(name: str, done: Suggestion) -> str:
    """Return the page that keeps what became no edit, whole."""
    lines = [
        f"# Not placed: {name}",
        "",
        "These words of the file became no edit of a text. Each stands here whole, with the place",
        "where it stood and the reason.",
    ]
    for number, each in enumerate(done.unplaced, 1):
        lines += ["", f"## {number}. {each.near or 'place not known'}", "", each.words, ""]
        lines += [f"Why: {each.why}."]
    return "\n".join(lines) + "\n"


def suggestion_as_json(
    returned: ReturnedFile, state: PrintedState, done: Suggestion, changes: StateComparison
) -> dict[str, Any]:
    """Return all of it as plain data."""
    return {
        "file": returned.name,
        "held_against": state.name or None,
        "not_here": state.missed or None,
        "authors": list(returned.marked.authors),
        "notes": [*returned.marked.notes, *done.remarks],
        "found_by_words": done.placement.by_words,
        "edits": [
            {**each._asdict(), "authors": [*each.authors], "remarks": [*each.remarks]}
            for each in done.edits
        ],
        "changes": [
            {"id": each.id, "class": each.class_, "unanswered": [*each.unanswered]}
            for each in changes.changes.changes
        ],
        "not_placed": [each._asdict() for each in done.unplaced],
        "comments": [
            {
                "id": each.id or None,
                "clause": each.clause or None,
                "author": each.comment.author,
                "day": each.comment.day or None,
                "quote": each.comment.quote or None,
                "comment": each.comment.words,
            }
            for each in done.comments
        ],
        "files": sorted(done.files),
        "rest": None,
    }
