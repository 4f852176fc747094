"""The digest of a record of the process: what the log holds a position, comment or decision to.

`"sha256:" + sha256(RFC 8785 canonical JSON)` of the fields that are set, with a domain string of
its own for each kind, so that a record of one kind never stands for another. How a file is written
does not count: white space inside a paragraph, the kind of quotation marks, the order of keys,
comments, and fields that say what is so anyway.
"""

from __future__ import annotations

import datetime
import weakref
from collections.abc import Iterable
from functools import cache, partial
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from govkit.corpus.text_digests import digest_of
from govkit.patterns import lazy_regex
from govkit.records.base import Record
from govkit.records.proposals import Proposal, Revision
from govkit.records.scalars import is_words, iso
from govkit.records.wording import STRAIGHT

_PARAGRAPHS = lazy_regex(r"\n[ \t]*\n\s*")


def record_digest(record: Record, domain: str, without: frozenset[str] = frozenset()) -> str:
    """Return the digest of a record, leaving out the fields named in `without`.

    `domain` names what is hashed, as `govkit/position`.
    """
    return digest_of(_hashed(record, domain, without))


def digest_for(kind: str, record: Record) -> str:
    """Return the digest that a log entry of this kind has for a record.

    Rules, rounds and verifying ask for the same one about three times: it is computed once for as
    long as the record is there.
    """
    known = _digests(record)
    if kind not in known:
        known[kind] = digest_of(hashed_value(kind, record))
    return known[kind]


# By identity and beside the record: a copy with other words takes along whatever stands on it, and
# to compare two records costs as much as to hash one.
_KNOWN: dict[int, tuple[weakref.ref[Record], dict[str, str]]] = {}


def _digests(record: Record) -> dict[str, str]:
    key = id(record)
    if key not in _KNOWN:
        forget = partial(_KNOWN.pop, key)  # as soon as it is gone, so before another has its number
        _KNOWN[key] = (weakref.ref(record, lambda _: forget(None)), {})
    return _KNOWN[key][1]


def hashed_value(kind: str, record: Record) -> dict[str, Any]:
    """Return the value whose canonical JSON is hashed for an entry of this kind about a record.

    Which fields it covers, the model says. An entry `comment` covers all but what became of the
    comment; `disposition` covers just that. An entry `erasure` covers the commitment alone, whose
    words were taken out.
    """
    if kind == "erasure":
        return {"domain": "govkit/erasure", "commitment": record.committed}
    apart = record.APART.get(kind)
    if apart is not None:
        return _hashed(record, f"govkit/{kind}", frozenset(type(record).model_fields) - apart)
    # Of a record that is told in parts, whatever else is asked about means its first part.
    domain = record.KIND if record.APART else kind
    return _hashed(record, f"govkit/{domain}", record.UNHASHED.union(*record.APART.values()))


def committed_in(record: Record | None) -> str | None:
    """Return the commitment that a record holds, or None; also where there is no record."""
    return record.committed if record is not None else None


def change_digest(coalition: str, proposal: Proposal, number: int, revision: Revision) -> str:
    """Return the digest of what a revision changes, in this coalition and proposal.

    That is its texts, the terms that they rest on, what was dropped, and the policies in the words
    by which it is decided.
    """
    return digest_of(
        {
            "domain": "govkit/change",
            "coalition": coalition,
            "proposal": proposal.id,
            "revision": number,
            "units": sorted(_all(revision.units), key=lambda unit: unit["id"]),
            "terms": {id: _plain(revision.terms[id]) for id in sorted(revision.terms)},
            "dropped": _all(revision.dropped),
            "policies": sorted(_all(proposal.policies), key=lambda policy: policy["id"]),
        }
    )


def _hashed(record: Record, domain: str, without: frozenset[str]) -> dict[str, Any]:
    # Findings that the editors let stand are no part of what a record says.
    return {"domain": domain, "record": _fields(record, without | {"suppress"})}


def _all(parts: Iterable[BaseModel]) -> list[dict[str, Any]]:
    return [_fields(each, frozenset()) for each in parts]


def plain_text(text: str) -> str:
    """Return a text as it is hashed and signed: paragraphs of words with single spaces."""
    paragraphs = _PARAGRAPHS.split(text.strip())
    return "\n\n".join(" ".join(each.split()) for each in paragraphs).translate(STRAIGHT)


def _fields(record: BaseModel, without: frozenset[str]) -> dict[str, Any]:
    found = {}
    for name, key, words, default in _shape(type(record)):
        value = getattr(record, name)
        if name not in without and value != default:
            found[key] = plain_text(value) if words and isinstance(value, str) else _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _fields(value, frozenset())
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return iso(value) if isinstance(value, datetime.date) else value


@cache
def _shape(model: type[BaseModel]) -> tuple[tuple[str, str, bool, Any], ...]:
    """Return name, key, whether it holds words, and default of each field of a model.

    A field that has to be given has a default that nothing equals.
    """
    return tuple(
        (
            name,
            field.alias or name,
            is_words(field.metadata) or _is_optional_text(field.annotation),
            object() if field.is_required() else field.get_default(call_default_factory=True),
        )
        for name, field in model.model_fields.items()
    )


def _is_optional_text(annotation: Any) -> bool:
    return any(
        get_origin(part) is Annotated and is_words(get_args(part)[1:])
        for part in get_args(annotation)
    )
