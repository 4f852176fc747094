"""What is wrong with the answers of a coder: each rule is a sentence, and says what to do.

An error has to be mended before the answers are sealed; advice stops nothing. docs/assess.md has a
line for each rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from govkit.assessment.anchoring import AnchoringText
from govkit.assessment.criteria import criteria_digest, set_digest
from govkit.assessment.quotes import digests_of, normalised_words
from govkit.assessment.thresholds import compared, threshold_words
from govkit.findings import Finding, Keys, Route, Stops
from govkit.records.assessments import (
    CodedAnswer,
    Coding,
    Criterion,
    DocumentSet,
    Evaluation,
    Quote,
)

RULES = {
    "answer-open": "a criterion has no answer yet",
    "answer-twice": "a criterion is answered twice",
    "answer-without-quote": "a value that says what the terms say rests on no quote",
    "answer-without-reason": "a value that asks for a reason has none",
    "answer-without-search": "a `silent` or `not-found-here` does not say what was looked for",
    "criteria-other": "the answers were given to other criteria or another document set",
    "criterion-unknown": "an answer is about no criterion of this evaluation",
    "document-unknown": "a document is named that is not in the set",
    "hint-in-quote": "a quote for the protection has words that may take it back",
    "missing-unknown": "an answer rests on a document that is not missing",
    "number-against-value": "the value is better than the number in the terms",
    "number-missing": "the clause has a number, and the answer does not say which the terms have",
    "number-unknown": "a number is given for a blank that the clause does not have",
    "quote-not-in-text": "the quoted words do not stand in the document",
    "quote-only-alike": "words like the quoted ones stand in the document, and not these",
    "set-empty": "no document of the set has words, so nothing can be answered",
    "silent-on-missing": "terms are called silent though a document is missing that may speak",
    "silent-with-hits": "terms are called silent, and what was looked for was found",
}
"""Every rule of answers; a quote that is too long is refused as it is read (`quote-too-long`)."""

ADVICE = frozenset(("hint-in-quote", "answer-open"))
_NEEDS = {"met": "for", "partly": "for", "contradicts": "against"}
_SEARCHED = ("silent", "not-found-here")
_REASONED = ("partly", "contradicts", "not-applicable")
_RANK = {"met": 2, "partly": 1, "outside": 0}


class CodedTexts(NamedTuple):
    """What answers are held against: the evaluation, its set, and the canonical texts by id."""

    evaluation: Evaluation
    documents: DocumentSet
    texts: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Say whether no document has words of terms, as far as the texts are here."""
        present = [each.id for each in self.documents.documents if each.state == "present"]
        here = [self.texts[id] for id in present if id in self.texts]
        return not present or (len(here) == len(present) and not any(map(str.strip, here)))


def answer_findings(
    coding: Coding, against: CodedTexts, path: str, for_others: Collection[str] = ()
) -> Iterator[Finding]:
    """Yield what is wrong with the answers of a coder, in the order of the file.

    `for_others` are criteria that nobody has to answer, since they are for other services. Texts
    that are not here (they are never committed) hold no quote to anything.
    """
    yield from _Reading(coding, against, path, for_others).findings()


class _Reading:
    """Reads one coding against its evaluation."""

    def __init__(
        self, coding: Coding, against: CodedTexts, path: str, for_others: Collection[str]
    ) -> None:
        self.coding, self.against, self.path = coding, against, path
        self.for_others = for_others
        self.criteria = {each.of: each for each in against.evaluation.criteria}

    @cached_property
    def anchoring(self) -> Mapping[str, AnchoringText]:
        return {id: AnchoringText(text) for id, text in self.against.texts.items()}

    def finding(
        self, rule: str, keys: Keys, message: str, help: str, criterion: str = ""
    ) -> Finding:
        stops: Stops = None if rule in ADVICE else "merge"
        return Finding(rule, message, self.path, Route(keys), criterion, stops, help=help)

    def findings(self) -> Iterator[Finding]:
        evaluation, documents = self.against.evaluation, self.against.documents
        if self.against.is_empty:
            yield self.finding(
                "set-empty",
                (),
                "no document of the set has words of terms, so nothing can be answered",
                "Import the terms: govkit assess import.",
            )
        bound = (criteria_digest(evaluation.criteria), set_digest(documents))
        if (self.coding.criteria, self.coding.documents) != bound:
            yield self.finding(
                "criteria-other",
                ("criteria",),
                "these answers were given to other criteria or to another document set",
                "Begin a form anew with `govkit assess form`, and look at each answer again.",
            )
        seen: set[str] = set()
        for at, answer in enumerate(self.coding.answers):
            yield from self._of_answer(("answers", at), answer, seen)
            seen.add(answer.criterion)
        for of in self.criteria:
            if of not in seen and of not in self.for_others:
                yield self._open(("answers",), of)

    def _open(self, keys: Keys, of: str) -> Finding:
        return self.finding(
            "answer-open", keys, f"{of} is not answered yet", "Give it a value, or ask.", of
        )

    def _of_answer(self, keys: Keys, answer: CodedAnswer, seen: set[str]) -> Iterator[Finding]:
        of = answer.criterion
        criterion = self.criteria.get(of)
        if criterion is None:
            help = "Take it out; `evaluation.yaml` lists the criteria."
            yield self.finding(
                "criterion-unknown", (*keys, "criterion"), f"{of} is not asked here", help, of
            )
            return
        if of in seen:
            help = "Keep one of the two answers."
            yield self.finding("answer-twice", keys, f"{of} is answered twice", help, of)
        if answer.value is None:
            yield self._open((*keys, "criterion"), of)
            return
        yield from self._value(keys, answer)
        yield from self._missing(keys, answer)
        yield from self._numbers(keys, answer, criterion)
        for at, quote in enumerate(answer.quotes):
            yield from self._quote((*keys, "quotes", at), quote, criterion)

    def _value(self, keys: Keys, answer: CodedAnswer) -> Iterator[Finding]:
        value, of = answer.value or "", answer.criterion
        at = (*keys, "value")
        needed = _NEEDS.get(value)
        if needed and not any(quote.says == needed for quote in answer.quotes):
            message = f"`{value}` rests on no quote that speaks {needed} the protection"
            help = f"Quote the words, with `says: {needed}`."
            yield self.finding("answer-without-quote", at, message, help, of)
        if value in _SEARCHED and not answer.search_log:
            message = f"`{value}` does not say what was looked for"
            help = "Add to `search_log` the words that you looked for, and in which documents."
            yield self.finding("answer-without-search", at, message, help, of)
        both = value == "met" and any(quote.says == "against" for quote in answer.quotes)
        if (value in _REASONED or both) and not answer.reason:
            message = f"`{value}` has no reason" + (", though a quote speaks against" * both)
            help = "Say in one sentence what is there, and what is not."
            yield self.finding("answer-without-reason", at, message, help, of)
        hits = sum(search.hits for search in answer.search_log)
        if value == "silent" and hits and not answer.reason:
            message = f"the terms are called silent, and the search found {hits} places"
            help = "Say in one sentence why none of them speaks of it."
            yield self.finding("silent-with-hits", at, message, help, of)

    def _missing(self, keys: Keys, answer: CodedAnswer) -> Iterator[Finding]:
        documents = self.against.documents
        missing = {each.id for each in documents.documents if each.state != "present"}
        missing |= {each.text for each in documents.links_not_in_set}
        for at, name in enumerate(answer.rests_on_missing):
            if name not in missing:
                known = ", ".join(sorted(missing)) or "none"
                message = f"`{name}` is no document that is missing"
                place = (*keys, "rests_on_missing", at)
                help = f"Missing are: {known}."
                yield self.finding("missing-unknown", place, message, help, answer.criterion)
        if answer.rests_on_missing and answer.value == "silent":
            message = "a document is missing that may hold the answer, so nobody knows"
            help = "Write `not-found-here`; or import the document and look there."
            place = (*keys, "value")
            yield self.finding("silent-on-missing", place, message, help, answer.criterion)
        known_ids = {each.id for each in documents.documents}
        for at, search in enumerate(answer.search_log):
            for id in search.documents:
                if id not in known_ids:
                    place = (*keys, "search_log", at, "documents")
                    yield self._no_document(place, id, answer.criterion)

    def _no_document(self, keys: Keys, id: str, of: str) -> Finding:
        known = ", ".join(each.id for each in self.against.documents.documents)
        message, help = f"`{id}` is no document of the set", f"There are: {known}."
        return self.finding("document-unknown", keys, message, help, of)

    def _numbers(self, keys: Keys, answer: CodedAnswer, criterion: Criterion) -> Iterator[Finding]:
        names = [each.parameter for each in criterion.thresholds]
        for name in answer.numbers:
            if name not in names:
                message = f"the clause has no number `{name}`"
                help = f"It has: {', '.join(names) or 'none'}."
                place = (*keys, "numbers", name)
                yield self.finding("number-unknown", place, message, help, criterion.of)
        missing = [name for name in names if name not in answer.numbers]
        if missing and answer.value == "met":
            message = f"the answer is `met`, and does not say {', '.join(missing)}"
            help = "Copy the number out of the terms into `numbers`, with its unit."
            yield self.finding("number-missing", (*keys, "value"), message, help, criterion.of)
        for each in compared(criterion.thresholds, answer.numbers):
            least = _RANK.get(each.standing)
            mine = _RANK.get(answer.value or "")
            if least is not None and mine is not None and mine > least:
                stated = f"{each.stated.value} {each.stated.unit}"
                message = f"the terms say {stated}, so the answer is no `{answer.value}`"
                help = f"The bounds are {threshold_words(each.threshold)}."
                place = (*keys, "value")
                yield self.finding("number-against-value", place, message, help, criterion.of)

    def _quote(self, keys: Keys, quote: Quote, criterion: Criterion) -> Iterator[Finding]:
        of = criterion.of
        if quote.document not in {each.id for each in self.against.documents.documents}:
            yield self._no_document((*keys, "document"), quote.document, of)
            return
        if quote.says == "for":
            words = f" {normalised_words(quote.exact)} "
            hint = next(
                (h for h in criterion.polarity_words if f" {normalised_words(h)} " in words), ""
            )
            if hint:
                message = f"the quote has `{hint}`: does it take the promise back?"
                help = "If it does, write `says: against`, and look at the value."
                yield self.finding("hint-in-quote", (*keys, "exact"), message, help, of)
        text = self.anchoring.get(quote.document)
        if text is None:
            if quote.sha256_exact and quote.sha256_exact != digests_of(quote.exact)[0]:
                message = "these are not the words that were quoted: their digest is another"
                help = "Put the words back, or take the digests out and read the form again."
                yield self.finding("quote-not-in-text", (*keys, "exact"), message, help, of)
            return
        place = text.place_of(
            quote.exact, quote.prefix or "", quote.suffix or "", (quote.position or (None,))[0]
        )
        if place is None:
            message = f"these words do not stand in `{quote.document}`"
            help = "Copy them out of the text itself, without leaving any out."
            yield self.finding("quote-not-in-text", (*keys, "exact"), message, help, of)
        elif place.how == "alike":
            stands = text.text[place.start : place.end]
            message = f"words like these stand in `{quote.document}`, and not these"
            help = f"There stands: {stands[:200]}"
            yield self.finding("quote-only-alike", (*keys, "exact"), message, help, of)
