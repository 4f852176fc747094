"""The phrases of the consultation report and of the comment table."""

from __future__ import annotations

import datetime

from govkit.languages.catalogue import Messages


def day(said: Messages, instant: datetime.datetime) -> str:
    """Return the day of an instant in UTC, as 19 October 2022."""
    return said.date(instant.astimezone(datetime.UTC).date().isoformat())


def kept_back(said: Messages, asked: int, withdrawn: int) -> str:
    """Return the sentence about comments that are counted and not shown."""
    sentences = []
    if asked:
        sentences.append(said.counted("comments.kept-asked", asked))
    if withdrawn:
        sentences.append(said.counted("comments.kept-withdrawn", withdrawn))
    return " ".join(sentences)
