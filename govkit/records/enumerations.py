"""Closed lists of words that records, options of commands and prints share; each stands here once.

Imported at every start, so it knows no pydantic.
"""

from __future__ import annotations

from typing import Literal, get_args

Stance = Literal[
    "consent", "consent-with-reservation", "stand-aside", "object", "abstain", "withdraw"
]
STANCES: tuple[Stance, ...] = get_args(Stance)
"""What a member can say about words, from consent on; the last takes back what was said."""

SAYS: dict[str, str] = {
    "consent": "consents",
    "consent-with-reservation": "consents with a reservation",
    "stand-aside": "stands aside",
    "object": "objects",
    "abstain": "abstains",
    "withdraw": "withdraws what was said before",
}
"""A stance as what somebody does."""

StepName = Literal["inputs", "draft", "comments", "last-call", "decision"]
STEPS: tuple[StepName, ...] = get_args(StepName)
"""What a call or a proposal can promise a date for, in the order in which it comes."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""As in the prints: the names of the standard library follow the locale of the machine."""
