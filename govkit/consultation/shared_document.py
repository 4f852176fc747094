"""What changed in a shared document or pad, against the words of the revision.

A pad is a courtesy copy and never the text. Each paragraph of it is held against the paragraphs of
the texts: one that is the same says nothing; one that is alike is a proposal to change words; one
that is missing is a proposal to take them out; one that is like none is new. What stood in the pad
when it was opened (headings, a greeting) is no proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from govkit.consultation.wording import RevisionWording, folded_text
from govkit.corpus.changes.plain import blocks_of
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.operations import Redline

_ALIKE = 55
"""How alike, out of 100, a paragraph has to be to be a changed one."""

_FEW = 4
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_ANCHOR = re.compile(r"<a id=\"[^\"<>]*\"></a>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_LEAD = re.compile(r"(?:#{1,6}|[-*+>\u2022]|\(?[A-Za-z0-9]{1,4}[.)])\s+")
_NAME = re.compile(r"\(?[*_]{0,2}(?:exception|condition)[*_]{0,2}\)?\s*:\s*", re.IGNORECASE)
_NAME_LINE = re.compile(rf"\n(?=[ \t]*{_NAME.pattern})", re.IGNORECASE)
_BLANK = re.compile(r"\[([^\[\]\n]{1,40})\]")
"""A blank as it is printed, with its value in brackets."""
_MARKS = re.compile(r"(?<![\w\\])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)")

Kind = Literal["changed", "taken-out", "added"]


class DocumentEdit(NamedTuple):
    """Something that the shared document has otherwise.

    `unit` is the text, `clause` its clause or an empty text; what is added stands behind the words
    of `quote`. `old` and `new` are the words on both sides; one is empty where words were added or
    taken out.
    """

    kind: Kind
    unit: str
    clause: str
    old: str
    new: str
    quote: str

    def redline(self) -> Redline:
        """Return the operations from the old words to the new ones."""
        return redline(self.old, self.new)

    def comment(self) -> str:
        """Return what the comment says about it."""
        return {
            "changed": "In the shared document these words were changed.",
            "taken-out": "In the shared document these words were taken out.",
            "added": "In the shared document these words were added.",
        }[self.kind]


class _Paragraph(NamedTuple):
    """A paragraph of a text: where it stands, its words, and the same as they are compared."""

    unit: str
    clause: str
    words: str
    key: str


def changes_in(
    snapshot: str, wordings: Iterable[RevisionWording], opening: str | None = None
) -> tuple[DocumentEdit, ...]:
    """Return the changes, in the order of the texts; what was added comes where it stands.

    `opening` is the document as it was when it was opened. A text of which nothing at all is in the
    document was never in it, and nothing was taken out.
    """
    wordings = tuple(wordings)
    texts = [paragraph for wording in wordings for paragraph in _paragraphs(wording)]
    stood = {folded_text(words).text for words in _plain(opening or "")}
    stood |= {folded_text(f"{each.id} {each.title}").text for each in wordings}
    stood |= {folded_text(words).text for each in wordings for words in (each.id, each.title)}
    pad = [(words, folded_text(words).text) for words in _plain(snapshot)]
    return tuple(_compared(texts, pad, stood))


def _compared(
    texts: list[_Paragraph], pad: list[tuple[str, str]], stood: set[str]
) -> Iterator[DocumentEdit]:
    keys = {key for _, key in pad}
    exact = {each.key for each in texts} & keys
    left = [at for at, (_, key) in enumerate(pad) if key not in exact and key not in stood]
    pairs = _alike([each for each in texts if each.key not in exact], [pad[at] for at in left])
    taken = set(pairs.values())
    present = {each.unit for each in texts if each.key in exact or each in pairs}
    added = {
        at: words
        for at, (words, _) in ((at, pad[at]) for at in left)
        if words not in taken and len(words.split()) >= _FEW
    }
    places = _places(texts, pad, exact, pairs)
    for at, each in enumerate(texts):
        if each in pairs:
            yield DocumentEdit(
                "changed", each.unit, each.clause, each.words, pairs[each], each.words
            )
        elif each.key not in exact and each.unit in present:
            yield DocumentEdit("taken-out", each.unit, each.clause, each.words, "", each.words)
        for pad_at, words in added.items():
            if places.get(pad_at) == at:
                yield DocumentEdit("added", each.unit, each.clause, "", words, each.words)
    for pad_at, words in added.items():
        if pad_at not in places:
            yield DocumentEdit("added", "", "", "", words, "")


def _alike(texts: list[_Paragraph], pad: list[tuple[str, str]]) -> dict[_Paragraph, str]:
    """Return for each paragraph the one of the pad that is most like it, each used once."""
    found = []
    others = [key.split() for _, key in pad]
    for at, each in enumerate(texts):
        words = each.key.split()
        for pad_at in range(len(pad)):
            alike = Indel.normalized_similarity(words, others[pad_at], score_cutoff=_ALIKE / 100)
            score = round(100 * alike)
            if score >= _ALIKE:
                found.append((-score, abs(at - pad_at), at, pad_at))
    pairs: dict[_Paragraph, str] = {}
    used: set[int] = set()
    for _, _, at, pad_at in sorted(found):
        if texts[at] not in pairs and pad_at not in used:
            pairs[texts[at]] = pad[pad_at][0]
            used.add(pad_at)
    return pairs


def _places(
    texts: list[_Paragraph],
    pad: list[tuple[str, str]],
    exact: set[str],
    pairs: dict[_Paragraph, str],
) -> dict[int, int]:
    """Return for each paragraph of the pad the paragraph of the texts that it stands behind."""
    by_key = {each.key: at for at, each in enumerate(texts) if each.key in exact}
    by_words = {words: texts.index(each) for each, words in pairs.items()}
    found: dict[int, int] = {}
    last: int | None = None
    for at, (words, key) in enumerate(pad):
        here = by_key.get(key, by_words.get(words))
        last = here if here is not None else last
        if last is not None:
            found[at] = last
    return found


def _paragraphs(wording: RevisionWording) -> Iterator[_Paragraph]:
    for each in wording.stretches:
        words = wording.words[each.start : each.end]
        yield _Paragraph(wording.id, each.clause, words, folded_text(words).text)


def _plain(text: str) -> Iterator[str]:
    """Yield the paragraphs of a document, without what Markdown and lists put around them."""
    text = _ANCHOR.sub("", _FRONT_MATTER.sub("", text.replace("\r\n", "\n")))
    text = _NAME_LINE.sub("\n\n", text)
    for block in blocks_of(text).blocks:
        words = "".join(run.words for run in block.runs)
        words = _BLANK.sub(r"\1", _LINK.sub(r"\1", words))
        words = _MARKS.sub("", words.replace("\\", "")).strip()
        for lead in (_LEAD, _NAME):
            words = lead.sub("", words, count=1) if lead.match(words) else words
        if words:
            yield words
