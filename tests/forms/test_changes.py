"""A change that was typed into a form: the right words, with all else in the file as it was."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest

from govkit.consultation.pasted_words import changed_words, odd_brackets, places_of_pasted
from govkit.corpus.documents import document_of
from govkit.source.layout import NotFormatted
from govkit.source.reading import read_record
from govkit.source.record_bytes import with_words
from govkit.source.scaffolds import paragraphs
from tests.cli.conftest import change, commit
from tests.forms.conftest import DUE, Answered, body, event

TEXT = """\
# yaml-language-server: $schema=../../schemas/provision.schema.json
id: EXA-DUE-09
title: Notice
status: draft
rights: [due-process]
category: procedural
applies_to: {users: [all]}
clauses:
  # The first one.
  - id: a
    force: must
    addressee: platform
    beneficiary: user
    text: >-
      The platform must give each [user](term:user) notice of a
      [restriction of content](term:restriction) at least {notice_days} days before it begins, and
      *in writing*.
    exceptions:
      # As a court has said.
      - where a law forbids it
      - >-
        where a [user](term:user) cannot be reached
  - id: b
    force: must
    addressee: platform
    beneficiary: user
    text: |
      The notice must say:

      (i) which [restriction of content](term:restriction) it is;
      (ii) why.
parameters:
  notice_days: {type: days, default: 14, favours: longer, meaning: the time}  # see (a)
"""


def edited(now: str, new: str) -> str:
    """The lines that an edit takes out and puts in."""
    record, faults = read_record("provisions/x/EXA-DUE-09.yaml", "provision", TEXT.encode())
    assert record is not None, faults
    document = document_of("provisions/x/EXA-DUE-09.yaml", "provision", record, ())
    defaults = {"notice_days": "14"}
    [place] = places_of_pasted(document.said, now, defaults)
    data = TEXT.encode()
    for each in changed_words(place, paragraphs(new), defaults):
        data = with_words(document.path, "provision", data, each.keys, each.words)
    lines = difflib.unified_diff(TEXT.splitlines(), data.decode().splitlines(), n=0, lineterm="")
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


EDITS: dict[str, tuple[str, str, str]] = {
    "a word": (
        "before it begins",
        "before it starts",
        "-      [restriction of content](term:restriction) at least {notice_days} days before it "
        "begins, and\n"
        "+      [restriction of content](term:restriction) at least {notice_days} days before it "
        "starts, and",
    ),
    "a word before a link, which stays": (
        "give each user notice",
        "give every user notice",
        "-      The platform must give each [user](term:user) notice of a\n"
        "+      The platform must give every [user](term:user) notice of a",
    ),
    "a link of which a word goes": (
        "notice of a restriction of content at",
        "notice of a restriction at",
        "-      [restriction of content](term:restriction) at least {notice_days} days before it "
        "begins, and\n+      restriction at least {notice_days} days before it begins, and",
    ),
    "a new default, as a page prints it": (
        "at least [14] days",
        "at least [30] days",
        "-  notice_days: {type: days, default: 14, favours: longer, meaning: the time}  # see (a)\n"
        "+  notice_days: {type: days, default: 30, favours: longer, meaning: the time}  # see (a)",
    ),
    "an exception with a remark above it": (
        "where a law forbids it",
        "where a law or an order forbids it",
        "-      - where a law forbids it\n+      - where a law or an order forbids it",
    ),
    "an item of a list": (
        "(ii) why.",
        "(ii) why, and since when.",
        "-      (ii) why.\n+      (ii) why, and since when.",
    ),
    "words of two items, with a link": (
        "which restriction of content it is;\n(ii) why",
        "what it is;\n(ii) for what reason",
        "-      (i) which [restriction of content](term:restriction) it is;\n-      (ii) why.\n"
        "+      (i) what it is;\n+      (ii) for what reason.",
    ),
    "signs of a word processor": (
        "The platform must give each user notice of a restriction of content",
        "\u201cThe platform\u201d must give each user notice of a restriction of content",
        "-      The platform must give each [user](term:user) notice of a\n"
        '+      "The platform" must give each [user](term:user) notice of a',
    ),
    "a link that is typed": (
        "cannot be reached",
        "cannot be [reached](term:reach)",
        "-        where a [user](term:user) cannot be reached\n"
        "+        where a [user](term:user) cannot be [reached](term:reach)",
    ),
    "only other spaces": ("before  it\nbegins", "before it   begins", ""),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_words_and_no_others(name: str) -> None:
    now, new, expected = EDITS[name]
    found = edited(now, new)
    assert found == expected, found


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        ("[14] days", False),
        ("{notice_days} days", False),
        ("[user](term:user)", False),
        ("[insert] days", True),
        ("{other}", True),
        ("a [", True),
        ("[user](javascript:x)", True),
        ("a \\* b", True),
    ],
)
def test_brackets_that_mark_nothing_are_seen(words: str, odd: bool) -> None:
    assert odd_brackets(words, {"notice_days": "14"}) is odd


def test_a_remark_inside_a_text_is_never_lost() -> None:
    text = TEXT.replace("    text: >-\n", "    text: >-  # reads well\n", 1).encode()
    with pytest.raises(NotFormatted, match="comment"):
        with_words("provisions/x/a.yaml", "provision", text, ("clauses", 0, "text"), "Other words.")


def test_of_adopted_words_the_author_says_whether_a_duty_changes(
    answered: Answered, texts: Path
) -> None:
    change(texts, DUE, "status: draft", "status: adopted")
    commit(texts)

    def sent(**more: str) -> dict[str, Any]:
        return answered(event(body("change", **more)), texts)

    asked = sent(duty="I do not know")
    assert "only you can say whether a duty of anybody changes" in asked["answer"]
    assert "files" not in asked
    assert "files" not in sent(duty_why="")
    found = sent()
    assert set(found["files"]) == {DUE, "governance/changes/EXA-DUE-01.yaml"}
    assert 'changes_a_duty: "no"' in found["files"]["governance/changes/EXA-DUE-01.yaml"]
    assert "becomes a proposal" in found["answer"]
    assert "govkit propose open" in found["answer"]


def test_yaml_in_the_words_stays_words(answered: Answered) -> None:
    found = answered(event(body("change", new="before it: status: adopted # begins")))
    text = found["files"][DUE]
    assert "status: draft\n" in text
    assert "before it: status: adopted # begins." in " ".join(text.split())
