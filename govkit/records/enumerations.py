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

MOST_CAUTIOUS_FIRST: tuple[str, ...] = (
    "object",
    "stand-aside",
    "abstain",
    "withdraw",
    "answered",
    "consent-with-reservation",
    "consent",
)
"""What one can say about words, the farthest from agreeing first; `answered` is an objector who is
satisfied."""

SAYS: dict[str, str] = {
    "consent": "consents",
    "consent-with-reservation": "consents with a reservation",
    "stand-aside": "stands aside",
    "object": "objects",
    "abstain": "abstains",
    "withdraw": "withdraws what was said before",
}
"""A stance as what somebody does."""

ActKind = Literal[
    "waiver",
    "override",
    "reopen",
    "escalation",
    "ruling",
    "answer",
    "settlement",
    "minority-statement",
    "withdrawal",
    "hold-back",
    "restore",
]
"""What coordinators, or the author, can do about a proposal."""

HoldBackGround = Literal["personal-data", "attack", "spam"]
HOLD_BACK_GROUNDS: tuple[HoldBackGround, ...] = get_args(HoldBackGround)
"""Why the words of a comment are not shown."""

Ruling = Literal["upholds", "dismisses"]
RULINGS: tuple[Ruling, ...] = get_args(Ruling)
"""What the body that the charter names can decide about an objection."""

Bump = Literal["none", "patch", "minor", "major"]
BUMPS: tuple[Bump, ...] = get_args(Bump)
"""Which part of a version a change asks to raise, the least first."""

StepName = Literal["inputs", "draft", "comments", "last-call", "decision"]
STEPS: tuple[StepName, ...] = get_args(StepName)
"""What a call or a proposal can promise a date for, in the order in which it comes."""

Action = Literal[
    "accepted",
    "accepted-in-part",
    "not-accepted",
    "out-of-scope",
    "deferred",
    "duplicate",
    "withdrawn",
]
ACTIONS: tuple[Action, ...] = get_args(Action)
"""What can become of a comment."""

CommentType = Literal["general", "substantive", "editorial"]
COMMENT_TYPES: tuple[CommentType, ...] = get_args(CommentType)

CommentSource = Literal[
    "mail", "attachment", "shared-document", "pad", "web", "form", "personal-mail", "meeting"
]
COMMENT_SOURCES: tuple[CommentSource, ...] = get_args(CommentSource)
"""How a comment can come."""

AuthorReply = Literal["satisfied", "not-satisfied", "none-by-deadline"]
AUTHOR_REPLIES: tuple[AuthorReply, ...] = get_args(AuthorReply)
"""What the author of a comment says to its answer."""

CoverageTableName = Literal[
    "principles", "recommendations", "law", "grounds", "rights", "issues", "promises", "levels"
]
COVERAGE_TABLES: tuple[CoverageTableName, ...] = get_args(CoverageTableName)
"""What `govkit coverage` can be asked for."""
