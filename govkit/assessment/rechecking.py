"""What becomes of a quotation when the terms have another version: carried, for review, or lost.

Nothing is carried in which a number, a negation or a word of force is another one, neither in the
quotation nor in the sentence that it was taken from. What is in doubt goes to a person, with the
words that ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from govkit.assessment.anchoring import AnchoringText, FoundPlace
from govkit.assessment.passages import sentence_at
from govkit.assessment.quotes import normalised_words, quoted_place
from govkit.corpus.changes.evidence import change_evidence
from govkit.corpus.changes.lexicon import lexicon_of_text
from govkit.corpus.changes.protected import protected_words
from govkit.corpus.changes.values import ChangeEvidence
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.operations import Operation

Outcome = Literal["carried", "review", "lost"]

_SMALL = frozenset(("capital", "comma", "reference"))
"""Evidence that is no other word: a capital, a comma, the letter of an item."""
_BINDING = frozenset(
    (
        *("number", "date", "sign", "negation", "modal", "limit", "quantifier", "unit", "ordinal"),
        *("time", "connective", "effect"),
    )
)
"""Evidence in the sentence around a quotation that asks for a person, though its words stand."""
_SHOWN = 3
_MORE = 80
"""Characters around a place that was found by likeness that may belong to it."""


class QuotedWords(NamedTuple):
    """A quotation as it was made: its words, what stood around them, and where if that is known."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


class Recheck(NamedTuple):
    """What became of a quotation.

    `because` is a clause that says why, as "30 days became 14 days"; empty where the very words
    stand in their place. `place` is where its words stand now, or what stands in their place; None
    where nothing does. `operations` lead from the quoted words to those.
    """

    outcome: Outcome
    because: str = ""
    place: FoundPlace | None = None
    operations: tuple[Operation, ...] = ()


def rechecked(
    quote: QuotedWords, new: AnchoringText, language: str, old_text: str | None = None
) -> Recheck:
    """Return what became of a quotation in the new text of the same document.

    `old_text` is the canonical text that it was made in: with it, the sentence that it stood in is
    compared too. `language` is a code, as `en`: a language without lists has no words of force and
    no negations to look at, so there every other word sends a quotation to review.
    """
    quote = _with_context(quote, old_text)
    found = new.place_of(quote.exact, quote.prefix, quote.suffix, quote.start)
    if found is None:
        return _in_its_place(quote, new, language)
    if found.how == "alike":
        return _changed(quote.exact, new, found, language)
    words = new.text[found.start : found.end]
    if not found.in_context and (other := new.between(quote.prefix, quote.suffix)):
        stands = new.text[slice(*other)]
        if normalised_words(stands) != normalised_words(quote.exact):
            there = FoundPlace(*other, "alike", True, 0.0)
            changed = _changed(quote.exact, new, there, language)
            because = f"other words stand in its place, and these elsewhere: {changed.because}"
            return changed._replace(because=because)
    if found.how == "signs" and _asking(quote.exact, words, language, small=False):
        return _changed(quote.exact, new, found, language)
    if around := _around(quote, found, new, language, old_text):
        return Recheck("review", f"in the sentence around it, {around}", found)
    return Recheck("carried", _carried_because(found), found)


def _carried_because(found: FoundPlace) -> str:
    parts = []
    if found.how == "white-space":
        parts.append("only links or white space differ")
    elif found.how == "signs":
        parts.append("only capitals or punctuation differ")
    if not found.in_context:
        parts.append("it stands elsewhere")
    return "; ".join(parts)


def _with_context(quote: QuotedWords, old_text: str | None) -> QuotedWords:
    """Return a quotation with its place and what stands around it, where the old text has it."""
    if old_text is None or (quote.start is not None and quote.prefix and quote.suffix):
        return quote
    found = AnchoringText(old_text).place_of(quote.exact, quote.prefix, quote.suffix, quote.start)
    if found is None or found.how == "alike":
        return quote
    place = quoted_place(old_text, found.start, found.end)
    return QuotedWords(quote.exact, place.prefix, place.suffix, place.start, place.end)


def _in_its_place(quote: QuotedWords, new: AnchoringText, language: str) -> Recheck:
    other = new.between(quote.prefix, quote.suffix)
    if other is None:
        return Recheck("lost", "its words are gone, and nothing like them stands there")
    found = FoundPlace(*other, "alike", True, 0.0)
    return _changed(quote.exact, new, found, language)


def _changed(old: str, new: AnchoringText, found: FoundPlace, language: str) -> Recheck:
    """Return what differs between a quotation and the words in its place."""
    place, operations = _fitted(old, new.text, found)
    words = new.text[place.start : place.end]
    asked = _asking(old, words, language, small=True)
    binding = [each for each in asked if each.kind in _BINDING]
    because = _said(binding or asked) or _said_of(operations)
    return Recheck("review", because or "its words differ", place, operations)


def _fitted(old: str, text: str, found: FoundPlace) -> tuple[FoundPlace, tuple[Operation, ...]]:
    """Return the stretch that the quoted words became, and how: what stands around it is not it.

    A search by likeness is as long as what it looks for, and may begin some words too early.
    """
    as_found = redline(old, text[found.start : found.end]).operations
    if as_found and not {as_found[0].op, as_found[-1].op} & {"delete", "insert"}:
        return found, as_found
    first = max(text.rfind("\n\n", 0, found.start) + 2, text.rfind(" ", 0, found.start - _MORE) + 1)
    start = min(max(first, 0), found.start) if found.start else 0
    ends = [
        at for at in (text.find("\n\n", found.end), text.find(" ", found.end + _MORE)) if at >= 0
    ]
    end = max(found.end, min(ends, default=len(text.rstrip())))
    operations = [*redline(old, text[start:end]).operations]
    while len(operations) > 1 and operations[0].op == "insert":
        start += len(operations.pop(0).new)
    while len(operations) > 1 and operations[-1].op == "insert":
        end -= len(operations.pop().new)
    return found._replace(start=start, end=end), tuple(operations)


def _asking(old: str, new: str, language: str, *, small: bool) -> list[ChangeEvidence]:
    found = change_evidence(old, new, lexicon_of_text(language, old, new))
    return [each for each in found if small or each.kind not in _SMALL]


def _around(
    quote: QuotedWords, found: FoundPlace, new: AnchoringText, language: str, old_text: str | None
) -> str:
    """Say what binds otherwise in the sentence of a quotation, whose own words still stand."""
    if old_text is None or quote.start is None or quote.end is None:
        before, after = quote.prefix, quote.suffix
        if not found.in_context or not (before or after):
            return ""
        old = f"{before}{quote.exact}{after}"
        new_start = max(0, found.start - len(before))
        now = new.text[new_start : found.end + len(after)]
    else:
        old = old_text[slice(*sentence_at(old_text, quote.start, quote.end))]
        now = new.text[slice(*sentence_at(new.text, found.start, found.end))]
    if normalised_words(old) == normalised_words(now):
        return ""
    if protected_words(language) is None:
        return "words differ"
    return _said(each for each in _asking(old, now, language, small=False) if each.kind in _BINDING)


def _said(evidence: Iterable[ChangeEvidence]) -> str:
    parts = [*dict.fromkeys(map(_said_one, evidence))]
    more = f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
    return ", ".join(parts[:_SHOWN]) + more


def _said_one(each: ChangeEvidence) -> str:
    old, new = (" ".join(words.split()) for words in (each.old, each.new))
    if old and new:
        return f"{old} became {new}"
    return f"{old} is gone" if old else f"{new} was put in"


def _said_of(operations: Iterable[Operation]) -> str:
    return ", ".join([*_parts_of(operations)][:_SHOWN])


def _parts_of(operations: Iterable[Operation]) -> Iterator[str]:
    for each in operations:
        old, new = (" ".join(words.split())[:80] for words in (each.old, each.new))
        if each.op == "equal" or old == new:
            continue
        yield _said_one(ChangeEvidence("word", old, new))
