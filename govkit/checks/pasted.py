"""Family 1, third part: what comes along when words are pasted from elsewhere, and what is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.documents import Document
from govkit.findings import Keys
from govkit.patterns import lazy_regex
from govkit.records.kinds import KINDS, NORMATIVE_KINDS
from govkit.records.slips import IN_QUOTES, around_whole, at_one_end

_PICTURE = lazy_regex("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff]+")
_ENDS = tuple(".!?\u2026:;\u3002\u0964\u06d4\u061f\uff1f\uff01")
_CLOSES = "\"')]*`\u2019\u201d\u00bb"


def _words(document: Document) -> Iterator[tuple[Keys, str]]:
    """Yield the texts that people of the coalition write themselves."""
    if document.kind in KINDS and KINDS[document.kind].by_hand:
        yield from document.texts


def tab_in_text(document: Document, _: Context) -> Findings:
    """A text holds no tab: cells of a table that was pasted run together."""
    if "\t" not in document.words:
        return
    for keys, text in _words(document):
        at_ = text.find("\t")
        if at_ >= 0:
            yield refusal(
                document,
                "a tab stands in this text, as between the cells of a table",
                at(*keys, span=(max(at_ - 1, 0), at_ + 2)),
                help="Type a space in its place. Write the lines of a table as items of a list.",
            )


def quoted_whole(document: Document, _: Context) -> Findings:
    """No quotation marks stand around a whole text, or at one end only: they would be printed."""
    words = document.words
    if words.isascii() and '"' not in words and "'" not in words:
        return
    for keys, text in _words(document):
        pair = around_whole(text)
        if pair and IN_QUOTES.isdisjoint(keys):
            yield refusal(
                document,
                f"the marks {pair} stand around the whole text, and are part of it",
                at(*keys),
                found=pair,
                help=f"Delete {pair[0]} at the beginning and {pair[-1]} at the end.",
            )
        elif mark := at_one_end(text):
            yield refusal(
                document,
                f"the quotation mark {mark} stands at one end of this text only",
                at(*keys),
                found=mark,
                help=f"Delete {mark}, or write the other one too.",
            )


def picture_sign(document: Document, _: Context) -> Findings:
    """A text of a book holds no picture signs (emoji)."""
    if document.kind not in NORMATIVE_KINDS or document.words.isascii():
        return
    for keys, text in document.texts:
        found = _PICTURE.search(text)
        if found:
            yield refusal(
                document,
                f"a picture sign (emoji) stands here: {found.group()}",
                at(*keys, span=found.span()),
                found=found.group(),
                help="Delete it, or say it in words.",
            )


def broken_word(document: Document, _: Context) -> Findings:
    """No word is parted by a hyphen and a space, as at the end of a line in a PDF."""
    if document.kind not in NORMATIVE_KINDS or "- " not in document.words:
        return
    for said in document.said:
        for found in _PARTED.finditer(said.text):
            whole = f"{found[1]}{found[2]}"
            yield remark(
                document,
                f"`{found.group()}` looks like one word that was parted",
                at(*said.keys, span=found.span()),
                expected=whole,
                found=found.group(),
                help=f"Write `{whole}`; or, if two words are meant, `{found[1]}-{found[2]}`.",
            )


_PARTED = lazy_regex(
    r"(?<![\w-])([A-Za-z][a-z]+)-[ \n]+(?!(?:and|or|nor|to|as|but|versus)\b)([a-z]{2,})(?![\w-])"
)


def no_full_stop(document: Document, _: Context) -> Findings:
    """A clause or definition ends with a full stop, so that one sees that nothing is cut off."""
    if document.kind not in NORMATIVE_KINDS:
        return
    for said in document.said:
        if said.keys[-1] not in ("text", "definition") or said.keys[0] == "preamble":
            continue
        words = said.text.rstrip()
        unfilled = words.startswith("[insert ")  # `placeholder` speaks of it
        if not unfilled and not words.rstrip(_CLOSES).endswith(_ENDS):
            yield remark(
                document,
                "this text does not end with a full stop",
                at(*said.keys, span=(max(len(words) - 1, 0), len(words))),
                expected=".",
                help="Write a full stop at the end; or put back the words that are lost there.",
            )


def list_run_together(document: Document, _: Context) -> Findings:
    """No list in a rationale or guidance has items that Markdown joins to one paragraph."""
    if document.kind not in NORMATIVE_KINDS:
        return
    for keys, text in document.texts:
        if keys[-1] not in _IN_MARKDOWN or not _MAY_BE_JOINED.search(text):
            continue
        found = _joined(text)
        if found is not None:
            mark = found[str(found.lastgroup)]
            yield remark(
                document,
                "the items of this list are printed in one paragraph: Markdown joins their lines",
                at(*keys, span=found.span()),
                found=mark,
                help=_APART[str(found.lastgroup)].format(mark),
            )


_IN_MARKDOWN = ("rationale", "guidance")
_APART = {
    "label": "Leave a line empty before each item.",
    "bullet": "Begin each item with `- ` in place of `{}`.",
    "number": "Leave a line empty before `{}`: only a list from 1 may follow a line of words.",
    "deep": "Begin each item at the left edge of the text.",
}
_JOINED = (
    r"(?P<label>\((?:[A-Za-z]|[ivxlc]{2,5}|[0-9]{1,2})\)|(?:[a-z]|[ivx]{2,4})[.)])(?=[ \u00a0])"
    r"|(?P<bullet>[\u2022\u2023\u2043\u25a0-\u25ff\u27a2\u00b7\uf0b7]"
    r"|[\u2010-\u2015o](?=[ \u00a0]))"
    r"|(?P<number>(?!1[.)])[0-9]{1,9}[.)])(?=[ ])"
)
_DEEP = r"[ ]{4,}(?P<deep>[-+*]|[0-9]{1,9}[.)])(?=[ ])"
_MAY_BE_JOINED = lazy_regex(rf"\n(?:[ ]{{0,3}}(?:{_JOINED})|{_DEEP})")
"""What says nearly always that there is no such list."""
_ITEM = lazy_regex(
    rf"^(?:[ ]{{0,3}}(?:{_JOINED}|(?P<read>[-+*]|1[.)])(?=[ ]))|{_DEEP})", re.MULTILINE
)
_EMPTY_LINES = lazy_regex(r"\n[ \t]*\n")
_BEFORE = lazy_regex(r"(?:[:;.,]|\b(?:and|or))\s*\Z|\A\s*\Z")


def _joined(text: str) -> re.Match[str] | None:
    """Return the first of two or more items of one form that CommonMark takes for no items."""
    start = 0
    for end in (*(gap.start() for gap in _EMPTY_LINES.finditer(text)), len(text)):
        items: dict[str | None, list[re.Match[str]]] = {}
        for found in _ITEM.finditer(text, start, end):
            begins = not text[start : found.start()].strip()
            if found["read"] or (found["number"] and begins):
                break  # a list that is one; what is deeper, or goes on, belongs to it
            if items or _BEFORE.search(text[start : found.start()]):
                items.setdefault(found.lastgroup, []).append(found)
        several = [each[0] for each in items.values() if len(each) > 1]
        if several:
            return several[0]
        start = end
    return None
