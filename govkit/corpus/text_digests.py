"""The digest of a unit: what consent is bound to.

`"sha256:" + sha256(RFC 8785 canonical JSON)` of the normative fields and nothing else. The object
holds a domain string, the kind, the number of the canonical form, the fields, and the digests of
the terms that the unit uses directly; so a change of a definition reaches every text that rests on
it. docs/digests.md says what is in and out, with test vectors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from govkit.records.kinds import NORMATIVE_KINDS, TEXT_KINDS
from govkit.records.normative import Wording, fold
from govkit.records.wording import STRAIGHT

if TYPE_CHECKING:
    from govkit.corpus.documents import Document, NormativeText

DOMAIN = "govkit/text"
CLAUSE_DOMAIN = "govkit/clause"
CANON = 1
"""The number of the canonical form. A change that moves any digest needs a new one."""
FRAME = ("preamble", "interpretation")
"""The fields of a book that hold clauses."""

_BINDING_RELATIONS = ("conflicts-with", "procedural-for")


def canonical_json(value: Any) -> bytes:
    """Return the bytes of RFC 8785 for strings, whole numbers, lists and maps with ASCII keys."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(value: Any) -> str:
    """Return `sha256:` and the hexadecimal digest of the canonical JSON of `value`."""
    return "sha256:" + hashlib.sha256(canonical_json(value)).hexdigest()


class Digests:
    """The digests of all units of a corpus.

    A text has none (None) where it has flaws, or where a term it uses is missing or defined in a
    circle: such a text can't be consented to yet.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        """Hash the terms, each after the terms that it uses; texts are hashed when asked for."""
        terms = {
            document.id: document
            for document in reversed(tuple(documents))
            if document.kind == "term" and document.record is not None
        }
        self._terms: dict[str, str | None] = {}
        waiting = {slug: terms_used(document) for slug, document in terms.items()}
        users: dict[str, list[str]] = {}
        for slug, used in waiting.items():
            for other in used:
                users.setdefault(other, []).append(slug)
        ready = sorted(slug for slug, used in waiting.items() if not used)
        while ready:
            slug = ready.pop()
            self._terms[slug] = self.of(terms[slug])
            for user in users.get(slug, ()):
                waiting[user].discard(slug)
                if not waiting[user]:
                    ready.append(user)
        self.circular = frozenset(_in_circles(waiting, self._terms))

    def of(self, document: Document) -> str | None:
        """Return the digest of a document, or None where it has none."""
        if document.kind not in NORMATIVE_KINDS or document.record is None:
            return None
        terms = {slug: self._terms.get(slug) for slug in terms_used(document)}
        if None in terms.values() or any(said.wording.flaws for said in document.said):
            return None
        return digest_of(unit(document, terms))


def _in_circles(waiting: Mapping[str, set[str]], done: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the terms that wait for each other, leaving out those that only wait for a circle."""
    left = {
        slug: {other for other in used if other in waiting and other not in done}
        for slug, used in waiting.items()
        if slug not in done
    }
    while True:
        used_by_others = {other for used in left.values() for other in used}
        loose = [slug for slug, used in left.items() if not used or slug not in used_by_others]
        if not loose:
            yield from left
            return
        for slug in loose:
            del left[slug]
        left = {slug: used & left.keys() for slug, used in left.items()}


def terms_used(document: Document) -> set[str]:
    """Return the slugs of the terms marked in a text or named as its parties."""
    roles = ("term", "addressee", "beneficiary")
    return {reference.key for reference in document.references if reference.role in roles}


def unit(document: Document, terms: Mapping[str, str | None]) -> dict[str, Any]:
    """Return the object that is hashed for a unit; `terms` maps slugs to digests."""
    record: Any = document.record
    said = {text.keys: text for text in document.said}
    fields: dict[str, Any] = {
        "canon": CANON,
        "domain": DOMAIN,
        "id": document.id,
        "kind": document.kind,
        "terms": dict(terms),
    }
    if document.kind in TEXT_KINDS:
        fields.update(_of_text(record, said))
    elif document.kind == "instrument":
        fields.update(_of_instrument(record, said))
    else:
        fields.update(_of_term(record, said))
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def _of_text(record: Any, said: Mapping[Any, NormativeText]) -> dict[str, Any]:
    return {
        "title": _plain(record.title),
        "rights": sorted(set(record.rights)),
        "category": getattr(record, "category", None),
        "applies_to": _applies_to(getattr(record, "applies_to", None)),
        "clauses": [canonical_clause(at, clause, said) for at, clause in enumerate(record.clauses)],
        "parameters": {
            name: _parameter(parameter)
            for name, parameter in getattr(record, "parameters", {}).items()
        },
        "options": _options(record),
        "balancing": [_balancing(balancing) for balancing in record.balancing],
        "grounds": _grounds(record),
        "relations": sorted(
            [relation.as_, relation.to]
            for relation in set(record.relations)
            if relation.as_ in _BINDING_RELATIONS
        ),
    }


def _options(record: Any) -> list[dict[str, Any]]:
    options = sorted(getattr(record, "options", ()), key=lambda option: option.id)
    return [{"id": option.id, "clauses": sorted(set(option.clauses))} for option in options]


def canonical_clause(at: int, clause: Any, said: Mapping[Any, NormativeText]) -> dict[str, Any]:
    """Return what is hashed of the clause at a position; `said` holds its wordings by keys."""
    if clause.withdrawn is not None:
        return {"id": clause.id}
    fields = {
        "id": clause.id,
        "force": clause.force,
        "addressee": sorted(set(clause.addressee)),
        "beneficiary": sorted(set(clause.beneficiary)),
        "text": hashed_words(said[("clauses", at, "text")].wording),
        "conditions": _several(("clauses", at, "conditions"), clause.conditions, said),
        "exceptions": _several(("clauses", at, "exceptions"), clause.exceptions, said),
        "applies_to": _applies_to(clause.applies_to),
    }
    # An empty `applies_to` stays: on a clause it says "all", where an absent one says "as above".
    return {name: value for name, value in fields.items() if value not in (None, [])}


def clause_digests(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the id and the digest of each clause in force: what its translation is bound to.

    A digest moves with what its clause says (words, force, parties, conditions, exceptions, scope)
    and nothing else. The document has a record.
    """
    record: Any = document.record
    said = {text.keys: text for text in document.said}
    for at, clause in enumerate(getattr(record, "clauses", ())):
        if clause.withdrawn is None:
            yield clause.id, _digest_of_clause(canonical_clause(at, clause, said))
    if document.kind == "instrument":
        for field in FRAME:
            for at, clause in enumerate(getattr(record, field)):
                yield clause.id, _digest_of_clause(_of_frame(field, at, clause, said))


def _digest_of_clause(canonical: Mapping[str, Any]) -> str:
    return digest_of({"canon": CANON, "domain": CLAUSE_DOMAIN, "clause": canonical})


def _of_frame(
    field: str, at: int, clause: Any, said: Mapping[Any, NormativeText]
) -> dict[str, Any]:
    """Return what is hashed of a clause of a preamble, which has no force, or interpretation."""
    text = hashed_words(said[field, at, "text"].wording)
    force = getattr(clause, "force", None)
    return {"id": clause.id, "text": text} | ({"force": force} if force else {})


def _several(keys: Any, texts: Any, said: Mapping[Any, NormativeText]) -> list[Any]:
    return [hashed_words(said[(*keys, at)].wording) for at in range(len(texts))]


def _applies_to(applies_to: Any) -> dict[str, list[str]] | None:
    if applies_to is None:
        return None
    return {
        axis: sorted(set(words)) for axis, words in applies_to.items() if tuple(words) != ("all",)
    }


def _parameter(parameter: Any) -> dict[str, Any]:
    default = parameter.default
    fields = {
        "type": parameter.type,
        "default": _plain(default) if isinstance(default, str) else default,
        "minimum": getattr(parameter, "minimum", None),
        "maximum": getattr(parameter, "maximum", None),
        "linked": _linked(getattr(parameter, "linked", None)),
        "meaning": _plain(parameter.meaning),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _linked(linked: Any) -> dict[str, Any] | None:
    return None if linked is None else {"to": linked.to, "plus": linked.plus}


def _balancing(balancing: Any) -> dict[str, Any]:
    fields = {
        "between": list(balancing.between),
        "test": _plain(balancing.test),
        "cases": list(balancing.cases),
        "note": _plain(balancing.note) if balancing.note else None,
    }
    return {name: value for name, value in fields.items() if value not in (None, [])}


def _grounds(record: Any) -> list[list[str]]:
    pairs = {(ground.source, _plain(ground.locator)) for ground in record.grounds}
    return [list(pair) for pair in sorted(pairs)]


def _of_instrument(record: Any, said: Mapping[Any, NormativeText]) -> dict[str, Any]:
    return {
        "title": _plain(record.title),
        **{
            field: [
                _of_frame(field, at, part, said) for at, part in enumerate(getattr(record, field))
            ]
            for field in FRAME
        },
        "levels": [_level(level) for level in sorted(record.levels, key=lambda each: each.id)],
    }


def _level(level: Any) -> dict[str, Any]:
    fields = {
        "id": level.id,
        "title": _plain(level.title),
        "items": sorted(set(level.items)),
        "options": dict(level.options),
    }
    return {name: value for name, value in fields.items() if value}


def _of_term(record: Any, said: Mapping[Any, NormativeText]) -> dict[str, Any]:
    return {
        "term": _plain(record.term),
        "plural": _plain(record.plural) if record.plural else None,
        "aliases": sorted({_plain(alias) for alias in record.aliases}),
        "definition": hashed_words(said[("definition",)].wording),
        "grounds": _grounds(record),
    }


def hashed_words(wording: Wording) -> list[Any]:
    """Return the hashed value of a text: its blocks in order, and in each its runs."""
    return [
        [block.style, block.depth, [_run(run) for run in block.runs]] for block in wording.blocks
    ]


def _run(run: Any) -> Any:
    words = run.words.translate(STRAIGHT)
    if run.kind == "text":
        return words
    if run.kind in ("em", "code"):
        return [run.kind, words]
    if run.kind == "param":
        return ["param", run.target]
    return [run.kind, run.target, words]


def _plain(text: str) -> str:
    return fold(text).translate(STRAIGHT)
