"""A free mail split into points, each with the texts that it may be about.

The usual comment names nothing. So a split is proposed, shown, and confirmed by a person; what the
author quotes, signs or only greets with is told apart and never taken for a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice, pairwise, takewhile
from typing import NamedTuple

from govkit.consultation.quotation import Passage, passages_of, quoted_words, subject_of
from govkit.consultation.quoted_places import pieces_of
from govkit.consultation.text_matcher import MatchCandidate, TextMatcher
from govkit.languages.words import mail_words

_ITEM = re.compile(r"\s{0,4}(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-*\u2022\u2013])\s+\S")
_CLAUSE = re.compile(r"\(([a-z])\)(?!\w)")
"""A clause as people name it: `(b)`, `EXA-DUE-02(b)`."""
_NUMBER = re.compile(r"(?:^|(?<=\s))(\d{1,2})\)\s")
_AFTERTHOUGHT = re.compile(r"(?:P\.?\s?S\.?|N\.?\s?B\.?)\s?[:.]?\s", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+")
_NO_NAME = re.compile(r"[\d:;?!()\[\]\"]")
_SHORT = 60
_LONG = 45
_SIGNED_WITHIN = 6
"""Lines below "Kind regards" that may be a name, an office, an address."""


class _Patterns(NamedTuple):
    """Patterns of how people begin and end a mail, and propose words, in any language."""

    greeting: re.Pattern[str]
    closing: re.Pattern[str]
    ordinal: re.Pattern[str]
    proposed: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    said = mail_words()
    patterns = (
        rf"(?:{'|'.join(said.greetings)})(?P<rest>\W.*)?",
        rf"(?:{'|'.join(said.closings)})(?P<name>\W.{{0,40}})?",
        rf"(?:^|(?<=[.!?;:]\s)|(?<=[\u3002\uff1b]))(?:{'|'.join(said.ordinals)})"
        r"(?:[,:.\uff0c\u3001]?\s|[,\uff0c\u3001]|(?<=[,\uff0c\u3001]))",
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
    subject: str = ""

    def lines_of(self, kind: str) -> int:
        """Return how many lines of a kind the mail has."""
        return sum(each.text.count("\n") + 1 for each in self.passages if each.kind == kind)


@dataclass
class _Draft:
    paragraphs: list[str]
    quoted: str
    line: int
    unclear: bool


def split_mail(
    text: str,
    shelf: TextMatcher,
    *,
    each_paragraph: bool = False,
    subject: str = "",
    names: Iterable[str] = (),
) -> SplitMail:
    """Return a mail as points and the rest, with the texts that each point may be about.

    With `each_paragraph`, every paragraph is a point of its own. `subject` is that of the mail;
    without it, the one that a head in the text names. By `names` its author is known: a line that
    holds nothing else ends the mail, as "Kind regards" does.
    """
    passages = passages_of(text)
    subject = subject or subject_of(passages)
    drafts: list[_Draft] = []
    aside: list[str] = []
    quoted = head = ""
    units = [each.id for each in shelf.wordings]
    known = frozenset(word for name in names for word in _NAME.findall(name.casefold()))
    for passage in passages:
        if passage.kind == "quotation":
            quoted = quoted_words(passage.text)
            if head:  # an answer may stand between the head of a text and its clauses
                quoted = f"{head}\n{quoted}"
            pieces = pieces_of(quoted, units)
            head = pieces[-1].unit if pieces else head
        elif passage.kind == "own" and passage.text.strip():
            drafts += _of_passage(passage, quoted, aside, known)
            quoted = ""
    joined = drafts if each_paragraph else _joined(drafts, shelf)
    points = tuple(_point(number, draft, shelf, subject) for number, draft in enumerate(joined, 1))
    return SplitMail(points, tuple(aside), passages, subject)


def _of_passage(
    passage: Passage, quoted: str, aside: list[str], names: frozenset[str]
) -> list[_Draft]:
    found: list[_Draft] = []
    paragraphs = list(_paragraphs(passage, names))
    closed = False
    for at, (line, paragraph) in enumerate(paragraphs):
        words = paragraph
        if not found and not closed:
            words = without_greeting(paragraph, aside)
        # Right below a quotation a name may be what is said about it.
        signs = names if found else frozenset[str]()
        after = paragraphs[at + 1 :]
        closed = not _AFTERTHOUGHT.match(words) and (closed or _closes(words, after, signs))
        if closed:
            aside.append(words)
        elif found and _patterns().proposed.match(words.split("\n")[0]):
            found[-1].paragraphs.append(words)
        elif words:
            before = quoted if not found else ""
            found += [_Draft([each], before, line, passage.unclear) for each in _parts(words)]
    return found


def without_greeting(paragraph: str, aside: list[str]) -> str:
    """Return a paragraph without the line that only greets; it is put aside."""
    first, _, rest = paragraph.partition("\n")
    found = _patterns().greeting.fullmatch(first)
    if found is None or len(first) > _SHORT:
        return paragraph
    said = (found["rest"] or "").strip()
    ends = said[-1:] in ",!:\u060c\uff0c\uff1a\uff01" or len(said.split()) <= 2
    if not ends or re.search(r"[.?;!]\s", said):
        return paragraph
    aside.append(first)
    return rest


def _closes(paragraph: str, after: list[tuple[int, str]], names: frozenset[str]) -> bool:
    """Say whether a mail ends here: "Kind regards" or a name alone on a line, and little below."""
    first, *rest = paragraph.split("\n")
    if not (is_closing(first) or _is_name(first, names)):
        return False
    lines = chain(rest, chain.from_iterable(text.split("\n") for _, text in after))
    said = takewhile(lambda line: not _AFTERTHOUGHT.match(line), lines)
    below = [*islice(said, _SIGNED_WITHIN + 1)]
    return len(below) <= _SIGNED_WITHIN and not any(
        len(line) > _SHORT or (line.rstrip().endswith((".", "?", "!")) and len(line.split()) > 3)
        for line in below
    )


def is_closing(line: str) -> bool:
    """Say whether a line holds "Kind regards" and nothing else but a name."""
    found = _patterns().closing.fullmatch(line.strip())
    if found is None:
        return False
    name = (found["name"] or "").strip(" ,.!-\u2013\u060c\uff0c\uff01\u3002")
    return all(word[:1].isupper() or not word[:1].isalpha() for word in name.split())


def _is_name(line: str, names: frozenset[str]) -> bool:
    """Say whether a line holds words of the author's name, perhaps with initials, and no other."""
    words = _NAME.findall(line.casefold())
    is_name = bool(set(words) & names) and all(len(each) == 1 or each in names for each in words)
    return is_name and len(line) <= _SHORT and not _NO_NAME.search(line)


def _parts(paragraph: str) -> list[str]:
    """Return a paragraph parted where its author counts: "First … Second …", "1) … 2) …"."""
    numbers = [*_NUMBER.finditer(paragraph)]
    counted = [int(each[1]) for each in numbers] == [*range(1, len(numbers) + 1)]
    ordinals = [*_patterns().ordinal.finditer(paragraph)]
    begin = numbers if counted and len(numbers) > 1 else ordinals
    cuts = [each.start() for each in begin[1:]] if len(begin) > 1 else []
    return [
        paragraph[start:end].strip()
        for start, end in pairwise([0, *cuts, len(paragraph)])
        if paragraph[start:end].strip()
    ]


def _paragraphs(passage: Passage, names: frozenset[str]) -> Iterable[tuple[int, str]]:
    """Yield the paragraphs of a passage with their lines; an item of a list is one of its own.

    So is what begins with "Kind regards", or is a name, if the line before does not go on into it.
    """
    lines: list[str] = []
    start = passage.line
    for number, line in enumerate([*passage.text.split("\n"), ""], passage.line):
        begins = not line.strip() or _ITEM.match(line)
        signs = bool(lines) and not is_closing(lines[0]) and _is_name(line, names)
        ends = is_closing(line) or signs
        if lines and (begins or (ends and not _goes_on(lines[-1]))):
            yield start, unwrapped(lines)
            lines = []
        if line.strip():
            if not lines:
                start = number
            lines.append(line.strip())


def _goes_on(line: str) -> bool:
    return len(line) >= _LONG and not line.endswith((".", "!", "?", ")", ":"))


def unwrapped(lines: list[str]) -> str:
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
            or _patterns().ordinal.match(draft.paragraphs[0])
            or (about and about != topic)
            or _names_another_clause(draft, found[-1])
        )
        if begins:
            found.append(draft)
            topic = about
        else:
            found[-1].paragraphs += draft.paragraphs
    return found


def _names_another_clause(draft: _Draft, last: _Draft) -> bool:
    """Say whether a paragraph names clauses, and none of those that the point before it names."""
    named, before = ({*_CLAUSE.findall("\n".join(each.paragraphs))} for each in (draft, last))
    return bool(named and before) and not named & before


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
    points = tuple(_point(at, draft, shelf, split.subject) for at, draft in enumerate(drafts, 1))
    return replace(split, points=points)
