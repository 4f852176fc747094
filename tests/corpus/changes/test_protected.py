"""The protected words: each phrase is met where it stands, and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from govkit.corpus.changes.protected import protected_words
from govkit.corpus.word_list import Phrase, WordList
from govkit.languages.words import LANGUAGES as FILES
from govkit.languages.words import ProtectedWords, has_dictionary, protected_lists
from govkit.source.gate import admit
from govkit.source.loader import load

LANGUAGES = ("en", "es", "fr")
DRAFTED = ("ar", "de", "hi", "it", "nl", "pt", "ru", "zh")
"""Lists that want a native lawyer; their sentences stand in test_drafted_languages.py."""
KINDS = [
    "modal",
    "negation",
    "quantifier",
    "connective",
    "limit",
    "time",
    "unit",
    "ordinal",
    "effect",
    "none",
]


class Case(NamedTuple):
    """A phrase of a list, with its two sentences."""

    language: str
    kind: str
    words: str
    fires: str
    silent: str


def _lists(language: str) -> ProtectedWords:
    lists = protected_lists(language)
    assert lists is not None
    return lists


def _sentences(language: str) -> Any:
    file = Path(__file__).parent / f"sentences.{language}.yaml"
    return load(admit(file.read_bytes()))


LISTS = {language: _lists(language) for language in LANGUAGES}
SENTENCES = {language: _sentences(language) for language in LANGUAGES}
CASES = [
    pytest.param(
        [Case(language, kind, words, **sentences) for words, sentences in phrases.items()],
        id=f"{language}-{kind}",
    )
    for language, kinds in SENTENCES.items()
    for kind, phrases in kinds.items()
]
"""All phrases of a kind at a time: two tests for each of a thousand phrases cost more to start."""


def _met(language: str, text: str) -> list[tuple[str, str]]:
    words = protected_words(language)
    assert words is not None
    return [(hit.phrase.words, hit.phrase.means) for hit in words.hits(text)]


def _row(language: str, text: str) -> list[str]:
    return [words for words, kind in _met(language, text) if kind in ("modal", "negation")]


def _in_the_order_of_the_alphabet(phrases: Any) -> list[str]:
    def without_accents(words: str) -> tuple[str, str]:
        letters = unicodedata.normalize("NFD", words)
        return "".join(each for each in letters if not unicodedata.combining(each)), words

    return sorted(phrases, key=without_accents)


# --- each phrase ---------------------------------------------------------------------------------


@pytest.mark.parametrize("cases", CASES)
def test_a_phrase_is_met_where_it_stands(cases: list[Case]) -> None:
    wrong = [
        case
        for case in cases
        if _met(case.language, case.fires).count((case.words, case.kind)) != 1
    ]
    assert wrong == []


def _lacks_letters(case: Case) -> bool:
    letters = re.sub(r"[\W_]", "", case.silent.lower())
    return any(word not in letters for word in re.findall(r"\w+", case.words))


@pytest.mark.parametrize("cases", CASES)
def test_a_phrase_is_not_met_where_only_its_letters_stand(cases: list[Case]) -> None:
    proving_nothing = [case for case in cases if _lacks_letters(case)]
    assert proving_nothing == [], "a sentence without the letters of the phrase"
    met = [
        case
        for case in cases
        if case.words in [words for words, _ in _met(case.language, case.silent)]
    ]
    assert met == []


@pytest.mark.parametrize("space", ["\n", "\u00a0", "\u202f", "  "])
@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_met_however_they_are_written(language: str, space: str) -> None:
    """In capitals, over the end of a line, with curly apostrophes and fixed spaces."""
    missed = []
    for kind, phrases in SENTENCES[language].items():
        for words, sentences in phrases.items():
            text = sentences["fires"].upper().replace("'", "\u2019").replace(" ", space)
            if (words, kind) not in _met(language, text):
                missed.append(words)
    assert not missed


# --- each list -----------------------------------------------------------------------------------


def test_each_language_with_a_list_is_tested() -> None:
    assert [each for each in FILES if protected_lists(each)] == sorted((*LANGUAGES, *DRAFTED))


def test_a_language_with_a_dictionary_has_a_list() -> None:
    """Without one, a protected word could pass for a misspelling."""
    assert {each for each in FILES if has_dictionary(each)} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_all_kinds(language: str) -> None:
    assert list(LISTS[language].words) == KINDS
    assert all(LISTS[language].words.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_has_its_two_sentences(language: str) -> None:
    sentences = {kind: tuple(phrases) for kind, phrases in SENTENCES[language].items()}
    assert sentences == LISTS[language].words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_of_two_kinds(language: str) -> None:
    every = [words for phrases in LISTS[language].words.values() for words in phrases]
    assert sorted(set(every)) == sorted(every)


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_in_small_letters_and_in_the_order_of_the_alphabet(language: str) -> None:
    for phrases in LISTS[language].words.values():
        assert list(phrases) == [words.lower() for words in phrases]
        assert list(phrases) == _in_the_order_of_the_alphabet(phrases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_that_does_not_count_holds_one_that_does(language: str) -> None:
    """Otherwise it has no work to do."""
    kinds = LISTS[language].words
    counting = WordList(
        Phrase("protected", words, kind) for kind in KINDS[:-1] for words in kinds[kind]
    )
    for phrase in kinds["none"]:
        assert list(counting.hits(phrase)), phrase


def test_a_language_without_a_list_has_none() -> None:
    assert protected_words("tlh") is None


# --- what the lists have to tell apart -----------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "It must, should, may, shall, will, can.",
            ["must", "should", "may", "shall", "will", "can"],
        ),
        (
            "en",
            "It must not, should not, may not, shall not, will not, cannot.",
            ["must not", "should not", "may not", "shall not", "will not", "cannot"],
        ),
        (
            "en",
            "Not, no, never, none, nor, neither.",
            ["not", "no", "never", "none", "nor", "neither"],
        ),
        ("en", "They don\u2019t, can\u2019t, won't.", ["don't", "can't", "won't"]),
        (
            "fr",
            "Elle doit, devra, peut ; elle ne doit pas, ne peut pas, n\u2019est pas tenue.",
            ["doit", "devra", "peut", "ne doit pas", "ne peut pas", "n'", "pas", "tenue"],
        ),
        (
            "es",
            "Debe, deberá, puede, podrá; no debe, no deberá, no puede, no podrá.",
            ["debe", "deberá", "puede", "podrá", "no debe", "no deberá", "no puede", "no podrá"],
        ),
    ],
)
def test_the_row_of_a_text(language: str, text: str, expected: list[str]) -> None:
    assert _row(language, text) == expected


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "It must not only reply.", "It must not reply."),
        ("en", "It may only suspend it.", "It may suspend it."),
        ("en", "It must refrain from selling it.", "It must go on selling it."),
        ("en", "It may keep no more than two.", "It may keep more than two."),
        ("en", "They are not required to reply.", "They are required to reply."),
        ("en", "It may be required to reply.", "It may be asked to reply."),
        ("en", "It applies not only to users.", "It applies not to users."),
        ("en", "They don't reply.", "They do reply."),
        ("fr", "Elle ne peut vendre que les copies.", "Elle peut vendre les copies."),
        ("fr", "Elle n'est pas tenue de payer.", "Elle est tenue de payer."),
        ("fr", "Elle est tenue d'agir.", "Elle est prête d'agir."),
        ("fr", "Elle peut uniquement fermer.", "Elle peut fermer."),
        ("fr", "Elle doit s'abstenir de vendre.", "Elle doit continuer de vendre."),
        ("es", "Tiene derecho al recurso.", "Pide recurso."),
        ("es", "Solo podrá cerrarla.", "Podrá cerrarla."),
        ("es", "No está obligada a pagar.", "Está obligada a pagar."),
        ("es", "Debe abstenerse de vender.", "Debe continuar la venta."),
        ("es", "Guarda no más de dos.", "Guarda más de dos."),
    ],
)
def test_a_change_of_force_changes_the_row(language: str, one: str, other: str) -> None:
    assert _row(language, one) != _row(language, other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "It is required to reply.", "They are required to reply."),
        ("en", "The user acts of free will.", "The user acts freely."),
        ("en", "As the case may be, one pays.", "One pays."),
        ("fr", "Peut-être demain.", "Demain."),
        ("es", "Sin embargo, vale no obstante la ley.", "Vale."),
    ],
)
def test_a_change_of_style_does_not(language: str, one: str, other: str) -> None:
    assert _row(language, one) == _row(language, other)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on 3 May 2026", ["may"]),
        ("en", "Regulation (EU) No 910/2014", ["no"]),
        ("fr", "avant qu'elle ne parte", ["ne"]),
        ("es", "Reglamento (UE) No 910/2014", ["no"]),
    ],
)
def test_what_can_not_be_told_apart_counts(language: str, text: str, expected: list[str]) -> None:
    """A question too many; the other way would be a change of force unseen."""
    assert _row(language, text) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_with_a_force_is_a_modal_and_has_one_force(language: str) -> None:
    forces = LISTS[language].forces
    assert set(forces) == {"must", "must-not", "should", "should-not", "may"}
    phrases = [phrase for several in forces.values() for phrase in several]
    assert len(phrases) == len(set(phrases))
    assert set(phrases) <= set(LISTS[language].words["modal"])
