"""What became of a comment, as one writes it into the last column of a comment table, and back.

`Accepted in part (revision 3, EXA-DUE-01): Twenty days now.` The first words are one of seven
answers; the brackets say where the text changed, and may be left out; the reply follows a colon, a
dash or a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from govkit.consultation.sanitising import sanitise
from govkit.languages.catalogue import Messages, messages
from govkit.languages.words import table_words
from govkit.records.comments import Disposition, Result
from govkit.records.enumerations import ACTIONS, Action
from govkit.source.nearest import nearest, question_before


@cache
def actions() -> Mapping[str, Action]:
    """Return how each answer may be written, in small letters."""
    answers = table_words().answers
    return {words: action for action in ACTIONS for words in answers[action]}


@cache
def _form() -> re.Pattern[str]:
    every = sorted(actions(), key=len, reverse=True)
    words = "|".join(each.replace(" ", "[ -]+") for each in every)
    return re.compile(
        rf"(?P<action>{words})(?![A-Za-z])\s*"
        r"(?:\(\s*rev(?:ision)?\.?\s*(?P<revision>\d{1,4})"
        r"\s*(?:[,:]\s*(?P<unit>[A-Za-z0-9.-]+))?\s*\))?"
        r"\s*(?:[:.;,\u2013\u2014-]\s*(?P<reply>.*))?",
        re.DOTALL | re.IGNORECASE,
    )


class Observation(NamedTuple):
    """An answer as it was written: what is done, why, and where the text changed."""

    action: Action
    reply: str | None
    result: Result | None


class NotUnderstood(Exception):
    """Words that are no answer; the message is a sentence, `help` says how one is written."""

    def __init__(self, message: str, help: str) -> None:
        """Keep the two sentences apart."""
        super().__init__(message)
        self.message = message
        self.help = help


def as_cell(said: Messages, disposition: Disposition | None) -> str:
    """Return what became of a comment as the cell of a table; empty where it is not answered."""
    if disposition is None:
        return ""
    result = disposition.result
    where = ""
    if result is not None:
        where = f" (revision {result.revision}{f', {result.unit}' if result.unit else ''})"
    reply = f": {disposition.reply}" if disposition.reply else ""
    return f"{said[f'comments.actions.{disposition.action}']}{where}{reply}"


def read_cell(cell: str) -> Observation | None:
    """Return the answer that a cell holds, None where it is empty.

    Raises `NotUnderstood` for words that begin with none of the seven answers, or lack a reply.
    """
    words, _ = sanitise(cell)
    if not words:
        return None
    found = _form().fullmatch(words)
    said = " ".join(found["action"].replace("-", " ").casefold().split()) if found else ""
    action = actions().get(said)
    if found is None or action is None:
        raise _no_answer(words)
    reply = (found["reply"] or "").strip() or None
    if reply is None and action != "accepted":
        answer = messages("en")[f"comments.actions.{action}"]
        raise NotUnderstood(
            f"`{answer}` needs a reply to the author",
            f"Write it after a colon, as: {answer}: because …",
        )
    result = None
    if found["revision"]:
        result = Result(revision=int(found["revision"]), unit=found["unit"])
    return Observation(action, reply, result)


def _no_answer(words: str) -> NotUnderstood:
    first = " ".join(re.split(r"[:.;,(\u2013\u2014\n]", words)[0].split()[:4])
    near = nearest(first.casefold(), list(actions()))
    known = ", ".join(messages("en").group("comments.actions").values())
    return NotUnderstood(
        f"`{first}` is no answer",
        question_before(
            f"Begin with one of: {known}; then a colon and the reply.", near.capitalize()
        ),
    )
