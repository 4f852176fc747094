"""The one walk over the words of all texts, whose finds the rules on terms and on force share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from govkit.checks.force_words import FORCE, ForceWords, force_words
from govkit.corpus.documents import Document, NormativeText
from govkit.corpus.term_words import (
    HIDDEN,
    OUT_OF_USE,
    TERM,
    begins,
    hide,
    is_term,
    phrases_of,
    terms_in_use,
    without_quotations,
)
from govkit.corpus.whole import Corpus
from govkit.corpus.word_list import Hit, Phrase, WordList
from govkit.findings import Keys
from govkit.patterns import lazy_regex
from govkit.records.kinds import NORMATIVE_KINDS

_NOT_PROSE = lazy_regex(
    r"^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]+`"
    r"|^ {0,3}>.*?$"
    r"|\[(?:[^\[\]\\]|\\.)*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|https?://\S+",
    re.MULTILINE | re.DOTALL,
)
"""What a rationale quotes, links to, or shows as code."""
_PROSE = ("rationale", "guidance", "summary")
_WORD = lazy_regex(r"[^\W_]+")
_PART_OF_SENTENCE = lazy_regex(r"[.,;:!?()]")
_FAR = 400
"""Characters before a word that are looked at, so that a long text takes no more than its time."""
_TERM = ("term",)
_MARKS = ("term", "prose")


class ScannedText(NamedTuple):
    """A normative text, the same with all hidden that is no plain word, and what stands in it.

    `force` are the words of force, without a `will` that only speaks of the future; `others` are
    words of the other lists.
    """

    said: NormativeText
    plain: str
    terms: list[Hit]
    force: list[Hit]
    others: list[Hit]


class ScannedClause(NamedTuple):
    """A clause with a force: its words, and its conditions and exceptions."""

    keys: Keys
    force: str
    text: ScannedText
    more: list[ScannedText]


class ScannedProse(NamedTuple):
    """A rationale, guidance or summary, and the words of force in it."""

    keys: Keys
    text: str
    force: list[Hit]


class ScannedDocument(NamedTuple):
    """What was met in one document; without `clauses` and `prose` where no words are known."""

    texts: tuple[ScannedText, ...] = ()
    clauses: tuple[ScannedClause, ...] = ()
    prose: tuple[ScannedProse, ...] = ()


NOTHING = ScannedDocument()


@dataclass(frozen=True)
class ScannedCorpus:
    """What was met on the walk. Texts and terms out of use are passed by.

    `words` are None where those of the authoritative language are not known. `uses` says how
    often each term is used, marked or not, outside its own definition. `lists` are the words that
    were looked for, in texts and in prose, and `documents` the texts that were looked at.
    """

    words: ForceWords | None
    terms: Mapping[str, Document]
    walked: Mapping[str, ScannedDocument]
    uses: Mapping[str, int]
    lists: tuple[WordList, WordList]
    documents: Mapping[str, Document]

    def of(self, document: Document) -> ScannedDocument:
        """Return what was met in a document."""
        return self.walked.get(document.path, NOTHING)


def walk_over(corpus: Corpus, before: ScannedCorpus | None = None) -> ScannedCorpus:
    """Return what the texts say: defined terms, and words of force where they are known.

    What an earlier walk met in the same document with the same words is taken over.
    """
    charter = corpus.charter
    force = None
    if charter is not None:
        language = charter.languages.authoritative.split("-")[0]
        force = force_words(language, charter.force_words)
    terms = terms_in_use(corpus)
    phrases = force.phrases if force else ()
    lists = (_word_list((*phrases_of(terms), *phrases)), _word_list(phrases))
    documents = {
        document.path: document
        for document in corpus.documents
        if document.kind in NORMATIVE_KINDS and document.status not in OUT_OF_USE
    }
    known = before if before and before.lists == lists and before.words is force else None
    walked = {
        path: known.walked[path]
        if known is not None and known.documents.get(path) is document
        else _walked(document, lists[0], force, lists[1])
        for path, document in documents.items()
    }
    return ScannedCorpus(force, terms, walked, _uses(corpus, walked.values()), lists, documents)


@lru_cache(maxsize=8)  # the terms and the words of force of a corpus seldom change
def _word_list(phrases: tuple[Phrase, ...]) -> WordList:
    return WordList(phrases)


def _walked(
    document: Document, words: WordList, force: ForceWords | None, in_prose: WordList
) -> ScannedDocument:
    texts = tuple(_heard(document, words, force))
    if force is None:
        return ScannedDocument(texts)
    return ScannedDocument(
        texts, tuple(_clauses(document, texts)), tuple(_prose(document, in_prose))
    )


def _uses(corpus: Corpus, walked: Iterable[ScannedDocument]) -> Counter[str]:
    uses = Counter(
        hit.phrase.means for each in walked for heard in each.texts for hit in heard.terms
    )
    for document in corpus.documents:
        if document.kind == "translation" or document.status in OUT_OF_USE:
            continue
        for reference in document.references:
            if reference.kinds == _TERM and reference.role in _MARKS:
                uses[reference.key] += reference.key != document.id or document.kind != "term"
    return uses


def _heard(document: Document, words: WordList, force: ForceWords | None) -> Iterator[ScannedText]:
    own = document.id if document.kind == "term" else ""
    for said in document.said:
        plain = plain_words(said)
        heard = ScannedText(said, plain, [], [], [])
        for hit in words.hits(plain):
            name, _, means = hit.phrase
            if name == FORCE:
                if _binds(hit, plain):
                    heard.force.append(hit)
            elif name != TERM:
                heard.others.append(hit)
            elif means != own and is_term(hit, plain):
                heard.terms.append(hit)  # a term in its own definition is none
        if force is not None and "will" in plain:
            heard = heard._replace(force=list(_without_future(heard, force)))
        yield heard


def _clauses(document: Document, texts: tuple[ScannedText, ...]) -> Iterator[ScannedClause]:
    """Yield the clauses of a text, or of the interpretation of a book."""
    record: Any = document.record
    clause = None
    for heard in texts:
        keys = heard.said.keys[:2]
        if keys[0] != "clauses" and keys[0] != "interpretation":
            continue
        if clause is not None:
            if keys == clause.keys:
                clause.more.append(heard)
                continue
            yield clause
        force = getattr(record, str(keys[0]))[keys[1]].force
        clause = ScannedClause(keys, force, heard, [])
    if clause is not None:
        yield clause


def _without_future(heard: ScannedText, known: ForceWords) -> Iterator[Hit]:
    """Yield the words of force without each `will` that only tells what comes.

    So it is in conditions and exceptions; after a word as `if` or `which` in the same part of the
    sentence, or after another word of force there; and as a noun, in `the user's will`.
    """
    last = -1
    for hit in heard.force:
        in_clause = heard.said.keys[-1] == "text"
        if not _is_will(hit) or (in_clause and _promises(hit, heard.plain, last, known)):
            yield hit
        last = hit.start


def _promises(hit: Hit, plain: str, last: int, known: ForceWords) -> bool:
    """Say whether a `will` binds; `last` is where the word of force before it stands."""
    far = max(0, hit.start - _FAR)
    before = plain[far : hit.start]
    part = _PART_OF_SENTENCE.split(before)[-1]
    words = _WORD.findall(part.lower())
    if before.endswith(("'s ", "\u2019s ")):
        return False
    if words and words[-1] in known.connectives:
        return True
    return last < hit.start - len(part) and known.future_after.isdisjoint(words)


def _is_will(hit: Hit) -> bool:
    return hit.phrase.words.startswith("will")


def plain_words(said: NormativeText) -> str:
    """Return a text in which links, blanks, code, quotations and markers of items are hidden."""
    text = said.text
    blocks = said.wording.blocks
    if len(blocks) == 1 and len(blocks[0].runs) == 1 and blocks[0].runs[0].kind == "text":
        plain = text
    else:
        pieces, at = [], 0
        for block in blocks:
            for run in block.runs:
                if run.kind in ("text", "em"):
                    pieces += [HIDDEN * (run.start - at), text[run.start : run.end]]
                    at = run.end
        plain = "".join(pieces) + HIDDEN * (len(text) - at)
    return without_quotations(plain)


def _binds(hit: Hit, plain: str) -> bool:
    """Say whether words of force are some: words that only look so are in the list too."""
    return bool(hit.phrase.means.force) and not (plain[hit.start] == "M" and _is_month(hit, plain))


def _is_month(hit: Hit, plain: str) -> bool:
    """Say whether this is the month of May: in the middle of a sentence, or before a number."""
    if plain[hit.start : hit.end] != "May":
        return False
    return not begins(hit, plain) or plain[hit.end :].lstrip()[:1].isdigit()


def _prose(document: Document, words: WordList) -> Iterator[ScannedProse]:
    for keys, text in document.texts:
        if keys[-1] in _PROSE:
            plain = _NOT_PROSE.sub(hide, text) if _has_marks(text) else text
            plain = without_quotations(plain)
            hits = [hit for hit in words.hits(plain) if hit.phrase.list == FORCE]
            # In prose `will` speaks of the future, and of nothing else.
            binding = [hit for hit in hits if _binds(hit, plain) and not _is_will(hit)]
            yield ScannedProse(keys, text, binding)


def _has_marks(text: str) -> bool:
    return "`" in text or "](" in text or ">" in text or "~" in text or "://" in text
