"""The set of an evaluation read back: its documents with their texts, and quotations of others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast

from govkit.assessment.canonical import CANONICALISER, sha256_of
from govkit.errors import GovkitError, WrongUse
from govkit.procedures.assessment.evaluation_papers import RECONCILED
from govkit.procedures.assessment.importing import SET, TEXTS
from govkit.records.assessments import (
    AnswerValue,
    CodedAnswer,
    Coding,
    DocumentSet,
    FinalAnswer,
    Quote,
    Reconciliation,
)
from govkit.records.papers import ASSESSMENTS
from govkit.source.reading import read_record
from govkit.store.worktree import names_below, read_named

_LARGEST = 1 << 23
UNFOUND: tuple[AnswerValue, ...] = ("silent", "not-found-here")
"""Answers that say that nothing was found, which a new passage may change."""


class SetReading(NamedTuple):
    """A document set, and the canonical text of each document that is present, by id."""

    folder: str
    record: DocumentSet
    texts: dict[str, str]

    @property
    def language(self) -> str:
        """Return the language of its first document, as `en`."""
        known = [each.language for each in self.record.documents if each.language]
        return str(known[0]) if known else "en"


class QuoteOfCoding(NamedTuple):
    """A quotation as a coder made it: in which file, for which clause."""

    coder: str
    criterion: str
    quote: Quote


def read_set(root: Path, folder: str) -> SetReading:
    """Return a set and its texts. Raises `WrongUse` where there is none, `GovkitError` where a text
    is not the one that was imported.
    """
    path = f"{folder.rstrip('/')}/{SET}"
    if not (root / path).is_file():
        raise WrongUse(
            f"{path} is not there", "Import terms first: govkit assess import SOURCE --service NAME"
        )
    record, findings = read_record(path, "document-set", read_named(root / path))
    if record is None:
        raise GovkitError(f"{path} can't be read: {findings[0].message}", "govkit check says more.")
    found = cast(DocumentSet, record)
    texts = {}
    for each in found.documents:
        if each.state == "present":
            texts[each.id] = _text(root, f"{folder.rstrip('/')}/{TEXTS}/{each.id}.txt")
            if each.canonicaliser == CANONICALISER and each.sha256_canonical not in (
                None,
                sha256_of(texts[each.id]),
            ):
                raise GovkitError(
                    f"{TEXTS}/{each.id}.txt is not the text that was imported",
                    "Its places would mean other words. Import it once more into another folder.",
                )
    return SetReading(folder.rstrip("/"), found, texts)


def _text(root: Path, path: str) -> str:
    if not (root / path).is_file():
        raise GovkitError(
            f"{path} is not on this machine",
            "Real terms are not committed: import the same day once more, elsewhere.",
        )
    return read_named(root / path, _LARGEST).decode("utf-8", "replace")


def quotes_in(root: Path, folder: str) -> list[QuoteOfCoding]:
    """Return every quotation of the codings in a folder of an evaluation, in order."""
    return [
        QuoteOfCoding(coder, answer.criterion, quote)
        for coder, answer in _answers_in(root, folder)
        for quote in answer.quotes
    ]


def _answers_in(root: Path, folder: str) -> Iterator[tuple[str, CodedAnswer]]:
    for name in names_below(root, f"{folder}/coding"):
        path = f"{folder}/coding/{name}"
        if not name.endswith(".yaml"):
            continue
        record, _ = read_record(path, "coding", read_named(root / path))
        if record is not None:
            coding = cast(Coding, record)
            yield from ((coding.coder, answer) for answer in coding.answers)


def _settled_in(root: Path, folder: str) -> dict[str, FinalAnswer]:
    """Return what the coders agreed on, by criterion; empty where they did not reconcile."""
    path = f"{folder}/{RECONCILED}.yaml"
    if not (root / path).is_file():
        return {}
    record, _ = read_record(path, "reconciliation", read_named(root / path))
    answers = cast(Reconciliation, record).answers if record is not None else ()
    return {each.criterion: each for each in answers if each.final is not None}


def unfound_in(root: Path, folder: str) -> dict[str, tuple[AnswerValue, ...]]:
    """Return the criteria for which nothing was found in the terms, with what was answered.

    What the coders agreed on counts; before that, what any of them answered.
    """
    settled = _settled_in(root, folder)
    found: dict[str, list[AnswerValue]] = {}
    for _, answer in _answers_in(root, folder):
        final = settled.get(answer.criterion)
        value = final.final if final else answer.value
        row = found.setdefault(answer.criterion, [])
        if value in UNFOUND and value not in row:
            row.append(value)
    return {criterion: tuple(sorted(values)) for criterion, values in found.items() if values}


def quotes_of_others(root: Path, folder: str) -> dict[str, list[str]]:
    """Return the quoted words of other services by clause: what services say about it.

    Only of answers that their coders agreed on, and by the coder whose quotations stand for them.
    """
    own = folder.split("/")[1] if folder.count("/") else ""
    found: dict[str, list[str]] = {}
    for service in names_below(root, ASSESSMENTS):
        if service == own:
            continue
        for day in names_below(root, f"{ASSESSMENTS}/{service}"):
            at = f"{ASSESSMENTS}/{service}/{day}"
            settled = _settled_in(root, at)
            for each in quotes_in(root, at) if settled else ():
                final = settled.get(each.criterion)
                if final is None or final.follows not in (None, each.coder):
                    continue
                row = found.setdefault(each.criterion, [])
                if each.quote.exact not in row:
                    row.append(each.quote.exact)
    return found
