"""What a field refers to is said in its type: no field that looks like an id is forgotten."""

from __future__ import annotations

import re

from govkit.records.kinds import KINDS
from govkit.records.models import model_of
from govkit.records.scalars import is_words
from tests.id_fields import IdField, word_fields

FIELDS = word_fields()
IDS = ("EXA-DUE-01", "personal-data", "2026-003", "a", "provisions/1.0.0", "comments/0012")
_NAMED_LIKE_AN_ID = re.compile(
    r"(?:.*_)?(?:id|ids|of|by|to|into|from|in|unit|units|member|members|record|position|proposal"
    r"|source|base|cause|policy|instrument|term|see|decision)"
)
_WORDS_ALL_THE_SAME = {
    "Initiative.by": "who made it, as published",
    "Source.case_id": "the number that a court gave",
    "Term.term": "the word that is defined",
    "Translation.translated_by": "who translated, as they wish to be named",
    **{
        f"{kind}.no_binding_source": "why there is none"
        for kind in ("Principle", "Provision", "Recommendation")
    },
}


def looks_like_an_id(field: IdField) -> bool:
    if is_words(field.metadata):
        named = _NAMED_LIKE_AN_ID.fullmatch(field.name) is not None
        return named and field.where not in _WORDS_ALL_THE_SAME
    return any(map(field.accepts, IDS))


def silent(fields: list[IdField]) -> list[str]:
    return [field.where for field in fields if looks_like_an_id(field) and not field.said]


def test_what_looks_like_an_id_says_what_it_names_or_why_it_is_followed_nowhere() -> None:
    """Give such a field a type of `records.references`, as MemberRef; or say why with Free(…)."""
    assert silent(FIELDS) == []


def test_a_field_of_a_bare_type_is_seen() -> None:
    bare = [
        field._replace(metadata=tuple(each for each in field.metadata if each not in field.said))
        for field in FIELDS
    ]
    assert len(silent(bare)) > 90


def test_a_name_is_of_kinds_that_there_are() -> None:
    named = [field.names for field in FIELDS if field.names is not None]
    assert len(named) > 35
    for names in named:
        assert set(names.kinds) <= KINDS.keys()


def test_a_record_of_which_nothing_is_followed_says_why() -> None:
    kept = {kind: model_of(kind).KEPT for kind in KINDS if model_of(kind).KEPT}
    assert kept.keys() == {"decision", "ground", "manifest", "publication", "submission"}
    assert all(" " in why for why in kept.values())
