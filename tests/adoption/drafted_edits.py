"""The drafted edits of `drafted-edits.yaml`, read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

OWN = """

## Prices

It costs 3 euro a month.

You will recieve a bill.

## House rules

You may post links to your own shop once a week.

You must not post spam.

## Your content

We use your pictures only to show them to those whom you chose.
"""
"""What stands behind the adopted sections: the platform's own words."""


class Owed(NamedTuple):
    """What an edit asks for.

    `notice` is a time before the change, `late` hours after it, or `told` by its day; `wait` are
    days; `users` consent, leave, are heard before, or need do nothing.
    """

    notice: str
    wait: int | None
    users: str


class Edit(NamedTuple):
    """One edit, as it was judged by hand or as the program finds it."""

    name: str
    old: str
    new: str
    touched: tuple[str, ...]
    class_: int
    way: str
    counts: str
    owed: Owed
    answer: str = ""
    because: str = ""


def edits_of(platform: str) -> tuple[Edit, ...]:
    """Return the edits of a platform's terms: `tern` or `heron`."""
    data = yaml.safe_load(Path(__file__).with_name("drafted-edits.yaml").read_bytes())
    return tuple(
        Edit(
            row["name"],
            row["old"],
            row["new"],
            tuple(row.get("touched", ())),
            row["is"]["class"],
            row["is"]["way"],
            row["is"]["counts"],
            Owed(**row["owed"]),
            row.get("answer", ""),
            row.get("because", ""),
        )
        for row in data[platform]
    )
