"""`govkit diff --plain`: a redline of any two text files, outside a coalition too."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from govkit.cli.boxes import warn_of_boxes
from govkit.cli.output import json_text, write_output_file
from govkit.cli.printing.words import visible
from govkit.errors import WrongUse
from govkit.rendering.formats import written

if TYPE_CHECKING:
    from govkit.corpus.changes.plain import Taken
    from govkit.rendering.plain_redline import Comparison


def _require_language(language: str) -> None:
    from govkit.records.codes import LANGUAGES

    found = re.fullmatch(r"([a-z]{2,3})(?:-[A-Za-z0-9]{2,8})*", language)
    # Texts from before ISO took two codes back still say them; of three letters, any is taken.
    known = (*LANGUAGES.split(), "bh", "sh")
    if found is None or (len(found[1]) == 2 and found[1] not in known):
        raise WrongUse(
            f"`{language}` is no code of a language", "Write it as --language en, fr, pt-BR."
        )


_LANGUAGE = "en"
"""The language of texts that read like no other."""
_TAKEN = {
    "by-words": "these texts read like `{}`, so its words of force are looked for; "
    "another language: --language.",
    "unknown": "no word that bears on a duty was met in `{}`: is it the language of these texts? "
    "Name theirs: --language.",
}


class Asked(NamedTuple):
    """What is asked for of a redline of two files: `language` is theirs, empty where their words
    have to tell; `by` is who compares them, `day` when, as 2026-03-10; `only_changes` says that
    only the changed passages are printed.
    """

    language: str
    by: str
    day: str
    only_changes: bool


def plain_diff(
    names: tuple[str, ...], folder: Path, asked: Asked, format_: str, target: Path | None
) -> bool:
    """Print the redline of two files and return whether they differ.

    Raises `WrongUse` where the words name no two texts.
    """
    if len(names) != 2:
        raise WrongUse("--plain compares two files", "Name both: govkit diff --plain OLD NEW")
    if asked.language:
        _require_language(asked.language)
    from govkit.cli.foreign_files import read_pair

    first, second = names
    files = read_pair(folder, (first, second))
    for name, file in zip(names, files, strict=True):
        if file.notes:
            click.echo(f"note: {visible(name)}: {'; '.join(file.notes)}.", err=True)
    from govkit.rendering.plain_redline import NamedText, compared, document_of_comparison

    old, new = (
        NamedText(visible(file.name), file.text, file.digest, file.blocks, file.notes)
        for file in files
    )
    language, taken = _language((old.text, new.text), asked.language)
    comparison = compared(*(old, new), language=language, taken=taken, day=asked.day, by=asked.by)
    if format_ == "json":
        from govkit.cli.printing.comparison_json import comparison_as_data

        is_text = not files[0].kind and not files[1].kind
        put(json_text(comparison_as_data(comparison, is_text=is_text)).encode(), target)
    elif format_ == "text":
        from govkit.cli.printing.comparison import comparison_as_text

        colours = target is None
        text = comparison_as_text(comparison, only_changes=asked.only_changes, colours=colours)
        put_text(text, target)
    else:
        if format_ == "pdf":
            _require_pages(comparison, only_changes=asked.only_changes)
        is_word = format_ == "docx"
        if is_word and asked.only_changes:
            raise WrongUse(
                "a Word file holds both texts whole, so that its changes can be accepted",
                "Leave --changes out, or write another format: -o changes.html.",
            )
        document = document_of_comparison(
            comparison, only_changes=asked.only_changes, tracked=is_word
        )
        put(written(document, format_), target)
        if format_ == "pdf":
            warn_of_boxes("the PDF", document, "html")
    # A cell may have changed its place while all words stand in the order in which they stood.
    return old.text != new.text or bool(comparison.schedule)


def _language(texts: tuple[str, str], named: str) -> tuple[str, Taken]:
    """Return the language of two texts, and how it was taken; a note says so where words told."""
    if named:
        return named, ""
    from govkit.corpus.changes.plain import language_of

    language, taken = language_of(texts, _LANGUAGE)
    if taken:
        click.echo(f"note: {_TAKEN[taken].format(language)}", err=True)
    return language, taken


_LONG, _LONGEST = 200_000, 500_000
"""Letters from which on printing a PDF takes some 20 seconds, and a minute."""
_MOST_ENTRIES = 1_500
"""Rows of the schedule; each takes ten times as long as a paragraph."""


def _require_pages(comparison: Comparison, *, only_changes: bool) -> None:
    """Say that a PDF takes its time. Raises `WrongUse` where it would take many minutes."""
    printed = [each for each in comparison.passages if each.is_changed or not only_changes]
    letters, entries = sum(len(each.block.text) for each in printed), len(comparison.schedule)
    if letters > _LONGEST or entries > _MOST_ENTRIES:
        what = (
            f"{letters // 1000} KB of words (at most {_LONGEST // 1000})"
            if letters > _LONGEST
            else f"{entries:,} changes (at most {_MOST_ENTRIES:,})"
        )
        shorter = "" if only_changes else ", or print the changed passages only: --changes"
        raise WrongUse(
            f"a PDF of {what} takes too long to print",
            f"Write a page instead, which a browser prints: -o changes.html{shorter}.",
        )
    if letters > _LONG or entries > _MOST_ENTRIES // 3:
        click.echo("note: this PDF has many pages; printing it can take a minute.", err=True)


def put(data: bytes, target: Path | None) -> None:
    """Write bytes to a file whole, or to the standard output."""
    if target is not None:
        write_output_file(target, data)
        click.echo(str(target))
        return
    for begins, what, ending in ((b"%PDF", "a PDF", "pdf"), (b"PK", "a Word file", "docx")):
        if data.startswith(begins) and sys.stdout.isatty():
            raise WrongUse(f"{what} is nothing for the screen", f"Name a file: -o changes.{ending}")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def put_text(text: str, target: Path | None) -> None:
    """Write text with its colours to the screen, or without them to a file."""
    if target is not None:
        put(click.unstyle(text).encode(), target)
    else:
        click.echo(text, nl=False)
