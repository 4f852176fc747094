"""Shows how a mail or a shared document would be taken in, and asks, point by point."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from govkit.cli.asking import on_terminal
from govkit.cli.printing.words import number_of, visible
from govkit.consultation.accepted_points import AcceptedPoint, join_point
from govkit.consultation.drafting import DraftComment
from govkit.consultation.points import MailPoint, SplitMail
from govkit.consultation.shared_document import DocumentEdit
from govkit.consultation.text_matcher import MatchCandidate
from govkit.procedures.proposals.ballots import MailReceipt

_WIDTH = 88


def say_split(split: SplitMail) -> None:
    """Show what of a mail would become comments, and what would not."""
    for point in split.points:
        for line in point_lines(point):
            click.echo(line)
    left = [(len(split.aside), "greeting or closing", "greetings and closings")]
    left += [
        (split.lines_of(kind), f"line of {name}", f"lines of {name}")
        for kind, name in (
            ("quotation", "quotation"),
            ("signature", "signature"),
            ("head", "the mail's head"),
            ("footer", "the list's footer"),
        )
    ]
    said = ", ".join(number_of(count, one, many) for count, one, many in left if count)
    click.echo(f"\nNo part of a comment: {said or 'nothing'}. The file is kept whole.")


def point_lines(point: MailPoint) -> Iterator[str]:
    """Yield a point with the texts that are proposed for it."""
    yield ""
    yield click.style(f"Point {point.number}", bold=True) + f" (line {point.line})"
    if point.quoted:
        yield from _block("> " + " ".join(_first_words(point.quoted, 30)))
    yield from _block(point.text)
    if point.proposed_text:
        yield from _block(f"Proposed words: {point.proposed_text}")
    if point.unclear:
        yield "  These lines stand close between quoted ones: are they the author's own?"
    for at, candidate in enumerate(point.candidates, 1):
        yield f"  {at}  {_candidate(candidate)}"
    if not point.candidates:
        yield "     no text is proposed"


def _candidate(candidate: MatchCandidate) -> str:
    clause = f"({candidate.clause})" if candidate.clause else ""
    why = {
        "named": "named by the author",
        "quoted": "the quoted words stand in it",
        "words": f"words in common: {', '.join(candidate.shared[:6])}",
    }[candidate.basis]
    return f"{candidate.unit}{clause}  {visible(why)}" + ("" if candidate.clear else "  (unsure)")


def asked_points(
    split: SplitMail, named: Mapping[int, MatchCandidate | None]
) -> list[AcceptedPoint]:
    """Ask about each point, on a terminal."""
    assert on_terminal()
    taken: list[AcceptedPoint] = []
    for point in split.points:
        for line in point_lines(point):
            click.echo(line)
        if point.number in named:
            taken.append(AcceptedPoint(point, named[point.number]))
            continue
        keys = [str(at) for at in range(len(point.candidates) + 1)]
        first = "1" if point.clear else "0"
        answer = click.prompt(
            "  The number of the text; 0 for none; j to join it with the point before; "
            "l to leave it out",
            type=click.Choice([*keys, "j", "l"]),
            default=first,
            show_choices=False,
        )
        if answer == "j" and taken:
            taken[-1] = join_point(taken[-1], point)
        elif answer != "l":
            at = int(answer) if answer.isdecimal() else 0
            taken.append(AcceptedPoint(point, point.candidates[at - 1] if at else None))
    return taken


def asked_whole(drafts: Sequence[DraftComment], came: MailReceipt) -> bool:
    """Show all that would be filed, and ask whether it is. Said "later", nothing is kept of it."""
    assert on_terminal()
    basis = f"as {came.host} says" if came.host else "by your word"
    click.echo(f"\nTo be filed, received {came.at:%Y-%m-%d %H:%M} UTC, {basis}:")
    for draft in drafts:
        for line in draft_lines(draft):
            click.echo(line)
    answer = click.prompt(
        f"\nFile {'it' if len(drafts) == 1 else f'these {len(drafts)} comments'}? y, n, later",
        type=click.Choice(["y", "n", "later"]),
        default="later",
        show_choices=False,
    )
    if answer != "y":
        again = " The file is as it was: run the command again." if answer == "later" else ""
        click.echo(f"Nothing was written.{again}")
    return bool(answer == "y")


def draft_lines(draft: DraftComment) -> Iterator[str]:
    """Yield a comment as it would be filed: its author, what it is about, its words."""
    author = draft.author or draft.comment.author
    who = author.member or "; ".join(filter(None, (author.name, author.affiliation, author.group)))
    target = draft.target or draft.comment.target
    where = target.unit or "no text"
    yield f"\n  {visible(who or 'without a name')}, on {where} in revision {target.revision}"
    if target.quote:
        yield from _block("> " + target.quote)
    said = draft.comment.comment or ""
    yield from _block(said or "(words that are not published yet)")
    if draft.comment.proposed_text:
        yield from _block(f"Proposed words: {draft.comment.proposed_text}")


def split_as_json(split: SplitMail) -> dict[str, Any]:
    """Return how a mail would be taken in."""
    return {
        "points": [
            {
                "number": point.number,
                "line": point.line,
                "text": point.text,
                "proposed_text": point.proposed_text or None,
                "unclear": point.unclear,
                "candidates": [
                    {
                        "unit": each.unit,
                        "clause": each.clause or None,
                        "basis": each.basis,
                        "shared": list(each.shared),
                        "clear": each.clear,
                    }
                    for each in point.candidates
                ],
            }
            for point in split.points
        ],
        "left_aside": list(split.aside),
        "quotation_lines": split.lines_of("quotation"),
    }


# --- changes of a shared document -----------------------------------------------------------------


def change_lines(number: int, change: DocumentEdit) -> Iterator[str]:
    """Yield a change of a shared document, the words that differ in brackets."""
    clause = f"({change.clause})" if change.clause else ""
    where = f"{change.unit}{clause}" if change.unit else "in no text"
    yield ""
    yield click.style(f"Change {number}", bold=True) + f": {change.kind}, {where}"
    yield from _block("".join(_operations(change)))


def _operations(change: DocumentEdit) -> Iterator[str]:
    for operation in change.redline().operations:
        if operation.op == "equal":
            yield operation.old
            continue
        if operation.old:
            yield f" [-{operation.old.strip()}-]"
        if operation.new:
            yield f" [+{operation.new.strip()}+]"


def say_changes(changes: Sequence[DocumentEdit]) -> None:
    """Show all changes."""
    for number, change in enumerate(changes, 1):
        for line in change_lines(number, change):
            click.echo(line)


def asked_changes(changes: Sequence[DocumentEdit], left_out: set[int]) -> list[DocumentEdit]:
    """Ask about each change, on a terminal."""
    assert on_terminal()
    kept = []
    for number, change in enumerate(changes, 1):
        if number in left_out:
            continue
        for line in change_lines(number, change):
            click.echo(line)
        if click.confirm("  Take it in as a comment?", default=True):
            kept.append(change)
    return kept


def change_as_json(number: int, change: DocumentEdit) -> dict[str, Any]:
    """Return a change of a shared document."""
    return {
        "number": number,
        "kind": change.kind,
        "unit": change.unit or None,
        "clause": change.clause or None,
        "old": change.old or None,
        "new": change.new or None,
    }


def _block(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from (
            "    " + visible(line)
            for line in textwrap.wrap(paragraph, _WIDTH, break_long_words=False) or [""]
        )


def _first_words(text: str, most: int) -> list[str]:
    words = text.split()
    return words if len(words) <= most else [*words[:most], "..."]
