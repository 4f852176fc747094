"""What was promised, moved and kept: the cycle of 2014, with the slips that it really had."""

from __future__ import annotations

import datetime

from govkit.log.periods import end_of_day
from govkit.proposals.promises import plan, promises_of_call, promises_of_proposal
from govkit.records.calls import Call
from govkit.records.proposals import Revision
from tests.consent.building import Table, agreed, charter, day, policy, words


def noon(day: str) -> datetime.datetime:
    return end_of_day(datetime.date.fromisoformat(day))


def written(moment: datetime.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def call_of_2014(*moves: dict[str, object]) -> Call:
    return Call.model_validate(
        {
            "title": "A charter of platform responsibility",
            "asks": "What should stand in it?",
            "opened": "2014-09-20T12:00:00Z",
            "closes": written(noon("2014-10-10")),
            "plan": [
                {"step": "draft", "revision": 1, "by": "2014-10-30"},
                {"step": "comments", "revision": 1, "by": "2014-11-30"},
                {"step": "draft", "revision": 2, "by": "2014-12-10"},
                {"step": "decision", "revision": 2, "by": "2014-12-30"},
            ],
            "moves": list(moves),
        }
    )


def docket_of_2014() -> Table:
    """The first draft of 4 November with comments to the 30th, and the second of 26 December."""
    table = Table(units=())
    for number, (opened, until) in enumerate(
        (("2014-11-04", "2014-11-30"), ("2014-12-26", "2015-11-12")), 1
    ):
        record = Revision.model_validate(
            {
                "units": [],
                "change": words(str(number)),
                "code": "aaaa-bbbb",
                "opened": f"{opened}T15:00:00Z",
                "comment_until": written(noon(until)),
            }
        )
        table.file("revisions", f"rev-{number}", record, 0)
    return table


def shown(call: Call, table: Table | None, now: str) -> list[tuple[str, int, str, str]]:
    docket = table.docket() if table else None
    return [
        (each.step, each.revision, each.day.isoformat(), each.mark)
        for each in promises_of_call(call, docket, noon(now))
    ]


def test_the_cycle_of_2014_as_it_was_planned() -> None:
    assert shown(call_of_2014(), None, "2014-09-21") == [
        ("inputs", 1, "2014-10-10", "planned"),
        ("draft", 1, "2014-10-30", "planned"),
        ("comments", 1, "2014-11-30", "planned"),
        ("draft", 2, "2014-12-10", "planned"),
        ("decision", 2, "2014-12-30", "planned"),
    ]


def test_the_cycle_of_2014_as_it_went_with_no_slip_announced() -> None:
    assert shown(call_of_2014(), docket_of_2014(), "2015-01-31") == [
        ("inputs", 1, "2014-10-10", "kept"),
        ("draft", 1, "2014-10-30", "late"),
        ("comments", 1, "2014-11-30", "kept"),
        ("draft", 2, "2014-12-10", "late"),
        ("decision", 2, "2014-12-30", "missed"),
    ]


def test_a_date_that_passes_without_its_event_is_missed_until_it_is_moved() -> None:
    assert shown(call_of_2014(), None, "2014-10-30")[1] == ("draft", 1, "2014-10-30", "missed")
    moved = call_of_2014(
        {
            "step": "draft",
            "revision": 1,
            "to": "2014-11-05",
            "because": "Two inputs came late.",
            "announced": "2014-10-29T12:00:00Z",
        }
    )
    assert shown(moved, None, "2014-10-30")[1] == ("draft", 1, "2014-11-05", "planned")
    assert shown(moved, docket_of_2014(), "2014-11-06")[1] == ("draft", 1, "2014-11-05", "kept")
    draft = promises_of_call(moved, None, noon("2014-10-30"))[1]
    assert draft.first == noon("2014-10-30")
    assert [(move.before, move.to, move.because) for move in draft.moves] == [
        (noon("2014-10-30"), noon("2014-11-05"), "Two inputs came late.")
    ]


def test_a_proposal_promises_its_own_dates() -> None:
    table = agreed()
    table.notice("moved", 40, closes=50)
    [comments, call] = promises_of_proposal(table.docket(), day(45))
    assert (comments.step, comments.until, comments.mark) == ("comments", day(30), "kept")
    assert (call.step, call.first, call.until, call.mark) == (
        "last-call",
        day(44),
        day(50),
        "planned",
    )
    assert [(move.before, move.to) for move in call.moves] == [(day(44), day(50))]


def test_the_earliest_dates_of_a_cycle_leave_out_the_quiet_days() -> None:
    opened = noon("2026-11-30")
    dates = plan(policy(), opened, charter(quiet=("12-20/01-06",)).calendar.quiet)
    # 19 days to the 20th of December, the other 11 from the 7th of January.
    assert dates.comment_until == datetime.datetime(2027, 1, 18, 12, tzinfo=datetime.UTC)
    assert dates.closes == datetime.datetime(2027, 2, 1, 12, tzinfo=datetime.UTC)
    assert dates.decided == datetime.datetime(2027, 2, 8, 12, tzinfo=datetime.UTC)
