"""What came back: a Word file, a mail that carries one, a table, or a text with changes in it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

from govkit.cli.foreign_files import LARGEST, STANDARD_INPUT
from govkit.cli.foreign_tables import read_as_table
from govkit.cli.printing.words import visible
from govkit.consultation.quoted_reply import has_marks, reply_with_marks
from govkit.errors import WrongUse
from govkit.proposals.suggestions.text_table import marked_table
from govkit.rendering.markdown_blocks import blocks_of_markdown
from govkit.source.critic_markup import MarkedUpText, read_markup
from govkit.source.csv_grid import read_csv
from govkit.source.docx_marks import MarkedPassage, MarkedPiece
from govkit.source.foreign_text import PACKED, PDF, text_in
from govkit.source.mail import read_mail
from govkit.source.mail_attachments import is_mail, word_files_in
from govkit.source.marked_docx import MarkedFile, WordComment, read_marked
from govkit.source.text_blocks import NotText, TextBlock
from govkit.source.xlsx_grid import read_xlsx
from govkit.store.worktree import read_named

_PRINTED_APART = re.compile(r"\A---\n.*?\n---\n|<a id=\"[^\"\n]{1,200}\"></a>", re.DOTALL)
"""What our Markdown holds beside words: its front matter, and the places that links lead to."""
_BREAK = re.compile(r" {2,}\n")
"""The end of a line of facts, each of which stands for itself."""


class ReturnedFile(NamedTuple):
    """What came back; `data` are the bytes of the file that was read, `name` is its name, and
    `mail` the mail that carried it, empty where none did.
    """

    name: str
    data: bytes
    marked: MarkedFile
    mail: bytes = b""


def read_returned(folder: Path, name: str) -> ReturnedFile:
    """Return a file that came back. Raises `WrongUse` where it is none that can be read."""
    shown = visible(name)
    path = folder / name
    data = (
        sys.stdin.buffer.read(LARGEST + 1)
        if name == STANDARD_INPUT
        else read_named(path, LARGEST + 1)
    )
    if len(data) > LARGEST:
        raise WrongUse(
            f"{shown} is longer than {LARGEST >> 20} MiB, and was not read",
            "Save it without pictures, or split it into parts.",
        )
    try:
        if is_mail(data):
            return _of_mail(shown, data)
        reader = _TABLES.get(path.suffix.lower())
        if reader is not None:
            with read_as_table(shown):
                return ReturnedFile(path.name, data, marked_table(reader(data)))
        if data.startswith(PACKED):
            return ReturnedFile(path.name, data, read_marked(data))
        if data.startswith(PDF):
            raise NotText("is a PDF, in which no change can be told from the text", _AS_WORD)
        return ReturnedFile(path.name, data, _of_text(data))
    except NotText as reason:
        what, help = reason.args
        raise WrongUse(f"{shown} {what}", help) from None


_TABLES = {".xlsx": read_xlsx, ".csv": read_csv}
"""What reads a table of the texts, by the ending of its name."""
_AS_WORD = "Ask for the Word file (DOCX) that was changed."


def _of_mail(shown: str, data: bytes) -> ReturnedFile:
    files = word_files_in(data)
    if len(files) > 1:
        named = ", ".join(visible(each.name) for each in files)
        raise WrongUse(
            f"{shown} carries {len(files)} Word files: {named}",
            "Save the one that is meant, and name it.",
        )
    if files:
        return ReturnedFile(files[0].name, files[0].data, read_marked(files[0].data), data)
    mail = read_mail(data)
    text = mail.text
    marked = reply_with_marks(text) or (text if has_marks(text) else "")
    if not marked:
        raise WrongUse(
            f"{shown} carries no Word file, quotes none of our words, and has no changes marked",
            "A mail in free words is a comment: govkit comment import FILE --free",
        )
    file = _of_text(marked.encode())
    comments = tuple(each._replace(author=mail.name) for each in file.comments)
    return ReturnedFile(shown, data, file._replace(comments=comments), data)


def _of_text(data: bytes) -> MarkedFile:
    """Return a text or page as paragraphs without marks."""
    found = text_in(data)
    comments: tuple[WordComment, ...] = ()
    if found.blocks is not None:
        sides = found.blocks, found.before or found.blocks
    else:
        text = _BREAK.sub("\n\n", _PRINTED_APART.sub("", found.text))
        markup = read_markup(text)
        before, comments = _with_comments(markup)
        sides = blocks_of_markdown(markup.after), before
    none: tuple[TextBlock, ...] = ()
    after, old = (tuple(map(_passage, side)) for side in sides)
    return MarkedFile(after, old, frozenset(), comments, (none, none), (), {}, found.notes)


_PLACE = "\ue000"
"""Stands where a comment stood, for as long as a text is read; a sign of nobody's language."""


def _with_comments(markup: MarkedUpText) -> tuple[tuple[TextBlock, ...], tuple[WordComment, ...]]:
    """Return the blocks of a text without its changes, and its comments with the block of each."""
    text = markup.before.replace(_PLACE, "\ufffd")
    for each in reversed(markup.comments):
        text = f"{text[: each.at]}{_PLACE}{text[each.at :]}"
    blocks: list[TextBlock] = []
    around: list[str] = []
    for block in blocks_of_markdown(text):
        words = block.text.replace(_PLACE, "").strip()
        # A comment on a line of its own is about what stands before it.
        near = words or (blocks[-1].text if blocks else "")
        around += [near] * block.text.count(_PLACE)
        if words:
            blocks.append(block._replace(text=words))
    around += [""] * (len(markup.comments) - len(around))
    comments = (
        WordComment(str(number), "", "", each.words, quote=each.about, around=near)
        for number, (each, near) in enumerate(zip(markup.comments, around, strict=False), 1)
    )
    return tuple(blocks), tuple(comments)


def _passage(block: TextBlock) -> MarkedPassage:
    words = block.text
    if block.label and words.startswith(block.label):
        words = words[len(block.label) :].lstrip()
    piece = MarkedPiece(words, "", frozenset(), "")
    return MarkedPassage(block, (piece,), (block.style, "", block.depth))
