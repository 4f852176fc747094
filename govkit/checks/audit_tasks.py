"""What keeps `govkit audit` from being clean and waits for nobody's date, as tasks of its own.

What else an audit can miss is the task of a proposal, a mandate, the log or a release already.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

from govkit.corpus.whole import Corpus
from govkit.log.coordinators import coordinators_of, genesis_of
from govkit.proposals.task import Task
from govkit.records.governance import Charter
from govkit.records.proposals import Notice
from govkit.round.roll import RollEntry, roll_of


def audit_tasks(corpus: Corpus, now: datetime.datetime) -> Iterator[Task]:
    """Yield them, once the coalition is founded: by then each takes a step of somebody."""
    charter = corpus.charter
    if charter is None or genesis_of(corpus) is None:
        return
    who = coordinators_of(corpus)
    amend = "govkit amend charter --reason WORDS"
    if charter.list_archive is None:
        what = "the charter names no archive of the list: name it there (`list_archive`)"
        yield Task(None, "", "audit", what, who, amend)
    unnamed = notices_without_mail(corpus)
    if unnamed:
        names = ", ".join(f"{proposal}/{number}" for proposal, number in unnamed)
        proposal, number = unnamed[0]
        what = f"nothing names the mail by which these were announced: {names}"
        yield Task(None, "", "audit", what, who, command_to_name_mail(proposal, number))
    empty = groups_without_voice(charter, roll_on(corpus, now.date()))
    if empty:
        what = f"nobody speaks for {', '.join(empty)}: find a member (`govkit member add`), or"
        what += " leave the group out of the charter"
        yield Task(None, "", "audit", what, who, amend)


def notices_without_mail(corpus: Corpus) -> tuple[tuple[str, str], ...]:
    """Return the announcements of which nothing names the mail: each proposal, and the number."""
    return tuple(
        (proposal, number)
        for document in corpus.of_kind("notice")
        if isinstance(document.record, Notice) and document.record.message_id is None
        for proposal, _, number in (document.id.partition("/notices/"),)
    )


def command_to_name_mail(proposal: str, number: str) -> str:
    """Return the command that names the mail of an announcement."""
    return f"govkit propose notice {proposal} --announcement {number} --message-id '<…>'"


def roll_on(corpus: Corpus, day: datetime.date) -> dict[str, RollEntry]:
    """Return the roll of a day, by all the members that can be read."""
    records: Any = {
        each.id: each.record for each in corpus.of_kind("member") if each.record is not None
    }
    return dict(roll_of(records, day, day))


def groups_without_voice(charter: Charter, roll: dict[str, RollEntry]) -> tuple[str, ...]:
    """Return the groups of a charter for which nobody speaks, in its order."""
    groups = Counter(seat.group for seat in roll.values() if not seat.left)
    return tuple(group for group in charter.groups if not groups[group])
