"""The reply block as it comes back: where it stands, which boxes are marked, what is said in it.

It is read by the very words that mails have it in (`mails.block` of languages/), so no second list
can differ from them. What a block found means, `ballots` says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from govkit.consultation.points import is_closing
from govkit.consultation.quotation import QuotedLine
from govkit.languages.catalogue import TRANSLATED, messages
from govkit.patterns import lazy_regex
from govkit.records.enumerations import STANCES, Stance

_MARKS = frozenset(("x", "х", "×", "✓", "✔", "✅", "☑", "☒", "*", "+", "v", "y", "yes", "ok"))
"""What people put into a box; `х` is the Cyrillic letter."""
_EMPTY = frozenset(("", "_", "__", "☐"))
_END = lazy_regex(r"\s*-=-=-=\s*(?:=-=-=-)?\s*")
_MOST_LINES = 200
"""Lines that a block may have, with a reason in it."""
_LONGEST_LINE = 400
_MOST_SIGNS = 40_000
_ID = r"[A-Za-z0-9][A-Za-z0-9-]{0,40}"
_CODE = r"[A-Za-z0-9]{4}-[A-Za-z0-9]{4}"
_MAY_BEGIN = lazy_regex(rf"-=-=-=|{_CODE}")
_MAY_BE_BOX = lazy_regex(r"\[[^\[\]\n]{0,8}\]|[☐☑☒✅✓✔]")
"""What every block and every box has in any language: most mails have none, and are long."""


class BallotMark(NamedTuple):
    """A box with something in it. `level` is how often its line was quoted."""

    stance: Stance
    level: int
    clear: bool = True


class ReplyBlock(NamedTuple):
    """A reply block in a mail, as it stands there.

    `proposal`, `revision` and `code` are what it names; empty texts and 0 where that line is gone.
    `applies`, `reason` and `comments` are what stands behind these words, the hints of ours
    included. `beside` are other words on the lines of the boxes. `before` is what stands above it.
    """

    level: int
    said_by: str
    start: int
    end: int
    proposal: str
    revision: int
    code: str
    boxes: tuple[BallotMark, ...]
    beside: str
    applies: str
    reason: str
    comments: str
    before: str


class _Words(NamedTuple):
    """The patterns of a block in one language."""

    begin: re.Pattern[str]
    proposal: re.Pattern[str]
    boxes: re.Pattern[str]
    stances: dict[str, Stance]
    parts: re.Pattern[str]
    hint: re.Pattern[str]
    sentence: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    said = messages(language).group("mails.block")
    labels = [each.strip() for each in f"{said['boxes']} {said['more-boxes']}".split("[ ]")][1:]
    longest = sorted(labels, key=len, reverse=True)
    mark = r"(?:\[(?P<mark>[^\[\]\n]{0,8})\]|(?P<sign>[☐☑☒✅✓✔]))"
    box = rf"{mark}\s*(?P<label>{_either(longest)})(?!\w)"
    applies = said["applies-to"].partition(":")[0]
    hint = said["applies-to"].partition("(")[2].partition("{")[0]
    parts = (
        rf"^[ \t]*(?:(?P<applies>{_loose(applies)})|(?P<reason>{_shortened(said['reason'])})"
        rf"|(?P<comment>{_shortened(said['comment'])}))[ \t]*:"
    )
    blanks = {
        "id": f"(?P<id>{_ID})",
        "number": r"(?P<number>\d{1,4})",
        "code": f"(?P<code>{_CODE})",
    }
    patterns = (
        rf"-=-=-=\s*{_loose(said['begin'])}",
        _filled(said["proposal"], blanks),
        box,
        parts,
        rf"\({_loose(hint.strip())}\s*(?P<ids>[^()]*)\)",
        rf"\s*{_filled(messages(language).group('mails')['consent-sentence'], blanks)}\s*[.!]?\s*",
    )
    begin, proposal, boxes, parts_, hint_, sentence = (
        re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in patterns
    )
    stances = {_flat(label): stance for label, stance in zip(labels, _ON_BALLOT, strict=True)}
    return _Words(begin, proposal, boxes, stances, parts_, hint_, sentence)


_ON_BALLOT: tuple[Stance, ...] = tuple(stance for stance in STANCES if stance != "withdraw")


def _either(words: Sequence[str]) -> str:
    return "|".join(map(_loose, words))


def _loose(words: str) -> str:
    """Return a pattern of words that a mail program may have broken over lines."""
    return r"\s+".join(map(re.escape, words.split()))


def _shortened(label: str) -> str:
    """Return a pattern of a label that may be typed anew without its end: `Reason:`, `Comment:`."""
    first, _, rest = " ".join(label.partition(":")[0].split()).partition(" ")
    return rf"{re.escape(first)}(?:\s+{_loose(rest)})?"


def _filled(message: str, blanks: dict[str, str]) -> str:
    pieces = re.split(r"\{(\w+)\}", message)
    return "".join(
        blanks[each] if at % 2 else re.sub(r"(?:\\ )+", r"\\s+", re.escape(each))
        for at, each in enumerate(pieces)
    )


def _flat(words: str) -> str:
    return " ".join(words.split()).casefold()


# --- the blocks of a mail -------------------------------------------------------------------------


def may_hold_ballot(text: str) -> bool:
    """Say whether a mail may have a block or a box in it, quoted or not; False is certain."""
    return bool(_MAY_BEGIN.search(text) or _MAY_BE_BOX.search(text))


def blocks_in(lines: Sequence[QuotedLine]) -> list[ReplyBlock]:
    """Return the reply blocks of a mail in their order, marked or not, quoted or not."""
    found: list[ReplyBlock] = []
    at = 0
    while at < len(lines):
        words = _begins(lines, at)
        if words is None:
            at += 1
            continue
        end = _end_of(lines, at, words)
        found.append(_block(lines, at, end, words))
        at = end
    return found


def _begins(lines: Sequence[QuotedLine], at: int) -> _Words | None:
    """Return the words of the language in which a block begins at a line, or None."""
    line = lines[at]
    if line.kind not in ("own", "quotation") or len(line.words) > _LONGEST_LINE:
        return None
    if not _MAY_BEGIN.search(line.words):
        return None
    for language in TRANSLATED:
        words = _words(language)
        if words.begin.search(line.words) or words.proposal.fullmatch(line.words.strip()):
            return words
    return None


def _end_of(lines: Sequence[QuotedLine], start: int, words: _Words) -> int:
    """Return where a block ends: behind its last line, else behind the last of its parts.

    A block whose end was cut off takes in nothing of what follows.
    """
    last = start + 1
    for at in range(start + 1, min(start + _MOST_LINES, len(lines))):
        line = lines[at]
        if line.kind not in ("own", "quotation"):
            break
        if _END.fullmatch(line.words):
            return at + 1
        if words.begin.search(line.words):
            break
        if words.proposal.fullmatch(line.words.strip()) and at > start + 3:
            break
        if any(
            pattern.search(line.words) for pattern in (words.proposal, words.boxes, words.parts)
        ):
            last = at + 1
    return last


def _block(lines: Sequence[QuotedLine], start: int, end: int, words: _Words) -> ReplyBlock:
    first, here = lines[start], lines[start:end]
    text = "\n".join(each.words for each in here)[:_MOST_SIGNS]
    named = words.proposal.search(text)
    parts = [*words.parts.finditer(text)]
    behind = named.end() if named else 0
    boxes = text[: parts[0].start()] if parts else text
    said = {"applies": "", "reason": "", "comment": ""}
    for part, following in zip_longest(parts, parts[1:]):
        stop = following.start() if following else len(text)
        name = part.lastgroup or ""
        said[name] = _with(said[name], _without_end(text[part.end() : stop]))
    before = [each.words for each in lines[max(start - 12, 0) : start] if each.level == first.level]
    return ReplyBlock(
        first.level,
        first.said_by,
        start,
        end,
        named["id"] if named else "",
        int(named["number"]) if named else 0,
        named["code"].casefold() if named else "",
        tuple(_boxes(boxes, here, words)),
        _beside(boxes[behind:], words),
        said["applies"],
        said["reason"],
        said["comment"],
        _flat(" ".join(before)),
    )


def _with(before: str, words: str) -> str:
    """Return what a part says where its line stands twice, as for a comment on each text."""
    return "\n".join(each for each in (before, words) if each)


def _boxes(text: str, lines: Sequence[QuotedLine], words: _Words) -> list[BallotMark]:
    """Return the boxes that are not empty, each with the level of the line that it stands on."""
    found = []
    for hit in words.boxes.finditer(text):
        mark = (hit["mark"] if hit["mark"] is not None else hit["sign"]).strip().casefold()
        if mark not in _EMPTY:
            line = lines[text.count("\n", 0, hit.start())]
            stance = words.stances[_flat(hit["label"])]
            found.append(BallotMark(stance, line.level, mark in _MARKS))
    return found


def _beside(text: str, words: _Words) -> str:
    """Return what else is written on the lines of the boxes."""
    left = words.begin.sub(" ", words.boxes.sub(" ", text))
    return " ".join(re.sub(r"[-=\[\]()<>.,;:!]+", " ", left).split())


def _without_end(words: str) -> str:
    kept = [line for line in words.split("\n") if not _END.fullmatch(line)]
    return "\n".join(kept).strip()


class AnswerParts(NamedTuple):
    """What is said beside a mark: the texts, the reason, the comments; each may be empty."""

    applies: str
    reason: str
    comments: str

    def beside(self, own: AnswerParts) -> AnswerParts:
        """Return these parts of a block with those that the sender wrote anew outside it.

        What is written anew says which texts are meant; a text named here is never widened by it.
        """
        return AnswerParts(
            own.applies or self.applies,
            _with(own.reason, self.reason),
            _with(own.comments, self.comments),
        )


def parts_of(block: ReplyBlock) -> AnswerParts:
    """Return what is said in a block."""
    return AnswerParts(block.applies, block.reason, block.comments)


def parts_in(lines: Sequence[QuotedLine]) -> AnswerParts:
    """Return the parts that the sender wrote anew, in lines outside every block.

    Each ends at an empty line, a box, a closing as "Kind regards", or the next part.
    """
    said = {"applies": "", "reason": "", "comment": ""}
    running = ""
    for line in lines:
        words = line.words.strip()
        begun = _part_begun(line.words)
        if begun is not None:
            running, words = begun
        elif not words or is_closing(words) or _MAY_BE_BOX.match(words):
            running = ""
        if running:
            said[running] = _with(said[running], words)
    return AnswerParts(said["applies"], said["reason"], said["comment"])


def _part_begun(line: str) -> tuple[str, str] | None:
    """Return which part a line begins, and what it says of it, or None."""
    if len(line) <= _MOST_SIGNS and ":" in line:
        for language in TRANSLATED:
            if begun := _words(language).parts.match(line):
                return begun.lastgroup or "", line[begun.end() :].strip()
    return None


def own_lines(lines: Sequence[QuotedLine], blocks: Sequence[ReplyBlock]) -> list[QuotedLine]:
    """Return the lines of the sender's own words, outside every block."""
    inside = {at for each in blocks for at in range(each.start, each.end)}
    return [line for at, line in enumerate(lines) if line.kind == "own" and at not in inside]


def boxes_in(lines: Sequence[QuotedLine]) -> list[BallotMark]:
    """Return the boxes that stand marked in lines outside every block."""
    found = []
    for line in lines:
        if len(line.words) <= _LONGEST_LINE and _MAY_BE_BOX.search(line.words):
            for language in TRANSLATED:
                found += _boxes(line.words, [line], _words(language))
    return found


def words_beside(lines: Sequence[QuotedLine]) -> bool:
    """Say whether a line with a box, outside every block, has other words on it."""
    return any(
        all(_beside(line.words, _words(language)) for language in TRANSLATED)
        for line in lines
        if boxes_in([line])
    )


# --- what is said in one --------------------------------------------------------------------------


class NamedBallot(NamedTuple):
    """The proposal and code of the sentence "I consent to 2026-003 k7f3-9q2m"."""

    proposal: str
    code: str


def consent_sentence(line: str) -> NamedBallot | None:
    """Return what the sentence names by which a member consents without a block, or None."""
    for language in TRANSLATED:
        if hit := _words(language).sentence.fullmatch(line):
            return NamedBallot(hit["id"], hit["code"].casefold())
    return None


def texts_named(words: str, ids: Sequence[str]) -> tuple[str, ...] | None:
    """Return the texts that a position applies to, none meaning all; None where it is not clear.

    The hint that our mails print counts as long as nobody wrote into it.
    """
    for language in TRANSLATED:
        pattern = _words(language)
        hint = pattern.hint.search(words)
        if hint is not None:
            if _split(hint["ids"]) != [each.casefold() for each in ids[:2]]:
                return None
            words = f"{words[: hint.start()]} {words[hint.end() :]}"
    named = _flat(words)
    if named in _everything():
        return ()
    known = {each.casefold(): each for each in ids}
    listed = _split(words)
    if not listed or any(each not in known for each in listed):
        return None
    return tuple(known[each] for each in dict.fromkeys(listed))


@cache
def _everything() -> frozenset[str]:
    """Return the words that mean all texts, as our mails have them."""
    said = [messages(each).group("mails.block")["applies-to"] for each in TRANSLATED]
    return frozenset(_flat(each.partition(":")[2].partition("(")[0]) for each in said) | {"all"}


def _split(words: str) -> list[str]:
    return [each for each in re.split(r"[\s,;]+", words.casefold().strip(" .")) if each]


class BlockComment(NamedTuple):
    """A comment in a block: on which text, or None, and its words."""

    unit: str | None
    words: str


def comments_named(words: str, ids: Sequence[str]) -> tuple[BlockComment, ...]:
    """Return the comments in a block, parted by the texts that they name; our hint is none."""
    known = {each.casefold(): each for each in ids}
    pieces = re.split(rf"(?:^|(?<=\s))({'|'.join(map(re.escape, ids))})\s*:", words, flags=re.I)
    found = [BlockComment(None, pieces[0].strip())]
    for id, said in zip(pieces[1::2], pieces[2::2], strict=True):
        found.append(BlockComment(known[id.casefold()], said.strip()))
    return tuple(each for each in found if each.words.strip(" .\u2026"))
