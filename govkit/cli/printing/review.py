"""A review as Markdown that is safe on a code host: hostile words stay words, and call nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click

from govkit.cli.printing.as_github import as_words, findings_as_table
from govkit.cli.printing.as_text import left_out, summary_line
from govkit.cli.printing.changes import summary_line as changes_line
from govkit.cli.printing.words import number_of
from govkit.corpus.changes.values import Change
from govkit.rendering.changed_words import changes_in_words
from govkit.rendering.changes import section_of_change
from govkit.rendering.markdown import section_as_markdown
from govkit.workspace.review import Review, ReviewedChange

LIMIT = 60_000
"""Bytes of the page: a comment on a code host takes 65,536 characters."""
_TABLE, _REMARKS, _END = 12_000, 16_000, 1_500
"""The most of them for the table of texts and for that of remarks, and what is kept for the end."""
_MOST = 20
_CALLING = re.compile(r"@(?=\w)|#(?=\d)|\b[Gg][Hh]-(?=\d)|:(?=//)|\b[Ww]{3}(?=\.)")
"""What a host makes a mention, a reference or a link of, after the Markdown was read."""
_NO_JOIN = "\u200b"


def review_as_markdown(review: Review) -> str:
    """Return the review: the sum, a table of texts, the redlines, a table of all remarks."""
    head = "\n\n".join(_head(review))
    remarks = "\n\n".join(_remarks(review))
    room = LIMIT - len(inert(head + remarks).encode()) - _END
    redlines, without = _fitting(review, room)
    pieces = [head, *redlines]
    if without:
        shown = ", ".join(map(as_words, without[:_MOST]))
        more = f" and {len(without) - _MOST:,} more" if len(without) > _MOST else ""
        pieces.append(
            f"**Left out**, for want of room: the redlines of {shown}{more}. "
            "`govkit diff` shows all."
        )
    return inert("\n\n".join((*pieces, remarks))) + "\n"


def inert(text: str) -> str:
    """Return text in which nothing calls a person, closes an issue, or leads to another site.

    A host looks for these after it has read the Markdown, so a backslash would not help.
    """
    return _CALLING.sub(lambda found: found[0] + _NO_JOIN, text)


def _head(review: Review) -> Iterator[str]:
    changes = review.compared.changes
    yield "## What this change does"
    yield as_words(click.unstyle(changes_line(changes)))
    proposed = [each.change.id for each in review.texts if each.is_proposal]
    if proposed:
        yield (
            f"**This is a proposal.** It touches adopted words: {as_words(_listed(proposed))}. "
            "Merged as it is, it would be refused: the coalition has to consent first. A "
            "coordinator opens it: `govkit propose open --proposer MEMBER --title WORDS`."
        )
    if review.machinery:
        yield (
            f"**It changes how changes are checked**: {as_words(_listed(review.machinery))}. The "
            "check ran as changed, so read these files before you believe this page."
        )
    if review.texts:
        yield _table(review.texts)
    if changes.unread:
        unread = [each.path for each in changes.unread]
        yield f"Not compared, since it can't be read: {as_words(_listed(unread))}."
    if changes.others:
        yield f"Other records that differ: {as_words(_listed(changes.others))}."


def _table(texts: Sequence[ReviewedChange]) -> str:
    rows = ["| Text | Class | Platform's duty | User's protection | Consent |", f"|{' --- |' * 5}"]
    room = _TABLE
    for count, each in enumerate(texts):
        change = each.change
        cells = (
            change.id,
            f"{change.class_}{' or higher' if change.unanswered else ''}",
            change.direction.platform_duty or "",
            change.direction.user_protection or "",
            "needed" if each.is_proposal else each.consent.partition(":")[0].partition(";")[0],
        )
        rows.append(f"| {' | '.join(map(as_words, cells))} |")
        room -= len(rows[-1].encode())
        if room < 0:
            rows.append(f"\n{number_of(len(texts) - count - 1, 'text')} had no room here.")
            break
    return "\n".join(rows)


def _fitting(review: Review, room: int) -> tuple[list[str], list[str]]:
    """Return the redlines that fit, proposals first, and the ids of those that do not."""
    compared = review.compared
    spoken = changes_in_words(compared.before, compared.after, compared.changes).changes
    reviewed = {(each.change.kind, each.change.id): each for each in review.texts}
    pairs = [(change, reviewed[change.kind, change.id]) for change in spoken]
    kept, without = [], []
    for change, each in sorted(pairs, key=lambda pair: not pair[1].is_proposal):
        said = "\n\n".join((_redline(review, change), *_about(each)))
        size = len(inert(said).encode()) + 2
        if size <= room:
            kept.append(said)
            room -= size
        else:
            without.append(change.id)
    return kept, without


def _redline(review: Review, change: Change) -> str:
    section = section_of_change(change, review.compared.after.messages, marks=False)
    return section_as_markdown(section, 3)


def _about(each: ReviewedChange) -> Iterator[str]:
    change = each.change
    if each.is_proposal:
        yield "**This is a proposal**: these words were adopted."
    yield f"Consent: {as_words(each.consent)}"
    if change.unanswered:
        spans = "\n".join(f"- {as_words(span)}" for span in change.unanswered[:_MOST])
        yield (
            f"{number_of(len(change.unanswered), 'question')} to the author, to be answered in "
            f"`governance/changes/`: does a duty of anybody change with these words?\n\n{spans}"
        )
    for name, ids in (
        ("Concerns", each.parties),
        ("Rests on it", each.rests),
        ("To consent again", each.again),
    ):
        if ids:
            yield f"{name}: {as_words(_listed(ids))}"


def _listed(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _MOST:,} more" if len(ids) > _MOST else ""
    return ", ".join(ids[:_MOST]) + more


def _remarks(review: Review) -> Iterator[str]:
    yield "## Remarks of the check"
    yield as_words(click.unstyle(left_out(review.report) + summary_line(review.report)))
    if review.report.findings:
        yield findings_as_table(review.report.findings, _REMARKS).strip()
