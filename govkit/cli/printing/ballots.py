"""What is printed of a mail with a ballot: what it will become, or why it is asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govkit.records.enumerations import SAYS

if TYPE_CHECKING:
    from govkit.correspondence.ballots import BallotReading
    from govkit.procedures.proposals.ballots import BallotFiles
    from govkit.source.mail import MailText
    from govkit.store.mailboxes import RawMail


_FEW = 12
"""Words up to which an unclear mail says where its sender stands, and nothing else."""


def summary_of_mails(counts: Counter[str]) -> str:
    """Return how many mails became what, in a line."""
    words = {
        "taken": "taken in",
        "would-take": "would be taken in",
        "asked": "to ask back",
        "refused": "refused",
        "later": "left for later",
        "left": "left",
        "free": "in free words",
        "taken-before": "taken in before",
        "returned": "of ours that came back",
        "automatic": "sent by a program",
    }
    said = [f"{counts[each]} {words[each]}" for each in words if counts[each]]
    return f"Mails: {sum(counts.values())}. {'; '.join(said)}." if said else "No mail was there."


def mail_head(raw: RawMail, mail: MailText, reading: BallotReading) -> Iterator[str]:
    """Yield the lines above what is said of a mail: of whom it is, and about what."""
    who = reading.member or mail.sender or "nobody known"
    yield ""
    yield f"{who}: {mail.subject or '(no subject)'}  ({raw.name})"
    if mail.reply_to and mail.reply_to != mail.sender:
        yield f"  It asks for answers to {mail.reply_to}; letters go to the address on record."


def ballot_lines(
    mail: MailText, reading: BallotReading, ballot: BallotFiles, unsigned: str
) -> Iterator[str]:
    """Yield what a clear ballot will become; `unsigned` is why no domain's signature shows it."""
    from govkit.procedures.proposals.positions import verdict_lines

    position, came = ballot.new.position, ballot.came
    by = "" if position.cast_by == position.member else f", through {position.cast_by},"
    texts = ", ".join(position.texts)
    yield f"  {position.member}{by} {SAYS[position.position]}: {ballot.proposal}, {texts}"
    for head, words in [
        ("Reason", position.reason or ""),
        *(
            (f"Comment on {each.target.unit or 'all'}", each.comment or "")
            for each in ballot.comments
        ),
    ]:
        yield from _set_in(head, words)
    if came.basis == "own-host":
        yield f"  Received by {came.host} at {came.at:%Y-%m-%d %H:%M} UTC"
        if came.above:
            yield (
                f"    The line above is by {came.above}. Where that is no host of yours, the "
                "sender may have written the other one: say when it came with --received."
            )
    else:
        yield (
            f"  Received at {came.at:%Y-%m-%d %H:%M} UTC by your word: no host of the coalition "
            f"says when. Its own date is {mail.date or 'missing'}."
        )
    if ballot.signed is not None:
        yield f"  What shows it: the mail, signed by {ballot.signed.domain} (DKIM), filed as E2"
    else:
        yield f"  What shows it: the mail, filed as E1: {unsigned}"
    if not ballot.causes:
        yield "  Counts, as things stand."
    yield from (f"  {line}" for line in verdict_lines(ballot.causes))
    if ballot.known:
        yield f"  {ballot.known} says just this already, and came within a day."
    if has_to_be_read(reading):
        yield "  The mark stands in what they quote: their own words say whether it is theirs."
    yield from own_words(reading)


def has_to_be_read(reading: BallotReading) -> bool:
    """Say whether a person has to read it: "take me off it" above a copy that others marked."""
    return bool(reading.in_quotation and reading.own)


def may_hold_a_comment(reading: BallotReading) -> bool:
    """Say whether somebody who has to be asked wrote more than a few words: a remark, perhaps."""
    return len(reading.own.split()) > _FEW


def own_words(reading: BallotReading) -> Iterator[str]:
    """Yield the first of its sender's own words."""
    yield from _set_in("Their own words", reading.own[:600])


def _set_in(head: str, words: str) -> Iterator[str]:
    for line in words.split("\n") if words.strip() else ():
        yield f"  {head}: {line}"
        head = " " * len(head)
