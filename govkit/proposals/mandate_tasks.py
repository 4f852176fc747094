"""Mandates and keys that begin or end: what has to be done about each, and by when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.log.countersignatures import countersigners
from govkit.log.periods import end_of_day
from govkit.proposals.task import Task
from govkit.records.governance import Member


def mandate_to_begin(document: Document, today: datetime.date) -> datetime.date | None:
    """Return the day on which the mandate of an enrolled member begins; None where none waits."""
    member = document.record
    if not isinstance(member, Member) or member.state != "enrolled":
        return None
    return min((each.since for each in member.terms if each.since > today), default=None)


def mandate_tasks(
    corpus: Corpus, now: datetime.datetime, coordinators: tuple[str, ...]
) -> Iterator[Task]:
    """Yield what is to be done about mandates and keys of members."""
    today, seconded = now.date(), countersigners(corpus)
    for document in corpus.of_kind("member"):
        member, id = document.record, document.id
        if not isinstance(member, Member) or member.state != "enrolled":
            continue
        begins = mandate_to_begin(document, today)
        if begins and document.path not in seconded:
            yield Task(
                end_of_day(begins),
                id,
                "mandate",
                f"the mandate of {id} begins on {begins}, or once a second coordinator has "
                "countersigned",
                coordinators,
                f'govkit countersign {id} --seen "WHAT I SAW" --key FILE',
            )
        last = max((each.until for each in member.terms if each.until), default=None)
        open_ended = any(each.until is None for each in member.terms)
        if last is not None and not open_ended and last >= today:
            what = f"the mandate of {id} ends on {last}"
            yield Task(
                end_of_day(last), id, "mandate", what, (id, *coordinators), f"govkit show {id}"
            )
        for key in member.keys:
            if key.until is not None and key.until >= today:
                yield Task(
                    end_of_day(key.until),
                    id,
                    "key",
                    f"the key {key.id} of {id} ends on {key.until}",
                    (id,),
                    f"govkit member key add {id} --file FILE.pub",
                )
