"""A free mail split into points, each with the texts that it may be about.

The usual comment names nothing. So a split is proposed, shown, and confirmed by a person; what the
author quotes, signs or only greets with is told apart and never taken for a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from govkit.consultation.quotation import Passage, passages_of, quoted_words, subject_of
from govkit.consultation.text_matcher import MatchCandidate, TextMatcher
from govkit.languages.words import mail_words

_ITEM = re.compile(r"\s{0,4}(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-*\u2022\u2013])\s+\S")
_SHORT = 60
_LONG = 45


class _Patterns(NamedTuple):
    """Patterns of how people begin and end a mail, and propose words, in any language."""

    greeting: re.Pattern[str]
    closing: re.Pattern[str]
    proposed: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    said = mail_words()
    patterns = (
        rf"(?:{'|'.join(said.greetings)})\b",
        rf"(?:{'|'.join(said.closings)})[,.!]?",
        rf"\s*(?:{'|'.join(said.proposed_text)})(?:\s*\([^()\n]{{0,60}}\))?\s*:[ \t]*",
    )
    return _Patterns(*(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


@dataclass(frozen=True)
class MailPoint:
    """One point of a mail. `line` is where it begins; `quoted` is what is quoted just before it.

    `unclear` points hold lines that may be the end of a broken quotation.
    """

    number: int
    text: str
    proposed_text: str
    quoted: str
    line: int
    unclear: bool
    candidates: tuple[MatchCandidate, ...]

    @property
    def clear(self) -> MatchCandidate | None:
        """Return the text that the point is about where it is clear, else None."""
        first = self.candidates[0] if self.candidates else None
        return first if first and first.clear and not self.unclear else None


@dataclass(frozen=True)
class SplitMail:
    """A mail as it is proposed to be taken: its points, and the passages that are none.

    `aside` are greeting and closing words; `passages` is the whole mail.
    """

    points: tuple[MailPoint, ...]
    aside: tuple[str, ...]
    passages: tuple[Passage, ...]

    def lines_of(self, kind: str) -> int:
        """Return how many lines of a kind the mail has."""
        return sum(each.text.count("\n") + 1 for each in self.passages if each.kind == kind)


@dataclass
class _Draft:
    paragraphs: list[str]
    quoted: str
    line: int
    unclear: bool


def split_mail(text: str, shelf: TextMatcher, *, each_paragraph: bool = False) -> SplitMail:
    """Return a mail as points and the rest, with the texts that each point may be about.

    With `each_paragraph`, every paragraph is a point of its own.
    """
    passages = passages_of(text)
    subject = subject_of(passages)
    drafts: list[_Draft] = []
    aside: list[str] = []
    quoted = ""
    for passage in passages:
        if passage.kind == "quotation":
            quoted = quoted_words(passage.text)
        elif passage.kind == "own" and passage.text.strip():
            drafts += _of_passage(passage, quoted, aside)
            quoted = ""
    joined = drafts if each_paragraph else _joined(drafts, shelf)
    points = tuple(_point(number, draft, shelf, subject) for number, draft in enumerate(joined, 1))
    return SplitMail(points, tuple(aside), passages)


def _of_passage(passage: Passage, quoted: str, aside: list[str]) -> list[_Draft]:
    found: list[_Draft] = []
    closed = False
    for line, paragraph in _paragraphs(passage):
        first = paragraph.split("\n")[0]
        if closed or _closes(paragraph):
            closed = True
            aside.append(paragraph)
        elif not found and _patterns().greeting.match(paragraph) and len(paragraph) <= _SHORT:
            aside.append(paragraph)
        elif found and _patterns().proposed.match(first):
            found[-1].paragraphs.append(paragraph)
        else:
            found.append(_Draft([paragraph], quoted if not found else "", line, passage.unclear))
    return found


def _closes(paragraph: str) -> bool:
    """Say whether a mail ends here: "Kind regards" alone on the first line of a paragraph."""
    return _patterns().closing.fullmatch(paragraph.split("\n")[0].strip()) is not None


def _paragraphs(passage: Passage) -> Iterable[tuple[int, str]]:
    """Yield the paragraphs of a passage with their lines; an item of a list is one of its own."""
    lines: list[str] = []
    start = passage.line
    for number, line in enumerate([*passage.text.split("\n"), ""], passage.line):
        if (not line.strip() or _ITEM.match(line)) and lines:
            yield start, _unwrapped(lines)
            lines = []
        if line.strip():
            if not lines:
                start = number
            lines.append(line.strip())


def _unwrapped(lines: list[str]) -> str:
    """Return a paragraph without the line ends that a mail program put in; short lines stay."""
    text = lines[0]
    for before, line in pairwise(lines):
        text += (" " if len(before) >= _LONG else "\n") + line
    return text


def _joined(drafts: list[_Draft], shelf: TextMatcher) -> list[_Draft]:
    """Join what belongs together: a paragraph that is about no other text goes with the last.

    An item of a list, or words below a quotation, begin a point of their own. Where neither of two
    paragraphs is about any text, they stay apart: it is easier to join points than to part them.
    """
    found: list[_Draft] = []
    topic = ""
    for draft in drafts:
        about = _topic(draft, shelf)
        begins = (
            not found
            or draft.quoted
            or draft.unclear
            or found[-1].unclear
            or not topic
            or _ITEM.match(draft.paragraphs[0])
            or (about and about != topic)
        )
        if begins:
            found.append(draft)
            topic = about
        else:
            found[-1].paragraphs += draft.paragraphs
    return found


def _topic(draft: _Draft, shelf: TextMatcher) -> str:
    """Return the text that a paragraph is about, so far as it is more about it than others."""
    candidates = shelf.candidates("\n\n".join(draft.paragraphs), draft.quoted)
    if not candidates:
        return ""
    first, second = candidates[0], candidates[1].weight if len(candidates) > 1 else 0
    ahead = first.weight >= 2 * second and first.weight > 0
    return first.unit if first.clear or ahead else ""


def _point(number: int, draft: _Draft, shelf: TextMatcher, subject: str) -> MailPoint:
    own = [each for each in draft.paragraphs if not _patterns().proposed.match(each)]
    proposed = [
        _patterns().proposed.sub("", each, count=1).strip()
        for each in draft.paragraphs
        if _patterns().proposed.match(each)
    ]
    if not own:
        own, proposed = draft.paragraphs, []
    words = "\n\n".join(own)
    candidates = tuple(shelf.candidates(words, draft.quoted, subject))
    return MailPoint(
        number, words, "\n\n".join(proposed), draft.quoted, draft.line, draft.unclear, candidates
    )


def with_joins(split: SplitMail, joins: Iterable[int], shelf: TextMatcher) -> SplitMail:
    """Return the split with points joined to the ones before them; they are numbered anew.

    `joins` are numbers of points, none of them the first.
    """
    drafts: list[_Draft] = []
    wanted = set(joins)
    for point in split.points:
        paragraphs = point.text.split("\n\n")
        if point.proposed_text:
            paragraphs.append(f"Proposed text: {point.proposed_text}")
        if point.number in wanted and drafts:
            drafts[-1].paragraphs += paragraphs
        else:
            drafts.append(_Draft(paragraphs, point.quoted, point.line, point.unclear))
    subject = subject_of(split.passages)
    points = tuple(_point(at, draft, shelf, subject) for at, draft in enumerate(drafts, 1))
    return replace(split, points=points)
