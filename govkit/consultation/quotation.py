"""A mail as its passages: what its author wrote, and what is somebody else's.

Nothing in a quotation is ever the sender's, so whatever may be one is taken for one: below a line
like "On Monday, somebody wrote:" without marks before its lines, everything is quotation. Answers
between marked lines are the author's own. No word is lost: every line is in one passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby, takewhile
from typing import Literal, NamedTuple

from govkit.languages.words import mail_words

Kind = Literal["own", "quotation", "head", "signature", "footer"]

_MARKED = re.compile(r"\s{0,3}(?:[A-Z][A-Za-z]{0,2})?>")
_ONE_MARK = re.compile(r"\s{0,3}(?:[A-Z][A-Za-z]{0,2})?> ?")
_MARKS = re.compile(r"^(?:\s{0,3}(?:[A-Z][A-Za-z]{0,2})?>)+ ?")
_DATED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.{0,80}<[^<>\s]+@[^<>\s]+>:\s*")
_ADDRESSED = re.compile(r".{0,200}\d.{0,120}<[^<>\s]+@[^<>\s]+>\s?[:：]")
"""What stands above marked lines in languages that have no word for "wrote" there, as Russian."""
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}")
_RULE = re.compile(r"\s*[_\-=]{10,}\s*")
_SIGNATURE = re.compile(r"-- ?|\u2014 ?|_{2,5}\s?")
_REMARK = re.compile(r"\s*[(\[].*[)\]]\s*", re.DOTALL)
_LONGEST_ATTRIBUTION = 4


class _Patterns(NamedTuple):
    """Patterns of what mail programs write, in any language."""

    wrote: re.Pattern[str]
    opened: re.Pattern[str]
    separator: re.Pattern[str]
    head_line: re.Pattern[str]
    list_footer: re.Pattern[str]
    sent_from: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    said = mail_words()
    heads = (*said.sender, *said.date, *said.to, *said.subject, *said.other_heads)
    forwarded = rf"[-_=*]{{2,}}\s*(?:{_either(said.forwarded)})\s*[-_=*]{{2,}}"
    patterns = (
        rf"(?:\b|(?<=[\s\d]))(?:{_either(said.wrote)})",
        rf"(?:{_either(said.opens)})\s",
        rf"\s*(?:{forwarded}|{_either(said.forwarded_begins)})\s*",
        rf"\s*\*{{0,2}}(?P<name>{_either(heads)})\s?\*{{0,2}}\s?[:：]\*{{0,2}}\s+\S.*",
        _either(said.list_footer),
        rf"(?:{'|'.join(said.sent_from)})\b.*",
    )
    return _Patterns(*(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


class Passage(NamedTuple):
    """A stretch of lines of a mail. `line` is the number of the first one, from 1.

    `unclear` passages stand close between two marked lines: they may be an answer, or the end of a
    long quoted line that a mail program broke.
    """

    kind: Kind
    text: str
    line: int
    unclear: bool = False


def passages_of(text: str) -> tuple[Passage, ...]:
    """Return the passages of a mail in their order; joined by line ends they are the mail."""
    lines = text.replace("\r\n", "\n").split("\n")
    kinds = _Telling(lines).kinds()
    found = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or kinds[at] != kinds[start]:
            unclear = kinds[start] == "own" and _is_squeezed(lines, kinds, start, at)
            found.append(Passage(kinds[start], "\n".join(lines[start:at]), start + 1, unclear))
            start = at
    return tuple(found)


class QuotedLine(NamedTuple):
    """A line of a mail without the marks before it.

    `level` is how often it was quoted: 0 for what is nobody else's, 1 for the mail that is
    answered, more for what stood there as a quotation. `said_by` is what introduces the quotation,
    as "On Monday, somebody wrote:" or the head of a mail; an empty text where nothing does.
    """

    kind: Kind
    level: int
    words: str
    said_by: str = ""


def quoted_lines(text: str) -> tuple[QuotedLine, ...]:
    """Return the lines of a mail, each with how often it was quoted.

    Marks count, and so does what introduces a quotation that has none.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    found = []
    for kind, line in zip(_Telling(lines).kinds(), _levels(lines), strict=True):
        level = max(line.level, 1) if kind == "quotation" else 0
        said_by = line.said_by if kind == "quotation" else ""
        found.append(QuotedLine(kind, level, line.words, said_by))
    return tuple(found)


def unquoted_lines(text: str) -> tuple[QuotedLine, ...]:
    """Return the lines of a mail that are its author's own; those of `quoted_lines`, but quicker.

    How often the others were quoted is most of the work, and only a ballot in them asks for it.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    kinds = _Telling(lines).kinds()
    return tuple(
        QuotedLine("own", 0, line) for kind, line in zip(kinds, lines, strict=True) if kind == "own"
    )


_DEEPEST = 12


def _levels(lines: list[str], level: int = 0, said_by: str = "") -> list[QuotedLine]:
    """Return lines with their levels; they begin at one, and marks before them go deeper."""
    telling = _Telling(lines)
    found: list[QuotedLine] = []
    introduced, at = said_by, 0
    while at < len(lines):
        end = _run_of_marks(lines, at)
        if end > at and level < _DEEPEST:
            inner = [_ONE_MARK.sub("", line, count=1) for line in lines[at:end]]
            found += _levels(inner, level + 1, introduced or said_by)
            at = end
            continue
        end = telling.introduction_end(at)
        for line in lines[at : max(end, at + 1)]:
            found.append(QuotedLine("quotation", level, line, said_by))
        if end > at:
            introduced = " ".join(lines[at:end])
            following = telling.skip_empty(end)
            if following < len(lines) and not _MARKED.match(lines[following]):
                level, said_by = level + 1, introduced
        at = max(end, at + 1)
    return found


def _run_of_marks(lines: list[str], at: int) -> int:
    while at < len(lines) and _MARKED.match(lines[at]):
        at += 1
    return at


def subject_of(passages: tuple[Passage, ...]) -> str:
    """Return the subject that the head of a mail names, or an empty text."""
    return _in_head(passages, mail_words().subject)


def date_of(passages: tuple[Passage, ...]) -> str:
    """Return the date that the head of a mail names, as it stands there, or an empty text."""
    return _in_head(passages, mail_words().date)


def _in_head(passages: tuple[Passage, ...], names: tuple[str, ...]) -> str:
    for passage in passages:
        if passage.kind == "head":
            for line in passage.text.split("\n"):
                name, _, words = line.partition(":")
                if name.strip(" *").casefold() in names:
                    return words.strip(" *")
    return ""


def quoted_words(text: str) -> str:
    """Return the marked lines at the end of a quotation, without their marks.

    An empty line stands where the words of one end and those of another, who was quoted, begin.
    """
    lines = text.rstrip().split("\n")
    first = len(lines)
    while first and _MARKED.match(lines[first - 1]):
        first -= 1
    runs = groupby(lines[first:], _depth)
    return "\n\n".join(without_quotation_marks("\n".join(run)) for _, run in runs)


def _depth(line: str) -> int:
    marks = _MARKS.match(line)
    return marks[0].count(">") if marks else 0


def without_quotation_marks(text: str) -> str:
    """Return a quotation without the marks before its lines."""
    return "\n".join(_MARKS.sub("", line, count=1) for line in text.split("\n"))


def _is_squeezed(lines: list[str], kinds: list[Kind], start: int, end: int) -> bool:
    """Say whether own lines stand between marked ones, no empty line before or behind them."""
    between = start > 0 and end < len(lines)
    if not between or not (_MARKED.match(lines[start - 1]) and _MARKED.match(lines[end])):
        return False
    return bool(lines[start].strip() and lines[end - 1].strip())


def _has_colon(line: str) -> bool:
    return ":" in line or "：" in line


def _has_address(line: str) -> bool:
    return _ADDRESS.search(line) is not None


class _Telling:
    """Tells of each line which kind it is."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.bare = [line.strip() for line in lines]
        self.found: list[Kind] = []

    def introduction_end(self, at: int) -> int:
        """Return where what introduces a quotation ends: its words, or a head; 0 where none is."""
        if self._is_quoted_head(at):
            end = at + 1
            while end < len(self.lines) and self.lines[end].strip():
                end += 1
            return end
        return self._attribution_end(at)

    def kinds(self) -> list[Kind]:
        at = self._head()
        while at < len(self.lines):
            behind = self._next(at)
            assert behind > at  # else the same line would be told again and again
            at = behind
        return self.found

    def _next(self, at: int) -> int:
        """Tell the line at `at`, and those that belong to it; return where the next one is."""
        line = self.lines[at]
        if _MARKED.match(line):
            return self._take("quotation", at, at + 1)
        if self._is_footer(at):
            return self._take("footer", at, len(self.lines))
        if _patterns().separator.fullmatch(line) or self._is_quoted_head(at):
            return self._take("quotation", at, self._footer_after(at))
        end = self._attribution_end(at)
        if end:
            if end < len(self.lines) and _MARKED.match(self.lines[end]):
                return self._take("quotation", at, end)
            return self._take("quotation", at, self._footer_after(at))
        if at and not self.bare[at - 1] and self._is_lone_head(at):
            return self._take("head", at, at + 1)
        if _SIGNATURE.fullmatch(line) and self.lines[at + 1 :]:
            return self._take("signature", at, self._signature_end(at + 1))
        if _patterns().sent_from.fullmatch(line.strip()):
            return self._take("signature", at, at + 1)
        return self._take("own", at, at + 1)

    def _take(self, kind: Kind, start: int, end: int) -> int:
        self.found += [kind] * (end - start)
        return end

    def _head(self) -> int:
        """Take the head of a mail that was saved as a text, and what a host wrote before it."""
        at = self.skip_empty(0)
        end = at
        while end < len(self.lines) and self.lines[end].strip():
            end += 1
        if end > at and _REMARK.fullmatch("\n".join(self.lines[at:end])):
            at = self.skip_empty(end)
        if not self._heads(at):
            return self._take("head", 0, at + 1) if self._is_lone_head(at) else 0
        while at < len(self.lines) and self.lines[at].strip():
            at += 1
        return self._take("head", 0, at)

    def skip_empty(self, at: int) -> int:
        """Return the first line from one on that is not empty, or where the lines end."""
        while at < len(self.lines) and not self.lines[at].strip():
            at += 1
        return at

    def _is_lone_head(self, at: int) -> bool:
        """Say whether one line of a head stands alone, as who copies a mail leaves it there."""
        hit = _patterns().head_line.fullmatch(self.lines[at]) if at < len(self.lines) else None
        if hit is None:
            return False
        said, name, words = mail_words(), hit["name"].casefold(), self.bare[at]
        alone = at + 1 < len(self.lines) and not self.bare[at + 1]
        names = name in (*said.sender, *said.subject) and not words.endswith((".", "?", "!"))
        of_people = name in (*said.sender, *said.to) and _has_address(words)
        return of_people or (alone and names)

    def _heads(self, at: int) -> bool:
        """Say whether the head of a mail begins at a line: several lines such as `From: …`."""
        here = [*takewhile(str.strip, self.lines[at : at + 6])]
        hits = [_patterns().head_line.fullmatch(line) for line in here]
        return bool(hits and hits[0]) and sum(1 for hit in hits if hit) >= 2

    def _is_quoted_head(self, at: int) -> bool:
        first = at + 1 if _RULE.fullmatch(self.lines[at]) else at
        if first == len(self.lines) or not _has_colon(self.lines[first]):
            return False
        hit = _patterns().head_line.fullmatch(self.lines[first])
        if hit is None or hit["name"].casefold() not in mail_words().sender:
            return False
        return self._heads(first) or _has_address(self.lines[first])

    def _is_footer(self, at: int) -> bool:
        if not _RULE.fullmatch(self.lines[at]):
            return False
        return any(_patterns().list_footer.search(line) for line in self.lines[at + 1 : at + 4])

    def _footer_after(self, at: int) -> int:
        return next(
            (end for end in range(at + 1, len(self.lines)) if self._is_footer(end)), len(self.lines)
        )

    def _signature_end(self, at: int) -> int:
        while at < len(self.lines):
            if (
                _MARKED.match(self.lines[at])
                or self._is_footer(at)
                or self._is_quoted_head(at)
                or _patterns().separator.fullmatch(self.lines[at])
                or self._attribution_end(at)
            ):
                return at
            at += 1
        return at

    def _attribution_end(self, at: int) -> int:
        """Return where what follows "On Monday, somebody wrote:" begins; 0 where none stands here.

        Such a line may be broken over several. Without an opening word or a date it is one only
        where marked lines follow: an author may well write "as the draft wrote:" too.
        """
        for end in range(at + 1, min(at + _LONGEST_ATTRIBUTION, len(self.bare)) + 1):
            last = self.bare[end - 1]
            if not last:
                return 0
            if last[-1] not in ":：":
                continue
            joined = " ".join(self.bare[at:end])
            following = self.skip_empty(end)
            marked = following < len(self.lines) and bool(_MARKED.match(self.lines[following]))
            if self._attributes(joined, marked) and not self._begins_below(at, end, marked):
                return following if marked else end
            return 0
        return 0

    def _begins_below(self, at: int, end: int, marked: bool) -> bool:
        """Say whether an attribution begins below this line: then the line is its author's own.

        Many answer right above it, without an empty line. A broken attribution has its date, or the
        word that opens it, in its first line.
        """
        first = self.bare[at]
        if _patterns().opened.match(first) or any(sign.isdigit() for sign in first):
            return False
        shorter = (" ".join(self.bare[n:end]) for n in range(at + 1, end))
        return any(
            any(sign.isdigit() for sign in each) and self._attributes(each, marked)
            for each in shorter
        )

    def _attributes(self, joined: str, marked: bool) -> bool:
        if _DATED.fullmatch(joined) or (marked and _ADDRESSED.fullmatch(joined)):
            return True
        if not _patterns().wrote.search(joined):
            return False
        opened = _patterns().opened.match(joined) is not None and any(
            sign.isdigit() for sign in joined
        )
        return opened or marked or "@" in joined
