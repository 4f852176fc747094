"""The words of the consultation report and of the comment table that no record says."""

from __future__ import annotations

import datetime

from govkit.rendering.phrases import in_words

REPORT = "Comments and answers"
TABLE = "Comment table"
WAITING_NOTICE = "Not every comment has an answer yet."
ANSWERED_NOTICE = "Every comment has an answer."
NO_COMMENTS_NOTICE = "No comments have come."

PROPOSAL = "Proposal"
WORDS = "Words commented on"
OPEN = "Open for comments"
COUNT = "Comments"
CHANGE = "Digest of the change"

SUMMARY = "Summary"
ANSWERS = "Answers given"
BY_GROUP = "Who commented"
ALL_KINDS = "Kinds of comments"
MARKED = "Marked comments"
WAITING = "Waiting for an answer"
LOOK = "These comments are printed below, and are not answered yet"
WHOLE = "On the proposal as a whole"
OTHER_WORDS = "On texts that are in no revision"
NOT_SHOWN = "Not shown"

FROM = "From"
CAME = "Received"
ABOUT = "About"
KIND = "Kind"
NOTE = "Note"
QUOTED = "Words it is about"
PROPOSED = "Words the author proposes"
ANSWER = "Answer"
NO_ANSWER = "No answer yet."
NAME_WITHHELD = "Name withheld"
NOT_NAMED = "Not named"
NO_GROUP = "no group"
LATE = "Late: it came after the last day for comments"

TYPES = {"general": "general", "substantive": "substantive", "editorial": "editorial"}
SOURCES = {
    "mail": "by mail",
    "attachment": "in a document",
    "shared-document": "in a shared document",
    "pad": "in a pad",
    "web": "on a web page",
    "form": "by a form",
    "personal-mail": "in a personal mail",
    "meeting": "in a meeting",
}
AUTHOR_REPLIES = {
    "satisfied": "Its author is satisfied with the answer.",
    "not-satisfied": "Its author is not satisfied with the answer.",
    "none-by-deadline": "Its author was asked about the answer and did not reply in time.",
}


def day(instant: datetime.datetime) -> str:
    """Return the day of an instant in UTC, as 19 October 2022."""
    return in_words(instant.astimezone(datetime.UTC).date().isoformat())


def until(instant: datetime.datetime) -> str:
    """Return the end of the time for comments, with its minute."""
    return f"{day(instant)}, {instant.astimezone(datetime.UTC):%H:%M} UTC"


def comments(count: int) -> str:
    """Return a number of comments."""
    return f"{count} comment" if count == 1 else f"{count} comments"


def authors(count: int) -> str:
    """Return a number of authors."""
    return f"{count} author" if count == 1 else f"{count} authors"


def kept_back(asked: int, withdrawn: int) -> str:
    """Return the sentence about comments that are counted and not shown."""
    said = []
    if asked:
        verb = "was sent in a personal mail" if asked == 1 else "were sent in personal mails"
        whose = "Its author has" if asked == 1 else "Their authors have"
        said.append(
            f"{comments(asked)} {verb}. {whose} not said yet whether the words may be published, "
            "so they are counted here and not shown."
        )
    if withdrawn:
        verb = (
            "was withdrawn by its author" if withdrawn == 1 else "were withdrawn by their authors"
        )
        said.append(f"{comments(withdrawn)} {verb}; the words are not shown.")
    return " ".join(said)
