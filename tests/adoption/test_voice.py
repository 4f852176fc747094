"""The voice changes who is spoken of, and nothing else: no force, no number, no meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from govkit.adoption.clause_words import flat_text
from govkit.adoption.voice import Parties, Said, folded, voiced
from govkit.corpus.whole import Corpus
from govkit.languages.voice import voice_words

from .meanings import pattern_of

PARTIES = Parties("platform", "user")
WORDS = voice_words("en")
assert WORDS is not None


def said(*texts: str, serves_user: bool = True) -> list[str]:
    assert WORDS is not None
    return [each.text for each in voiced(texts, PARTIES, WORDS, serves_user=serves_user)]


CERTAIN = [
    (
        "The platform must send the user a notice of its terms. It sends it early.",
        "We must send you a notice of our terms. We send it early.",
    ),
    ("The platform must let a user end the contract.", "We must let you end the contract."),
    (
        "The platform must keep the user's content for as long as the user has an account.",
        "We must keep your content for as long as you have an account.",
    ),
    (
        "The user can bring it as a complaint, and gets the account back.",
        "You can bring it as a complaint, and get the account back.",
    ),
    ("It is a breach of a rule of ours.", "It is a breach of a rule of ours."),
    ("where the platform has told the user, or is ill", "where we have told you, or are ill"),
    ("a complaint of the user about the same fact", "a complaint of yours about the same fact"),
    ("What a user makes stays the user's.", "What a user makes stays the user's."),
    (
        "The platform must have each case decided by a reviewer who takes no orders.",
        "We must have each case decided by a reviewer who takes no orders.",
    ),
    (
        "The platform must not let more pass than it took to join.",
        "We must not let more pass than it took to join.",
    ),
    ("by an act of the platform, that it is bound by", "by an act of ours, that it is bound by"),
]
UNSURE = [
    "The platform must examine each request, and give no more than it asks for.",
    "The platform must show users its back door and its cat.",
    "where an exception applies, as regards what it lets the platform's guest see",
    "The law gives the user more. Where it gives less, the platform tells the user.",
    "A term that a law overrides gives way as long as it does, and the platform says so.",
    "The platform must tell the user which version applied between them.",
]
OF_OTHERS = [
    "The platform must go on serving a user who refuses, until the user leaves.",
    "The platform must give each user means to block whoever writes to that user.",
    "A business user has every right that the user has.",
    "A body must be able to decide a dispute of the user with the platform between them.",
    "where the user has agreed to this by an act of its own",
]


@pytest.mark.parametrize(("text", "meant"), CERTAIN)
def test_what_is_certain_is_said_to_the_reader(text: str, meant: str) -> None:
    assert said(text) == [meant]


@pytest.mark.parametrize("text", UNSURE)
def test_where_it_may_be_something_else_the_platform_keeps_its_name(text: str) -> None:
    assert " we " not in f" {said(text)[0].lower()} "


@pytest.mark.parametrize("text", OF_OTHERS)
def test_some_user_is_not_the_reader(text: str) -> None:
    assert " you" not in said(text)[0]


def test_a_clause_for_others_does_not_say_you() -> None:
    text = "The platform must not tell the notifier who the user is."
    assert said(text, serves_user=False) == ["We must not tell the notifier who the user is."]


def test_the_conditions_of_a_clause_speak_as_it_does() -> None:
    clause = "The platform must answer the user."
    assert said(clause, "where it holds evidence") == [
        "We must answer you.",
        "where we hold evidence",
    ]
    assert said(clause, "where another user objects") == [
        "We must answer the user.",
        "where another user objects",
    ]
    assert said(clause, "where a machine asks what it holds")[0] == (
        "The platform must answer you."
    )


# --- every clause of this repository --------------------------------------------------------------


def clauses(corpus: Corpus) -> Iterator[tuple[str, list[str], bool]]:
    """Yield each clause: its name, its texts, and whether it serves the user alone."""
    for document in (*corpus.of_kind("provision"), *corpus.of_kind("instrument")):
        if document.kind == "instrument":
            for each in document.said:
                if each.keys[0] == "interpretation":
                    yield f"{document.id}({each.clause})", [flat_text(each.wording)], True
            continue
        record: Any = document.record
        spoken = {each.keys: each.wording for each in document.said}
        for at, clause in enumerate(record.clauses):
            if clause.withdrawn is None:
                texts = [flat_text(wording) for keys, wording in spoken.items() if keys[1] == at]
                serves = set(clause.beneficiary) <= {"platform", "user"}
                yield f"{document.id}({clause.id})", texts, serves


InVoice = list[tuple[str, list[str], tuple[Said, ...]]]


@pytest.fixture(scope="module")
def in_voice(corpus: Corpus) -> InVoice:
    """Return each clause with its texts as they are and in the voice of a platform."""
    assert WORDS is not None
    return [
        (name, texts, voiced(texts, PARTIES, WORDS, serves_user=serves))
        for name, texts, serves in clauses(corpus)
    ]


def test_each_clause_folds_back_to_the_letter(in_voice: InVoice) -> None:
    for name, texts, spoken in in_voice:
        assert [folded(s, text) for s, text in zip(spoken, texts, strict=True)] == texts, name


def test_nothing_but_the_parties_and_their_verbs_is_another(in_voice: InVoice) -> None:
    for name, texts, spoken in in_voice:
        for text, each in zip(texts, spoken, strict=True):
            assert pattern_of(text).fullmatch(each.text), (name, text, each.text)


def test_most_clauses_speak_to_the_reader(in_voice: InVoice) -> None:
    found = in_voice
    named = [texts for _, texts, _ in found if "the platform" in " ".join(texts).lower()]
    left = [
        name
        for name, texts, spoken in found
        if "the platform " in f"{texts[0].lower()} " and texts[0] == spoken[0].text
    ]
    assert len(named) > 500
    assert len(left) < 120, f"{len(left)} of {len(named)} keep the platform's name"
