"""Whether a change of a key names what shows that it came from the address or account on record.

That shows nothing by itself: the sender of a mail and the words of an account are what a
coordinator says that they have read. So it takes the signatures of two who have looked
(decision 48).
"""

from __future__ import annotations

import datetime

from govkit.corpus.whole import Corpus
from govkit.log.entries import entries_of
from govkit.records.acts import KeyChange
from govkit.records.evidence import AccountEvent
from govkit.records.governance import Member
from govkit.records.log import LogEntry

SETTLED = datetime.timedelta(days=7)
"""How long the record of a member has to stand before an account in it shows a key."""


def names_record(corpus: Corpus, change: KeyChange, entry: LogEntry) -> bool:
    """Say whether an act about a key names a mail from the address, or an account, on record."""
    if change.account is not None:
        return not fault_of_account(corpus, change.member, change.account, entry)
    return change.source is not None


def fault_of_account(
    corpus: Corpus, member: str, event: AccountEvent, entry: LogEntry | None = None
) -> str:
    """Return why what an account published shows no key of a member; empty where it does.

    `entry` is that of the act, None for one that is to be filed.
    """
    said = f"the account {event.account} at {event.host}"
    found = corpus.find(("member",), member)
    record, day = found.record if found else None, event.arrived.date()
    if entry is not None and event.arrived > entry.recorded_at:
        return f"{said} published it after it was written down"
    named = [
        account
        for account in (record.accounts if isinstance(record, Member) else ())
        if (account.host, account.name) == (event.host, event.account)
        and (account.until is None or day <= account.until)
    ]
    if not named:
        return f"{said} was none of {member}'s on {day}"
    # Whoever puts an account of their own into the record would show any key with it at once. The
    # first day of an account is what somebody typed, so the log is asked, too.
    if all(account.since + SETTLED > day for account in named):
        return f"{said} was on record for less than seven days then"
    path = found.path if found else ""
    lately = any(
        each.recorded_at + SETTLED > event.arrived
        for _, each in entries_of(corpus)
        if (each.kind, each.path) == ("member", path) and (entry is None or each.seq < entry.seq)
    )
    return f"the record of {member} was changed less than seven days before that" if lately else ""
