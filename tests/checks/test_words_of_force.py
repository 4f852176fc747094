"""What counts as force in a clause: the presets of the charter, and what only looks like it."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.checks.force_words import force_words
from govkit.checks.walk import plain_words
from govkit.corpus.documents import NormativeText
from govkit.records.normative import read
from govkit.workspace import open_workspace

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
CHARTER = "governance/charter.yaml"
TEXT = "provisions/privacy/EXA-PRV-01-export.yaml"
WORDS = "The platform must let the user take out a copy of the user's own data at any time."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example coalition of the rules."""
    shutil.copytree(BASE, tmp_path / "coalition")
    return tmp_path / "coalition"


def change(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def rules(folder: Path, words: str, force: str = "must") -> list[str]:
    """Return the rules that speak when the clause of one text has these words."""
    change(folder, TEXT, f"text: {WORDS}", f"text: >-\n      {words}")
    change(folder, TEXT, "force: must", f"force: {force}")
    findings = open_workspace(folder).check(datetime.date(2026, 3, 1)).findings
    return [finding.rule for finding in findings if finding.path == TEXT]


AGAINST, MORE, AVOIDED = "force-against-words", "more-than-one-force", "avoided-force-word"


@pytest.mark.parametrize(
    ("words", "force", "expected"),
    [
        ("The platform must answer.", "must", []),
        ("The platform must not answer.", "must-not", []),
        ("The platform must never answer.", "must-not", []),
        ("The platform should not answer.", "should-not", []),
        ("The user may answer.", "may", []),
        ("The user may answer in May.", "may", []),
        ("May 2026 is the month in which the platform must answer.", "must", []),
        ("The answer, given on 1 May, is final.", "declares", []),
        ("The user need not answer.", "declares", []),
        ("Whatever the case may be, the platform must answer.", "must", [MORE]),
        ("The platform must answer, as the case may be.", "must", []),
        ("Should the user ask, the platform must answer.", "must", []),
        ("The platform shall answer.", "must", [AVOIDED]),
        ("The platform shall answer.", "may", [AGAINST, AVOIDED]),
        ("A notice shall mean a message.", "declares", [AVOIDED]),
        ("The platform may not answer.", "must-not", [AVOIDED]),
        ("The platform will answer.", "must", [AVOIDED]),
        ("On request, the platform will answer.", "must", [AVOIDED]),
        ("The platform must answer, and will keep a copy.", "must", [MORE, AVOIDED]),
        ("The platform must say what will change.", "must", []),
        ("The platform must say when the account will be closed.", "must", []),
        ("The platform must honour the user's will.", "must", []),
        ("The platform must honour the last will of the user.", "must", []),
        ("The platform must print `shall` in bold.", "must", []),
        ('The platform must print "you shall pay" in bold.', "must", []),
        ("The platform must print \u201cyou shall pay\u201d in bold.", "must", []),
        ("The platform must mustn\\*t.", "must", []),
        ("It is a must-have.", "declares", []),
        ("MUST is a word of force in small letters too.", "must", []),
    ],
)
def test_plain(words: str, force: str, expected: list[str], folder: Path) -> None:
    assert sorted(rules(folder, words, force)) == sorted(
        [*expected, *(["typographic-quotes"] if "\u201c" in words else [])]
    )


@pytest.mark.parametrize(
    ("words", "force", "expected"),
    [
        ("The platform MUST answer.", "must", []),
        ("The platform SHALL answer.", "must", []),
        ("The platform SHALL NOT answer.", "must-not", []),
        ("An answer is RECOMMENDED.", "should", []),
        ("An answer is NOT RECOMMENDED.", "should-not", []),
        ("An answer is OPTIONAL and must be short.", "may", []),
        ("The platform must answer.", "must", [AGAINST]),
        ("The platform shall and will answer.", "declares", []),
        ("The platform MUST answer and MAY wait.", "must", [MORE]),
    ],
)
def test_capitals(words: str, force: str, expected: list[str], folder: Path) -> None:
    change(folder, CHARTER, "force_words: plain", "force_words: capitals")
    assert rules(folder, words, force) == expected


@pytest.mark.parametrize(
    ("words", "force", "expected"),
    [
        ("The platform shall answer.", "must", []),
        ("The platform must answer.", "must", []),
        ("The platform may not answer.", "must-not", []),
        ("The platform shall not answer.", "must-not", []),
        ("The platform will answer.", "must", [AVOIDED]),
        ("The platform may answer.", "must-not", [AGAINST]),
    ],
)
def test_statute(words: str, force: str, expected: list[str], folder: Path) -> None:
    change(folder, CHARTER, "force_words: plain", "force_words: statute")
    assert rules(folder, words, force) == expected


def test_a_second_force_is_advice_where_the_charter_allows_it(folder: Path) -> None:
    change(folder, CHARTER, "one_force: true", "one_force: false")
    change(folder, TEXT, WORDS, "The platform must answer, and may wait.")
    [finding] = open_workspace(folder).check(datetime.date(2026, 3, 1)).findings
    assert (finding.rule, finding.level) == (MORE, "advice")


@pytest.mark.parametrize("language", ["en-GB", "en"])
def test_the_words_are_english(language: str, folder: Path) -> None:
    change(folder, CHARTER, "authoritative: en", f"authoritative: {language}")
    assert rules(folder, "The platform shall answer.") == [AVOIDED]


def test_in_another_language_nothing_is_said(folder: Path) -> None:
    change(folder, CHARTER, "authoritative: en", "authoritative: fr")
    change(folder, CHARTER, "others: [fr]", "others: [en]")
    shutil.rmtree(folder / "translations")
    assert rules(folder, "Die Plattform shall and/or may not promptly.", "declares") == []


@pytest.mark.parametrize(
    ("status", "only"),
    [("withdrawn", "withdrawn-without-reason"), ("superseded", "adopted-without-decision")],
)
def test_what_is_out_of_use_is_left_as_it_was(status: str, only: str, folder: Path) -> None:
    """Only the rule that asks for what stands behind the status speaks, and none on words."""
    change(folder, TEXT, "status: draft", f"status: {status}")
    assert rules(folder, "The platform shall and/or may not promptly.", "declares") == [only]


@pytest.mark.parametrize("preset", ["plain", "capitals", "statute"])
def test_each_preset_proposes_a_word_for_each_force(preset: str) -> None:
    words = force_words("en", preset)
    assert words is not None
    assert list(words.proposed) == ["must", "must-not", "should", "should-not", "may"]


MARKS = st.sampled_from(
    [
        "must",
        " ",
        "not",
        "[a](term:user)",
        "*",
        "`",
        '"',
        "(a) ",
        "\n",
        "\n\n",
        "    ",
        "{x}",
        "\\",
        "will",
        "[",
        "](",
        ")",
        "May",
        "1",
        ".",
        "\u201c",
        "\u201d",
        "- ",
        "users",
    ]
)


@given(st.lists(MARKS, min_size=1, max_size=25).map("".join))
def test_what_is_hidden_moves_no_place(text: str) -> None:
    """Whatever stands in a text, each plain word keeps the characters that it takes."""
    said = NormativeText(("clauses", 0, "text"), text, read(text), "a")
    plain = plain_words(said)
    assert len(plain) == len(text)
    assert all(mine in (theirs, "\0") for mine, theirs in zip(plain, text, strict=True))
