"""The forms that clauses ask for, and the checklist: taken from the terms, with their numbers."""

from __future__ import annotations

from govkit.adoption.forms import forms_of, time_limits
from govkit.adoption.statement import Edition
from govkit.corpus.whole import Corpus
from govkit.procedures.adoption.platform_terms import adopted_from, files_of

from .conftest import PROFILES


def test_a_statement_of_reasons_a_complaint_and_its_confirmation_are_forms(corpus: Corpus) -> None:
    terms = adopted_from(corpus, "p", PROFILES["start-up"].encode(), Edition()).terms
    forms = {(form.kind, form.title): form for form in forms_of(terms)}
    reasons = forms["sets-out", "Statement of reasons"]
    assert len(reasons.points) == 5
    assert reasons.points[1].startswith("the facts on which we relied")
    assert reasons.limits
    assert ("filing", "Free internal complaint") in forms
    assert "within 24 hours" in forms["confirmation", "Free internal complaint"].points[0]
    numbers = {clause.number: clause.id for clause in terms.clauses()}
    assert numbers[reasons.number] == "b"


def test_each_time_of_the_checklist_stands_in_the_clauses_it_names(corpus: Corpus) -> None:
    terms = adopted_from(corpus, "p", PROFILES["start-up"].encode(), Edition()).terms
    clauses = {clause.number: clause.words for clause in terms.clauses()}
    limits = list(time_limits(terms))
    assert len(limits) > 15
    for limit in limits:
        assert all(limit.blank.value in clauses[number].split() for number in limit.numbers)


def test_the_papers_say_that_they_are_no_part_of_the_terms(corpus: Corpus) -> None:
    adopted = adopted_from(corpus, "p", PROFILES["federated"].encode(), Edition())
    files = dict(files_of(adopted, ["md"]))
    for name in ("forms.md", "checklist.md"):
        assert b"no part of the terms" in files[name]
        assert b"This is no legal advice." in files[name]
