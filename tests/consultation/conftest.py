"""The words of three invented texts, as a revision proposes them."""

from __future__ import annotations

import pytest

from govkit.consultation.overlap import Shelf
from govkit.consultation.wording import Stretch, Wording


def wording(id: str, title: str, **clauses: str) -> Wording:
    words = "\n\n".join(clauses.values())
    stretches, at = [], 0
    for clause, text in clauses.items():
        stretches.append(Stretch(at, at + len(text), clause, True))
        at += len(text) + 2
    return Wording(id, title, "sha256:" + "0" * 64, words, tuple(stretches), {"days": "14"})


@pytest.fixture
def notice() -> Wording:
    return wording(
        "EXA-DUE-01", "Notice before a restriction",
        a="The platform must tell the user of a restriction at least 14 days before it begins.",
        b="The platform must give the reasons for the restriction with the “notice”.",
    )  # fmt: skip


@pytest.fixture
def shelf(notice: Wording) -> Shelf:
    complaint = wording(
        "EXA-DUE-02", "Free complaint",
        a="The platform must decide a complaint about a restriction within 10 days.",
        b="The platform must not ask a fee for a complaint.",
    )  # fmt: skip
    export = wording("EXA-PRV-01", "Export", a="The platform must let the user take out a copy.")
    return Shelf((notice, complaint, export))
