"""Where to look in the terms: the best passages, the words that found them, and what denies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("bm25s")

from govkit.assessment.passages import passages_of
from govkit.assessment.searching import PassageIndex, question_terms, search_terms
from govkit.assessment.suggestions import SuggestionSource, clause_questions, denials_in
from govkit.workspace import open_workspace
from tests.assessment.test_importing import assess

TEXT = """Terms

We may suspend an account without prior notice at our sole discretion.

You can complain to us about a suspension, free of charge, within six months.

We are not required to answer a complaint.

Cookies are small files that your browser keeps.
"""
QUESTION = "The platform must offer an internal complaint system against each suspension."


def source(text: str = TEXT) -> SuggestionSource:
    parts = [each for words in text.split("\n\n") for each in passages_of(words.strip() + "\n")]
    return SuggestionSource({"terms": parts}, "en")


def test_the_best_passages_come_with_the_words_that_found_them() -> None:
    found = source().suggested(QUESTION)
    by_words = {each.found.passage.text[:16]: each for each in found}
    assert "suspension" in by_words["You can complain"].found.words
    assert by_words["We are not requi"].denials
    assert all("Cookies" not in each.found.passage.text for each in found)


def test_quotations_of_other_services_find_what_the_clause_does_not_say() -> None:
    text = TEXT + "\nIf you feel treated badly, write to the ombudsperson of Kiosk.\n"
    quotes = ["Write to our ombudsperson if you feel that you were treated badly"]
    cold = [each.found.passage.text for each in source(text).suggested(QUESTION)]
    warm = [each.found.passage.text for each in source(text).suggested(QUESTION, quotes)]
    assert not any("ombudsperson" in each for each in cold)
    assert any("ombudsperson" in each for each in warm)


@pytest.mark.parametrize(
    ("sentence", "denies"),
    [
        ("We are not required to answer a complaint.", True),
        ("We may suspend you without prior notice.", True),
        ("We disclaim any duty to tell you.", True),
        ("We will never tell you why.", True),
        ("We won't give reasons.", True),
        ("We have no obligation to monitor complaints.", True),
        ("At our sole discretion we close accounts.", True),
        ("We will answer each complaint within 14 days.", False),
    ],
)
def test_a_sentence_that_denies_says_so(sentence: str, denies: bool) -> None:
    assert bool(denials_in(sentence, "en")) == denies


def test_only_the_sentences_that_were_found_are_looked_at_for_denials() -> None:
    text = "We answer complaints in a week. We do not sell tickets."
    assert denials_in(text, "en", search_terms("complaints")) == ()


def test_an_empty_document_suggests_nothing() -> None:
    assert SuggestionSource({"terms": ()}, "en").suggested(QUESTION) == ()
    assert PassageIndex([]).ranked(question_terms(QUESTION)) == []


def test_the_command_shows_passages_and_answers_nothing(folder: Path, archive: Path) -> None:
    assess(folder, "import", str(archive), "--service", "Kiosk", "--date", "2026-03-15")
    at = "assessments/kiosk/2026-03-15"
    code, said = assess(folder, "suggest", at, "EXA-DUE-02", "--format", "json")
    assert code == 0, said
    found = json.loads(said)
    clauses = [each.clause for each in clause_questions(open_workspace(folder).corpus)]
    assert [each["clause"] for each in found] == [
        each for each in clauses if each.startswith("EXA-DUE-02")
    ]
    text = (folder / at / "texts/terms-of-service.txt").read_text(encoding="utf-8")
    passages = [
        each
        for answer in found
        for each in answer["passages"]
        if each["document"] == "terms-of-service"
    ]
    assert passages
    for each in passages:
        start, end = each["position"]
        assert text[start:end].startswith(each["text"][:50])
    assert "value" not in found[0]
    code, said = assess(folder, "suggest", at, "EXA-NO-01")
    assert code == 2
    assert "no clause that binds is called EXA-NO-01" in said
