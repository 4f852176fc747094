"""The words of three invented texts, as a revision proposes them."""

from __future__ import annotations

import pytest

from govkit.consultation.text_matcher import TextMatcher
from govkit.consultation.wording import RevisionWording, TextBlock


def wording(id: str, title: str, **clauses: str) -> RevisionWording:
    words = "\n\n".join(clauses.values())
    stretches, at = [], 0
    for clause, text in clauses.items():
        stretches.append(TextBlock(at, at + len(text), clause))
        at += len(text) + 2
    return RevisionWording(id, title, "sha256:" + "0" * 64, words, tuple(stretches), {"days": "14"})


@pytest.fixture
def notice() -> RevisionWording:
    return wording(
        "EXA-DUE-01",
        "Notice before a restriction",
        a="The platform must tell the user of a restriction at least 14 days before it begins.",
        b="The platform must give the reasons for the restriction with the “notice”.",
    )


@pytest.fixture
def shelf(notice: RevisionWording) -> TextMatcher:
    complaint = wording(
        "EXA-DUE-02",
        "Free complaint",
        a="The platform must decide a complaint about a restriction within 10 days.",
        b="The platform must not ask a fee for a complaint.",
    )
    export = wording("EXA-PRV-01", "Export", a="The platform must let the user take out a copy.")
    return TextMatcher((notice, complaint, export))
