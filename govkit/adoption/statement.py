"""The statement: what a platform took in, adapted and left out, of which edition; for programs too.

It holds the platform's choices whole, so that anybody with the edition that it names can draft the
same terms again and hold them against those that stand on a page.
"""

from __future__ import annotations

import datetime
import json
from hashlib import sha256
from typing import Any, NamedTuple

from govkit.adoption.deviations import WeighedDeviation, weighed
from govkit.adoption.terms import LeftOut, PlatformTerms, TermsClause, tokens_of
from govkit.corpus.text_digests import digest_of
from govkit.records.texts import Instrument

FORMAT = "govkit/adoption-statement"
VERSION = 1


class Edition(NamedTuple):
    """Which words were taken in: a release by its version, or a commit; and of which day.

    Without either it is a folder as it stood, which nobody else can open.
    """

    release: str = ""
    commit: str = ""
    day: str = ""


def statement_of(terms: PlatformTerms, edition: Edition) -> dict[str, Any]:
    """Return the statement as plain data; docs/platforms.md says what each key means."""
    choices = terms.choices
    record = choices.book.record
    assert isinstance(record, Instrument)
    deviations = {(each.text, each.clause): each for each in weighed(choices)}
    return {
        "format": FORMAT,
        "version": VERSION,
        "service": choices.profile.service,
        "operator": choices.profile.operator,
        "address": choices.profile.address,
        "applies_from": _day(choices.profile.applies_from),
        "book": {
            "id": choices.book.id,
            "title": record.title,
            "status": record.status,
            "digest": choices.corpus.digests.of(choices.book),
        },
        "edition": {
            "release": edition.release or None,
            "commit": edition.commit or None,
            "day": edition.day or None,
        },
        "level": choices.profile.level,
        "is_whole": not choices.changed,
        "profile": profile_as_data(choices.profile),
        "provisions": [
            *(_section(terms, each.text, each.number, deviations) for each in terms.sections),
            *_whole_left_out(terms, deviations),
        ],
        "definitions": {each.slug: each.digest for each in terms.definitions},
        "terms": words_digest(" ".join(clause.words for clause in terms.clauses())),
        "notice": choices.corpus.messages["adopt.no-advice"],
    }


def as_json(statement: dict[str, Any]) -> bytes:
    """Return a statement as the bytes of its file."""
    return (json.dumps(statement, indent=2, ensure_ascii=False) + "\n").encode()


def words_digest(words: str) -> str:
    """Return the digest of the words of a text, whatever format it is printed in."""
    return "sha256:" + sha256(" ".join(tokens_of(words)).encode()).hexdigest()


def profile_as_data(profile: Any) -> dict[str, Any]:
    """Return a profile as plain data, without what is at its default."""
    data: dict[str, Any] = _plain(profile.model_dump(exclude_defaults=True, warnings=False))
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


Deviations = dict[tuple[str, str], WeighedDeviation]


def _section(
    terms: PlatformTerms, text: str, number: str, deviations: Deviations
) -> dict[str, Any]:
    choices = terms.choices
    document = terms.document(text)
    assert document is not None
    clauses = [_clause(each, deviations) for each in terms.clauses() if each.text == text]
    left = [_left_out(each, deviations) for each in terms.left_out if each.text == text]
    values = {blank.name: blank.value for blank in terms.blanks if blank.text == text}
    return {
        "id": text,
        "title": document.title,
        "section": number,
        "digest": choices.corpus.digests.of(document),
        "option": choices.options.get(text),
        "taken": "adapted" if left or any(each["as"] != "whole" for each in clauses) else "whole",
        "blanks": values,
        "clauses": [*clauses, *left],
    }


def _whole_left_out(terms: PlatformTerms, deviations: Deviations) -> list[dict[str, Any]]:
    rows = []
    for each in terms.left_out:
        if each.id:
            continue
        document = terms.document(each.text)
        said = _left_out(each, deviations)
        rows.append(
            {
                "id": each.text,
                "title": document.title if document else "",
                "section": None,
                "digest": each.digest,
                "taken": "left-out",
                **{name: said[name] for name in ("class", "direction", "reason")},
                "clauses": [],
            }
        )
    return rows


def _clause(clause: TermsClause, deviations: Deviations) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": clause.id,
        "number": clause.number,
        "as": "whole" if clause.deviation is None else "reworded",
        "digest": clause.digest,
        "words": words_digest(clause.words),
    }
    if clause.deviation is not None:
        weighed = deviations[clause.text, clause.id]
        data |= _weight(weighed) | {"reason": (clause.deviation.reason or "").strip()}
    return data


def _left_out(each: LeftOut, deviations: Deviations) -> dict[str, Any]:
    weighed = deviations[each.text, each.id]
    return {
        "id": each.id,
        "number": None,
        "as": "left-out",
        "digest": each.digest,
        **_weight(weighed),
        "reason": each.reason.strip(),
    }


def _weight(each: WeighedDeviation) -> dict[str, Any]:
    return {
        "class": each.class_,
        "direction": {
            "platform_duty": each.direction.platform_duty,
            "user_protection": each.direction.user_protection,
        },
    }


def statement_digest(statement: dict[str, Any]) -> str:
    """Return the digest of a statement: what a label is bound to."""
    return digest_of(statement)
