"""A sheet for a change of terms: every question with its answers, each passage with its words."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.adoption.change_of_terms.change import TermsChange
from govkit.adoption.change_of_terms.kinds import ChangedItem

_WIDTH = 96
_HEAD = """\
# yaml-language-server: $schema=schemas/change-of-terms.schema.json
# What a platform says of a change of its terms: `govkit terms change --sheet` reads it.
# The planned day, as 2027-03-01. null: the first possible one.
takes_effect: null
# The day on which the notice goes out. null: the first possible one.
notice_on: null
# law or danger, where one of them demands it before the times are over; and why, for the notice.
because: null
why: null
# What the change is to achieve, why the former text stood in the way, who asked for it.
reasons: null
# Where users find the texts, and where they answer and leave.
new_terms: null
former_terms: null
redline: null
answer_at: null
leave_at: null
comments_at: null
# What goes with it: reaches-back (a new rule for old content), function (one ends), transfer.
also: []
# Each change. `is`: bargain (price, promise, use of data, liability, end, disputes, or an adopted
# clause), house-rule (what users can do or publish), protective-rule (one that protects other
# people), explanation (a slip, an example). `user`: loses, slightly, gains, neither. `means`: what
# it means for the user, in plain words; it stands in the notice.
"""


def new_sheet(change: TermsChange) -> str:
    """Return a sheet in YAML with a line for each change that users are told of."""
    lines = [line for item in change.weighty for line in _of_item(item)]
    return _HEAD + ("\n".join(["passages:", *lines]) if lines else "passages: []") + "\n"


def _of_item(item: ChangedItem) -> Iterator[str]:
    for name, words in (("was", item.old), ("is now", item.new)):
        if words:
            yield f"  # {name}: {_short(words)}"
    yield f"  - passage: {item.key}"
    if item.is_open:
        yield "    is: null"
        yield "    user: null"
    yield "    means: null"


def _short(words: str) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= _WIDTH else f"{folded[:_WIDTH]} …"
