"""The documents of a service, read and named: what is in the set, what is no terms, what misses.

An importer gives what it read; here it becomes the record of the set. Nothing is scored here, and
what can't be terms says so in its state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govkit.assessment.canonical import CANONICALISER, canonical_text, sha256_of, word_count
from govkit.assessment.snapshots import language_in, snapshot_fault
from govkit.errors import WrongUse
from govkit.patterns import lazy_regex
from govkit.source.page_links import PageLink
from govkit.source.scaffolds import slug_of
from govkit.source.text_blocks import TextBlock

MAIN_TYPES = ("Terms of Service", "Terms of Use", "Terms and Conditions", "Commercial Terms")
"""Types of terms, in the words of Open Terms Archive, that are a contract of their own."""
MOST_LINKS = 300
"""Links to other documents that a set keeps."""
LARGEST = 1 << 22
"""Bytes of one document of an archive that are read: some 600,000 words."""


class FetchedDocument(NamedTuple):
    """A document as it was read, before it has its place in the set.

    `fetched_at` is as 2026-03-10T08:00:00Z. `notes` are clauses about how it was read.
    """

    type: str
    data: bytes
    blocks: tuple[TextBlock, ...]
    links: tuple[PageLink, ...] = ()
    path: str = ""
    commit: str = ""
    fetched_at: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


class SetFault(NamedTuple):
    """What is wrong with one document: it is named, and gives no score."""

    document: str
    because: str


class DocumentSetDraft(NamedTuple):
    """A set as it is to be written: its record as plain data, and the canonical texts by id."""

    record: dict[str, Any]
    texts: dict[str, str]
    faults: tuple[SetFault, ...]
    notes: tuple[SetFault, ...]


def draft_of_set(
    service: str,
    day: str,
    language: str,
    documents: Sequence[FetchedDocument],
    *,
    invented: bool = False,
) -> DocumentSetDraft:
    """Return the set that documents make. Raises `WrongUse` where two of them have one name."""
    ids = _ids_of(documents)
    texts = {id: canonical_text(each.blocks) for id, each in zip(ids, documents, strict=True)}
    faults, rows = [], []
    for id, each in zip(ids, documents, strict=True):
        fault = snapshot_fault(texts[id], language)
        if fault:
            faults.append(SetFault(id, fault.because))
        is_terms = fault is None or fault.what == "language"
        rows.append(_row(id, each, texts[id], language, is_terms=is_terms))
    if rows and not any(row["role"] == "main" for row in rows):
        rows[0]["role"] = "main"
    record: dict[str, Any] = {
        "service": service,
        "operator": None,
        "day": day,
        "invented": invented,
        "platform": {},
        "documents": rows,
        "links_not_in_set": [*_links(documents, ids, texts, service)],
        "follows": None,
    }
    notes = tuple(SetFault(id, n) for id, d in zip(ids, documents, strict=True) for n in d.notes)
    return DocumentSetDraft(record, texts, tuple(faults), notes)


def _ids_of(documents: Sequence[FetchedDocument]) -> list[str]:
    named: dict[str, FetchedDocument] = {}
    for each in documents:
        id = slug_of(each.type)
        if not id:
            raise WrongUse(
                f"no name of a document can be made of {each.type!r}",
                'Name its type in Latin letters: --terms-type "Terms of Service".',
            )
        if id in named:
            raise WrongUse(
                f"two documents are called {id}: {named[id].path} and {each.path}",
                "Give each file a type of its own with --terms-type, in the order of the files.",
            )
        named[id] = each
    return [*named]


def _row(
    id: str, each: FetchedDocument, text: str, language: str, *, is_terms: bool
) -> dict[str, Any]:
    main = each.type in MAIN_TYPES
    return {
        "id": id,
        "type": each.type,
        "role": "main" if main else "incorporated",
        "state": "present" if is_terms else "empty",
        "source": each.source or None,
        "path": each.path or None,
        "upstream_commit": each.commit or None,
        "fetched_at": each.fetched_at or None,
        "sha256_raw": sha256_of(each.data),
        "sha256_canonical": sha256_of(text),
        "canonicaliser": CANONICALISER,
        "language": (language_in(text) or language) if is_terms else None,
        "territory": None,
        "audience": "all",
        "words": word_count(text),
    }


_SCHEME = lazy_regex(r"\A(?:https?:)?//(?:www\.)?")
_SIGNS = lazy_regex(r"[\W_]+")


def _links(
    documents: Sequence[FetchedDocument], ids: Sequence[str], texts: dict[str, str], service: str
) -> Iterator[dict[str, Any]]:
    """Yield the links that lead to no document of the set, each address once."""
    types = {
        name for each in documents for name in (_plain(each.type), _plain(f"{service} {each.type}"))
    }
    known = {_bare(each.source) for each in documents if each.source}
    seen: set[str] = set()
    for id, each in zip(ids, documents, strict=True):
        for link in each.links:
            address = _bare(link.address)
            if address in known or address in seen or _plain(link.words) in types:
                continue
            if len(seen) >= MOST_LINKS:
                return
            seen.add(address)
            at = texts[id].find(link.words)
            yield {
                "text": link.words,
                "from": id,
                "address": link.address,
                "position": at if at >= 0 else None,
            }


def _plain(words: str) -> str:
    return _SIGNS.sub(" ", words.lower()).strip().removeprefix("the ").removeprefix("our ")


def _bare(address: str) -> str:
    plain = _SCHEME.sub("", address.strip().lower())
    return plain.partition("#")[0].rstrip("/")
