"""What is printed of a mail with a ballot: what it will become, or why it is asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govkit.procedures.proposals.mail_sitting import ArrivedMail


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


def mail_head(arrived: ArrivedMail) -> Iterator[str]:
    """Yield the lines above what is said of a mail: of whom it is, and about what."""
    from govkit.procedures.proposals.mail_words import other_address

    mail = arrived.mail
    who = arrived.member or mail.sender or "nobody known"
    yield ""
    yield f"{who}: {mail.subject or '(no subject)'}  ({arrived.raw.name})"
    yield from (f"  {each}" for each in other_address(mail))


def ballot_lines(arrived: ArrivedMail) -> Iterator[str]:
    """Yield what a clear ballot will become, and what is certain of it."""
    from govkit.procedures.proposals.mail_words import becomes, proof_of

    for head, words in becomes(arrived):
        yield from _set_in(head, words)
    yield from (f"  {each.words}" for each in proof_of(arrived, "with --received"))
    yield from own_words(arrived)


def own_words(arrived: ArrivedMail) -> Iterator[str]:
    """Yield the first of its sender's own words."""
    from govkit.procedures.proposals.mail_words import beginning_of_own

    yield from _set_in("Their own words", beginning_of_own(arrived))


def _set_in(head: str, words: str) -> Iterator[str]:
    if not head:
        yield f"  {words}"
        return
    for line in words.split("\n") if words.strip() else ():
        yield f"  {head}: {line}"
        head = " " * len(head)
