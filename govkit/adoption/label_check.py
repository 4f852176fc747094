"""Whether a label is true: the statement against the texts, the terms against the statement."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from govkit.adoption.choices import ProfileRefused, choices_of
from govkit.adoption.deviations import changes_of
from govkit.adoption.drafting import terms_of
from govkit.adoption.statement import FORMAT, VERSION, Edition, statement_of
from govkit.adoption.terms import PlatformTerms
from govkit.corpus.changes.values import CLASS_NAMES
from govkit.corpus.text_digests import clause_digests
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.records.adoption import AdoptionProfile
from govkit.records.kinds import TEXT_KINDS

LIMIT = 1 << 20
"""Bytes of a statement; the whole book with every clause takes a quarter of it."""


class StatementFault(NamedTuple):
    """Something that a statement says and that is not so; `where` names it in the statement."""

    where: str
    said: str
    true: str


class StaleClause(NamedTuple):
    """A clause that is another now than when it was taken in: `what` is changed or withdrawn.

    `id` is `definition` for that of the term `text`. `change` is the class of the change in a word
    and `protection` which way it goes for the user, both empty where the comparison does not say.
    """

    text: str
    id: str
    what: str
    change: str = ""
    protection: str = ""


DEFINITION = "definition"


def read_statement(data: bytes, name: str) -> dict[str, Any]:
    """Return a statement as data. Raises `WrongUse` where it is none."""
    if len(data) > LIMIT:
        raise WrongUse(f"{name} is longer than 1 MiB, and no statement is", _MADE)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise WrongUse(f"{name} is no JSON, so it is no statement", _MADE) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise WrongUse(f"{name} is no statement of an adoption", _MADE)
    if value.get("version") != VERSION:
        raise WrongUse(
            f"{name} is a statement of another version than {VERSION}",
            "Look at it with the govkit that wrote it.",
        )
    for key, kind in (("edition", dict), ("profile", dict), ("provisions", list)):
        if not isinstance(value.get(key), kind):
            raise WrongUse(f"{name} lacks `{key}`, so nothing can be said of it", _MADE)
    return value


_MADE = "`govkit adopt` writes one: adoption.json."


def edition_of(statement: Mapping[str, Any]) -> Edition:
    """Return the edition that a statement names."""
    named = statement["edition"]
    return Edition(*(str(named.get(key) or "")[:100] for key in ("release", "commit", "day")))


def drafted_again(statement: Mapping[str, Any], corpus: Corpus, name: str) -> PlatformTerms:
    """Return the terms that the choices in a statement give. Raises `WrongUse`."""

    try:
        profile = AdoptionProfile.model_validate(statement["profile"])
        return terms_of(choices_of(profile, corpus, name))
    except ValidationError as wrong:
        where = ".".join(map(str, wrong.errors()[0]["loc"]))
        raise WrongUse(f"{name}: the profile in it can't be read, at `{where}`", _MADE) from None
    except ProfileRefused as refused:
        first = refused.findings[0]
        raise WrongUse(
            f"{name}: the choices in it can't be followed with these texts: {first.message}",
            first.help,
        ) from None


def statement_faults(
    statement: Mapping[str, Any], terms: PlatformTerms
) -> Iterator[StatementFault]:
    """Yield what a statement says otherwise than the texts and its own choices give."""
    meant = statement_of(terms, edition_of(statement))
    for key in ("service", "operator", "level", "is_whole", "book", "definitions", "terms"):
        if statement.get(key) != meant[key]:
            yield StatementFault(key, _shown(statement.get(key)), _shown(meant[key]))
    said, true = (_by_clause(each["provisions"]) for each in (statement, meant))
    for name in sorted(said.keys() | true.keys()):
        if said.get(name) != true.get(name):
            yield StatementFault(name, *_where_other(said.get(name), true.get(name)))


def _by_clause(provisions: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in provisions:
        if not isinstance(each, dict):
            continue
        id = str(each.get("id"))
        found[id] = {name: value for name, value in each.items() if name != "clauses"}
        clauses = each.get("clauses")
        for clause in clauses if isinstance(clauses, list) else ():
            if isinstance(clause, dict):
                found[f"{id}({clause.get('id')})"] = clause
    return found


def _where_other(said: Any, true: Any) -> tuple[str, str]:
    if said is None or true is None:
        return _shown(said and said.get("as", "named")), _shown(true and true.get("as", "named"))
    key = next(key for key in (*true, *said) if said.get(key) != true.get(key))
    return f"{key} {_shown(said.get(key))}", f"{key} {_shown(true.get(key))}"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:60]}…"


def stale_clauses(statement: Mapping[str, Any], then: Corpus, now: Corpus) -> Iterator[StaleClause]:
    """Yield the clauses taken in, and the definitions, that the texts have otherwise now."""
    found = [*_stale_texts(statement, now), *_stale_definitions(statement, now)]
    changes = {each.id: each for each in changes_of(then, now, {each.text for each in found})}
    for each in found:
        change = changes.get(each.text)
        # A digest also moves with a definition that it rests on, and that one is listed itself.
        if change is None and each.id == DEFINITION and each.what == "changed":
            continue
        clauses = change.clauses if change else ()
        clause = next((other for other in clauses if other.id == each.id), None)
        if clause is None:
            yield each
        else:
            protection = clause.direction.user_protection or ""
            yield each._replace(change=CLASS_NAMES[clause.class_], protection=protection)


def _stale_texts(statement: Mapping[str, Any], now: Corpus) -> Iterator[StaleClause]:
    for name, clause in _by_clause(statement["provisions"]).items():
        id, inside, _ = name.partition("(")
        if not inside:
            continue
        document = now.find(TEXT_KINDS, id)
        digests = dict(clause_digests(document)) if document and document.record else {}
        own = str(clause.get("id"))
        if own not in digests:
            yield StaleClause(id, own, "withdrawn")
        elif digests[own] != clause.get("digest"):
            yield StaleClause(id, own, "changed")


def _stale_definitions(statement: Mapping[str, Any], now: Corpus) -> Iterator[StaleClause]:
    stated = statement.get("definitions")
    for slug, digest in stated.items() if isinstance(stated, dict) else ():
        term = now.find(("term",), slug)
        if term is None:
            yield StaleClause(slug, DEFINITION, "withdrawn")
        elif now.digests.of(term) != digest:
            yield StaleClause(slug, DEFINITION, "changed")
