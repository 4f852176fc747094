"""What is told of a mail that was looked at: what it becomes, what is certain, what wants a person.

Every door says it in these sentences; only how they are set is the door's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.procedures.proposals.mail_sitting import ArrivedMail
from govkit.procedures.proposals.positions import verdict_lines
from govkit.records.enumerations import SAYS
from govkit.source.mail import MailText

_MOST_OWN = 600
"""Characters of a sender's own words that are shown."""


class ProofLine(NamedTuple):
    """A sentence about what is known of a ballot; `wants_person` where somebody has to judge."""

    words: str
    wants_person: bool = False


def other_address(mail: MailText) -> Iterator[str]:
    """Yield that a mail asks for answers to another address, if it does."""
    if mail.reply_to and mail.reply_to != mail.sender:
        yield f"It asks for answers to {mail.reply_to}; letters go to the address on record."


def becomes(arrived: ArrivedMail) -> Iterator[tuple[str, str]]:
    """Yield what a clear ballot will become: a heading, empty for the position, and the words."""
    ballot = arrived.ballot
    assert ballot is not None
    position = ballot.new.position
    by = "" if position.cast_by == position.member else f", through {position.cast_by},"
    texts = ", ".join(position.texts)
    yield "", f"{position.member}{by} {SAYS[position.position]}: {ballot.proposal}, {texts}"
    yield "Reason", position.reason or ""
    for each in ballot.comments:
        yield f"Comment on {each.target.unit or 'all'}", each.comment or ""


def proof_of(arrived: ArrivedMail, how: str) -> Iterator[ProofLine]:
    """Yield when a ballot came, what shows it, whether it counts, and what has to be read.

    `how` says where a person tells this door when a mail came, as "with --received".
    """
    ballot = arrived.ballot
    assert ballot is not None
    came = ballot.came
    if came.basis == "own-host":
        yield ProofLine(f"Received by {came.host} at {came.at:%Y-%m-%d %H:%M} UTC")
        if came.above:
            yield ProofLine(
                f"  The line above is by {came.above}. Where that is no host of yours, the "
                f"sender may have written the other one: say when it came {how}.",
                wants_person=True,
            )
    else:
        yield ProofLine(
            f"Received at {came.at:%Y-%m-%d %H:%M} UTC by your word: no host of the coalition "
            f"says when. Its own date is {arrived.mail.date or 'missing'}.",
            wants_person=True,
        )
    if ballot.signed is not None:
        domain = ballot.signed.domain
        yield ProofLine(f"What shows it: the mail, signed by {domain} (DKIM), filed as E2")
    else:
        yield ProofLine(f"What shows it: the mail, filed as E1: {arrived.unsigned}")
    if not ballot.causes:
        yield ProofLine("Counts, as things stand.")
    yield from (ProofLine(each, wants_person=True) for each in verdict_lines(ballot.causes))
    if ballot.known:
        known = f"{ballot.known} says just this already, and came within a day."
        yield ProofLine(known, wants_person=True)
    if arrived.marked_in_quotation:
        yield ProofLine(
            "The mark stands in what they quote: their own words say whether it is theirs.",
            wants_person=True,
        )


def beginning_of_own(arrived: ArrivedMail) -> str:
    """Return the first of a sender's own words."""
    return arrived.reading.own[:_MOST_OWN] if arrived.reading is not None else ""
