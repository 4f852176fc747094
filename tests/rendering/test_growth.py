"""A redline of two texts takes as many steps as they are long: no shape of a text makes it more."""

from __future__ import annotations

import random
from collections.abc import Callable
from cProfile import Profile
from typing import Any

import pytest

from govkit.corpus.redline.sentences import SentenceReading
from govkit.rendering.formats import written
from govkit.rendering.plain_redline import NamedText, compared, document_of_comparison
from govkit.source.html_blocks import read_html

Sides = tuple[str, str]


def word(number: int) -> str:
    """Return a word of letters, another one for each number."""
    return "q" + "".join(chr(ord("a") + int(figure)) for figure in str(number))


def rows(count: int, row: Callable[[int], str], between: str = "\n\n") -> str:
    return between.join(map(row, range(count)))


def clause(number: int, whose: str = "users") -> str:
    return f"The {word(number)} may keep the {word(7 * number)} of {whose} for a time."


def shuffled(text: str) -> str:
    paragraphs = text.split("\n\n")
    random.Random(3).shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def table(cells: list[str]) -> str:
    lines = [cells[at : at + 5] for at in range(0, len(cells), 5)]
    said = "".join(f"<tr>{''.join(f'<td>{each}</td>' for each in line)}</tr>" for line in lines)
    return f"<html><body><table>{said}</table></body></html>"


SHAPES: dict[str, Callable[[int], Sides]] = {
    "paragraphs of one letter": lambda n: (rows(n, lambda _: "a"), rows(n, lambda _: "b")),
    "paragraphs of one word": lambda n: (rows(n, word), rows(n, lambda at: word(at + n))),
    "paragraphs of one number": lambda n: (rows(n, str), rows(n, lambda at: str(at + n))),
    "one word again and again": lambda n: ("word " * 9 * n, "words " * 9 * n),
    "no space": lambda n: ("a" * 99 * n, "b" * 99 * n),
    "signs without a space": lambda n: ("a," * 9 * n, "b," * 9 * n),
    "characters without a space": lambda n: (
        rows(9 * n, lambda at: chr(0x4E00 + at % 997), ""),
        rows(9 * n, lambda at: chr(0x4E00 + at % 997 + (at % 20 == 0)), ""),
    ),
    "items": lambda n: (
        rows(n, lambda at: f"- {word(at)} x", "\n"),
        rows(n, lambda at: f"- {word(at)} y", "\n"),
    ),
    "items with other numbers": lambda n: (
        rows(n, lambda at: f"{at + 1}. {word(at)} of the thing", "\n"),
        rows(n, lambda at: f"{at + 2}. {word(at)} of the thing", "\n"),
    ),
    "headings": lambda n: (
        rows(n, lambda at: f"# {word(at)}\n\nx"),
        rows(n, lambda at: f"# {word(at + n)}\n\nx"),
    ),
    "cells": lambda n: (
        table([word(at) for at in range(n)]),
        table([word(at + at % 2 * n) for at in range(n)]),
    ),
    "cells of one letter": lambda n: (table(["a"] * n), table(["b"] * n)),
    "rows the other way round": lambda n: (
        table([word(at) for at in range(n)]),
        table([word(n - at) for at in range(n)]),
    ),
    "every second paragraph": lambda n: (
        rows(n, lambda at: "the same words" if at % 2 else f"old {at}"),
        rows(n, lambda at: "the same words" if at % 2 else f"new {at}"),
    ),
    "paragraphs that moved": lambda n: (rows(n, clause), shuffled(rows(n, clause))),
    "paragraphs that moved and changed": lambda n: (
        rows(n, clause),
        shuffled(rows(n, lambda at: clause(at, "people"))),
    ),
    "capitals": lambda n: (rows(n, clause), rows(n, clause).upper()),
    "sentences that were joined": lambda n: (
        rows(n, lambda at: f"alpha {word(at)}."),
        rows(n, lambda at: f"Alpha {word(at)}.", " "),
    ),
    "words of force": lambda n: (rows(n, lambda _: "must"), rows(n, lambda _: "may")),
    "all gone": lambda n: (rows(n, word), "x"),
}


def printed(sides: Sides) -> bytes:
    old, new = (
        NamedText(name, text, "", tuple(read_html(text).blocks) if text.startswith("<") else ())
        for name, text in zip(("old", "new"), sides, strict=True)
    )
    return written(document_of_comparison(compared(old, new)), "html")


def steps(sides: Sides) -> int:
    """Return how many functions were called."""
    profile = Profile()
    profile.runcall(printed, sides)
    return sum(each.callcount for each in profile.getstats())


@pytest.mark.parametrize("shape", SHAPES)
def test_the_steps_grow_as_the_texts(shape: str) -> None:
    printed(SHAPES[shape](5))  # what is read once is read
    few, many = (steps(SHAPES[shape](count)) for count in (40, 160))
    assert many < 6 * few  # sixteen times as many would be the square


def test_a_change_in_thousands_of_places_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    real = SentenceReading.__init__

    def counted(self: SentenceReading, text: str, *more: Any) -> None:
        read.append(len(text))
        real(self, text, *more)

    monkeypatch.setattr(SentenceReading, "__init__", counted)
    old, new = rows(2_000, lambda _: "a a"), rows(2_000, lambda _: "b b")
    compared(NamedText("old", old), NamedText("new", new))
    assert len(read) == 4  # both texts, and one pair of paragraphs


def test_a_passage_with_few_changes_is_not_compared_a_second_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    real = SentenceReading.__init__

    def counted(self: SentenceReading, text: str, *more: Any) -> None:
        read.append(text)
        real(self, text, *more)

    monkeypatch.setattr(SentenceReading, "__init__", counted)
    old = rows(50, lambda at: f"{clause(at)} Nobody else informs {word(at)} of it.")
    entries = compared(
        NamedText("old", old), NamedText("new", old.replace("informs", "tells"))
    ).schedule
    assert len(read) == 2  # the two texts
    asked = {(each.old, each.new) for entry in entries for each in entry.change.evidence}
    assert asked == {("informs", "tells")}


def test_words_one_step_away_are_not_made_for_a_word_that_nobody_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from spellchecker import SpellChecker

    made: list[str] = []
    real = SpellChecker.edit_distance_1

    def counted(self: SpellChecker, word: str) -> set[str]:
        made.append(word)
        return set(real(self, word))

    monkeypatch.setattr(SpellChecker, "edit_distance_1", counted)
    names = [f"qz{word(1000 + at)}xx" for at in range(50)]
    old, new = "\n\n".join(names), "\n\n".join(f"{name[:4]}z{name[4:]}" for name in names)
    assert len(compared(NamedText("old", old), NamedText("new", new)).schedule) == 50
    assert not made
