"""What a page says of itself to somebody who holds nothing else: licence, addresses, how to answer.

A page is copied, and the copy is all that its reader has. Everything here stands in the charter;
what it leaves out is left out, and nothing is made up.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from govkit.log.periods import last_day
from govkit.rendering.document import Fact
from govkit.rendering.holdings import Holdings
from govkit.rendering.printing import Printing
from govkit.rendering.spans import Span, Spans, Words, linked
from govkit.rendering.typography import curled
from govkit.round.rounds import Round
from govkit.round.states import OPEN_FOR_POSITIONS, open_dockets, state_of


def facts_for_readers(holdings: Holdings, printing: Printing, day: str | None) -> Iterator[Fact]:
    """Yield the lines of the front. `day` is that of the edition; None where the print has none."""
    said, charter = printing.messages, printing.corpus.charter
    if charter is None:
        return
    if charter.licence:
        yield Fact(said["book.licence"], (Words(curled(charter.licence)),))
    for name, address in (("home", charter.home), ("repository", charter.repository)):
        if address:
            yield Fact(said[f"book.{name}"], linked(address, address))
    sentences = [
        *_how(charter.intake.addresses, holdings, printing),
        *_until_when(holdings, printing, day),
    ]
    if sentences:
        yield Fact(said["book.comments"], _in_a_row(sentences))


def _how(addresses: Sequence[str], holdings: Holdings, printing: Printing) -> Iterator[Spans]:
    if not addresses:
        return
    contact = addresses[0]
    ids = [text.id for text in holdings.texts.values() if text is not None]
    example = f"{ids[0]}(a)" if ids else holdings.head.id
    before, after = printing.messages.say("book.comment-how", contact="\0", example=example).split(
        "\0"
    )
    yield (Words(before), *linked(f"mailto:{contact}", contact), Words(after))


def _until_when(holdings: Holdings, printing: Printing, day: str | None) -> Iterator[Spans]:
    """Yield a sentence for each proposal about these texts that takes comments on that day.

    A print of a release has none: it outlives every date for comments.
    """
    if day is None or printing.release is not None:
        return
    evening = datetime.datetime.combine(
        datetime.date.fromisoformat(day), datetime.time(23, 59, 59), datetime.UTC
    )
    ids = {holdings.head.id, *holdings.texts}
    said = printing.messages
    for docket in open_dockets(printing.corpus, evening):
        units = docket.revision.units if docket.revision else ()
        is_open = state_of(docket, evening).name in OPEN_FOR_POSITIONS
        if not is_open or not any(unit.id in ids for unit in units):
            continue
        dates = Round(docket, evening).dates
        until = said.date(last_day(dates.closes or dates.comment_until).isoformat())
        yield (Words(said.say("book.comment-until", proposal=docket.proposal.id, day=until)),)


def _in_a_row(sentences: list[Spans]) -> Spans:
    spans: list[Span] = []
    for sentence in sentences:
        spans += [Words(" "), *sentence] if spans else sentence
    return tuple(spans)
