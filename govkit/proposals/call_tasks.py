"""What is to be done about calls for inputs that nobody has closed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.corpus.whole import Corpus
from govkit.log.coordinators import coordinators_of
from govkit.proposals.call_inputs import counted_inputs, inputs_of, inputs_until
from govkit.proposals.task import Task
from govkit.records.calls import Call


def calls_to_close(corpus: Corpus, now: datetime.datetime) -> Iterator[Task]:
    """Yield the task of closing each call whose time is over."""
    for document in corpus.of_kind("call"):
        call, id = document.record, document.id.removeprefix("calls/")
        if not isinstance(call, Call) or call.closed is not None or now < inputs_until(call):
            continue
        came = counted_inputs(inputs_of(corpus, id))
        yield Task(
            None,
            id,
            "step",
            f"call {id}: the time for inputs is over, with {came}; file what is missing, then "
            "close it",
            coordinators_of(corpus),
            f"govkit call close --call {id}",
        )
