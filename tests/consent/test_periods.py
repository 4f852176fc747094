"""The clock of a proposal: days end everywhere, periods run, quiet days do not count."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.errors import GovkitError
from govkit.log.periods import after, days_of, end_of_day, last_day

CHRISTMAS = ("12-20/01-06",)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text + "+00:00")


def test_a_day_ends_when_it_has_ended_in_the_last_place_on_earth() -> None:
    assert end_of_day(datetime.date(2026, 4, 9)) == at("2026-04-10T12:00")
    assert last_day(at("2026-04-10T12:00")) == datetime.date(2026, 4, 9)
    assert last_day(at("2026-04-10T11:59")) == datetime.date(2026, 4, 8)


@pytest.mark.parametrize(
    ("begin", "period", "end"),
    [
        ("2026-03-10T12:00", "P30D", "2026-04-09T12:00"),
        ("2026-03-10T12:00", "P2W", "2026-03-24T12:00"),
        ("2026-01-31T12:00", "P1M", "2026-02-28T12:00"),
        ("2028-01-31T12:00", "P1M", "2028-02-29T12:00"),
        ("2028-02-29T12:00", "P1Y", "2029-02-28T12:00"),
        ("2026-11-30T12:00", "P3M", "2027-02-28T12:00"),
        ("2026-03-10T12:00", "P0D", "2026-03-10T12:00"),
    ],
)
def test_a_period_runs(begin: str, period: str, end: str) -> None:
    assert after(at(begin), period) == at(end)


@pytest.mark.parametrize(
    ("case", "begin", "period", "end"),
    [
        ("over before", "2026-12-01T12:00", "P14D", "2026-12-15T12:00"),
        ("over as it begins", "2026-12-06T00:00", "P14D", "2026-12-20T00:00"),
        ("runs into it", "2026-12-10T12:00", "P14D", "2027-01-11T12:00"),
        ("begins inside", "2026-12-25T09:00", "P1D", "2027-01-08T00:00"),
        ("begins inside, in January", "2027-01-02T09:00", "P1D", "2027-01-08T00:00"),
        ("over two winters", "2026-12-01T00:00", "P380D", "2028-01-21T00:00"),
    ],
)
def test_quiet_days_do_not_count(case: str, begin: str, period: str, end: str) -> None:
    # Over two winters: 19 days before the first, 347 between the two, 14 after the second.
    assert after(at(begin), period, CHRISTMAS) == at(end), case


def test_quiet_spans_may_overlap_and_come_in_any_order() -> None:
    quiet = ("08-10/08-20", "08-01/08-15", "02-30/02-30")
    assert after(at("2026-07-31T00:00"), "P2D", quiet) == at("2026-08-22T00:00")
    assert after(at("2026-02-27T00:00"), "P2D", quiet) == at("2026-03-02T00:00")


def test_a_year_without_any_other_day_is_refused_in_plain_words() -> None:
    with pytest.raises(GovkitError, match="fill the whole year"):
        after(at("2026-03-10T12:00"), "P1D", ("01-01/06-30", "07-01/12-31"))


@pytest.mark.parametrize("year", ["0001", "9699", "9999"])
def test_a_date_at_the_end_of_the_calendar_is_no_crash(year: str) -> None:
    for text in (f"{year}-01-01T00:00", f"{year}-12-31T23:59"):
        moment = at(text)
        assert after(moment, "P99Y", CHRISTMAS) >= after(moment, "P0D") >= at("0001-01-01T00:00")
        assert end_of_day(moment.date()) >= min(moment, at("9990-01-01T00:00"))
        assert last_day(moment).isoformat()[:2] == (year[:2] if year != "0001" else "00")


@given(
    st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2040, 1, 1)),
    st.integers(0, 400),
    st.lists(st.sampled_from(["12-20/01-06", "08-01/08-20", "05-01/05-01", "06-30/07-10"])),
)
def test_a_period_has_as_many_days_that_count_as_it_says(
    start: datetime.datetime, number: int, quiet: list[str]
) -> None:
    begin = start.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=datetime.UTC)
    end = after(begin, f"P{number}D", quiet)
    counted, now = 0, begin
    while now < end:
        counted += not any(_inside(now, each) for each in quiet)
        now += datetime.timedelta(days=1)
    assert counted == number == days_of(f"P{number}D", begin.date())


def _inside(now: datetime.datetime, each: str) -> bool:
    begin, end = each.split("/")
    today = now.strftime("%m-%d")
    return begin <= today <= end if begin <= end else today >= begin or today <= end
