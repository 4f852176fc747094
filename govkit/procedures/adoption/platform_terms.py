"""A platform's profile read, and the files that come of it: terms, cover sheet, statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from govkit.adoption.choices import ProfileRefused, choices_of
from govkit.adoption.drafting import terms_of
from govkit.adoption.statement import Edition, as_json, statement_of
from govkit.adoption.terms import PlatformTerms
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.records.adoption import AdoptionProfile
from govkit.rendering.adoption.cover import cover_document
from govkit.rendering.adoption.label import label_html, label_json, label_svg
from govkit.rendering.adoption.terms_document import terms_document
from govkit.rendering.adoption.working_papers import checklist_document, forms_document
from govkit.rendering.formats import written
from govkit.source.places import with_places
from govkit.source.reading import read_record

KIND = "adoption-profile"
TERMS, COVER, STATEMENT, LABEL = "terms", "cover-sheet", "adoption.json", "label"
_NO_MATTER = ("schema-line", "mail-address")
"""Rules for records in a folder of a coalition; a profile stands in a platform's own."""


class PlatformAdoption(NamedTuple):
    """What a profile gave: the terms, the statement, and the edition that they rest on."""

    terms: PlatformTerms
    statement: dict[str, Any]
    edition: Edition


def read_profile(path: str, data: bytes) -> AdoptionProfile:
    """Return the profile in a file. Raises `ProfileRefused` with each fault at its place."""
    record, findings = read_record(path, KIND, data)
    if record is None:
        raise ProfileRefused(with_places(data, findings))
    wrong = [each for each in findings if each.stops and each.rule not in _NO_MATTER]
    if wrong:
        raise ProfileRefused(with_places(data, wrong))
    return cast(AdoptionProfile, record)


def adopt(
    corpus: Corpus, profile: AdoptionProfile, edition: Edition, path: str = ""
) -> PlatformAdoption:
    """Return what a profile takes in. Raises `ProfileRefused`."""
    terms = terms_of(choices_of(profile, corpus, path))
    return PlatformAdoption(terms, statement_of(terms, edition), edition)


def adopted_from(corpus: Corpus, path: str, data: bytes, edition: Edition) -> PlatformAdoption:
    """Return what the profile in a file takes in. Raises `ProfileRefused`, with places."""
    profile = read_profile(path, data)
    try:
        return adopt(corpus, profile, edition, path)
    except ProfileRefused as refused:
        raise ProfileRefused(with_places(data, refused.findings)) from None


def files_of(adopted: PlatformAdoption, formats: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each file by its name: the papers in each format, then the statement and the label."""
    papers = (
        (TERMS, terms_document(adopted.terms)),
        (COVER, cover_document(adopted.terms, adopted.statement, adopted.edition)),
        ("forms", forms_document(adopted.terms)),
        ("checklist", checklist_document(adopted.terms)),
    )
    for name, document in papers:
        for format in formats:
            yield f"{name}.{format}", written(document, format)
    yield STATEMENT, as_json(adopted.statement)
    said = adopted.terms.choices.corpus.messages
    yield f"{LABEL}.svg", label_svg(adopted.statement, said)
    yield f"{LABEL}.jsonld", label_json(adopted.statement, said)
    yield f"{LABEL}.html", label_html(adopted.statement, said, (STATEMENT, f"{LABEL}.svg"))


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return the faults of a profile from its first line on."""
    return sorted(findings, key=lambda each: each.place or (0, 0, 0))
