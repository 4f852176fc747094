"""A quote as a person gave it becomes a whole one: its place, its surroundings, its digests."""

from __future__ import annotations

from collections.abc import Mapping

from govkit.assessment.anchoring import AnchoringText
from govkit.assessment.quotes import digests_of, quoted_place
from govkit.records.assessments import Coding, Quote


def with_places(coding: Coding, texts: Mapping[str, str]) -> Coding:
    """Return the answers with each quote that stands in its text made whole.

    A quote that differs in white space or signs alone gets the words of the text. What stands
    nowhere, or is only alike, is left as it is: `answer_rules` says so.
    """
    anchoring = {id: AnchoringText(text) for id, text in texts.items()}
    answers = tuple(
        each.model_copy(update={"quotes": tuple(_whole(quote, anchoring) for quote in each.quotes)})
        for each in coding.answers
    )
    return coding.model_copy(update={"answers": answers})


def _whole(quote: Quote, anchoring: Mapping[str, AnchoringText]) -> Quote:
    text = anchoring.get(quote.document)
    if text is None:
        return quote
    at = quote.position[0] if quote.position else None
    found = text.place_of(quote.exact, quote.prefix or "", quote.suffix or "", at)
    if found is None or found.how == "alike":
        return quote
    place = quoted_place(text.text, found.start, found.end)
    exact, normalised = digests_of(place.exact)
    return quote.model_copy(
        update={
            "exact": place.exact,
            "prefix": _one_line(place.prefix),
            "suffix": _one_line(place.suffix),
            "position": (place.start, place.end),
            "sha256_exact": exact,
            "sha256_normalised": normalised,
        }
    )


def _one_line(words: str) -> str | None:
    return " ".join(words.split()) or None
