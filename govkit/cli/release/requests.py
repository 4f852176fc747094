"""What a person says about a release on the command line, shared by `plan` and `cut`."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.option_pairs import refuse_beside
from govkit.cli.output import folder_named, with_all
from govkit.cli.printing.screen import width, wrapped
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import now_option
from govkit.cli.session import DayType, day_of, now_in_utc
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.releases.cut import CutRequest
    from govkit.release.blockers import ReleaseBlocker
    from govkit.release.manifest import ReleaseName
    from govkit.release.plan import ReleasePlan
    from govkit.release.umbrella import UmbrellaPlan

DAY = DayType("lasting")

branch_option = click.option(
    "--branch",
    default="main",
    show_default=True,
    metavar="NAME",
    help="The branch on which releases are made.",
)
folder_option = click.option(
    "-o",
    "--output",
    "folder",
    callback=folder_named,
    metavar="DIR",
    help="The folder to put the files in, as DIR/provisions/1.1.0. Default: dist of the top "
    "folder.",
)


def request_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what `request_of` takes, and `now`."""

    @functools.wraps(command)
    def with_request(*args: Any, now: datetime.datetime | None, **more: Any) -> Any:
        return command(*args, now=now or now_in_utc(), **more)

    return with_all(
        click.option(
            "--next",
            "next_",
            is_flag=True,
            help="The version that the changes ask for; so it is where none is named.",
        ),
        click.option("--draft", is_flag=True, help="The next draft, as 1.1.0-draft.2."),
        click.option(
            "--dated",
            type=DAY,
            help="The day of the release, on every page. Default: today in UTC.",
        ),
        click.option(
            "--holds",
            multiple=True,
            metavar="RELEASE",
            help="For `all`: a release that it holds, as provisions/1.1.0. Default: the "
            "newest of each book.",
        ),
        click.option(
            "--reissue",
            is_flag=True,
            help="The same texts again, with the last number raised, as with new fonts.",
        ),
        now_option,
    )(with_request)


def request_of(
    asked: str,
    now: datetime.datetime,
    *,
    next_: bool,
    draft: bool,
    dated: datetime.date | None,
    holds: Sequence[str] = (),
    reissue: bool = False,
    effective: datetime.date | None = None,
    commence: Sequence[str] = (),
) -> CutRequest:
    """Return the request that the words of a person say: a book, or a book with a version."""
    from govkit.procedures.releases.cut import CutRequest
    from govkit.release.contents import EffectiveDates
    from govkit.release.manifest import name_of

    version, book = None, asked
    if next_:
        refuse_beside({"--draft": draft}, "--next", "A draft is of the next version anyway.")
    if "/" in asked:
        book, version = name_of(asked)
        if next_ or draft:
            raise WrongUse(
                f"{asked} names a version, and {'--next' if next_ else '--draft'} asks for another",
                f"Leave one of the two out: govkit release cut {book} "
                f"{'--draft' if draft else ''}".strip(),
            )
    return CutRequest(
        book,
        version,
        draft,
        dated or now.date(),
        EffectiveDates(effective, _days_of(commence)),
        tuple(map(name_of, holds)),
        reissue,
    )


def _days_of(commence: Sequence[str]) -> dict[str, datetime.date]:
    days: dict[str, datetime.date] = {}
    for id, day in map(_commencing, commence):
        if days.setdefault(id, day) != day:
            raise WrongUse(
                f"--commence gives two days for {id}: {days[id]} and {day}",
                "Give the one that is right.",
            )
    return days


def _commencing(said: str) -> tuple[str, datetime.date]:
    id, equals, day = said.partition("=")
    try:
        if id and equals:
            return id, day_of(day)
    except ValueError:
        pass
    raise WrongUse(
        f"--commence {said} names no text with a day", "Write it as EXA-DUE-01=2027-01-31."
    )


def folder_of(root: Path, asked: Path | None) -> Path:
    """Return where printed files go; a person names a folder from where they are."""
    return Path(os.path.realpath(asked)) if asked is not None else root / "dist"


def stops_as_json(plan: ReleasePlan | UmbrellaPlan) -> list[dict[str, Any]]:
    """Return what is in the way, for programs."""
    return [
        {
            "kind": stop.kind,
            "message": stop.message,
            "help": stop.help,
            "id": stop.id or None,
            "stops_this": stop in plan.stops,
        }
        for stop in plan.all_stops
    ]


def stop_lines(plan: ReleasePlan | UmbrellaPlan) -> Iterable[str]:
    """Yield what stops a release, and what will stop the version that a draft is of."""

    if plan.stops:
        yield click.style(
            f"{number_of(len(plan.stops), 'thing')} {'stops' if len(plan.stops) == 1 else 'stop'} "
            f"{plan.name}:",
            fg="red",
            bold=True,
        )
        yield from _each(plan.stops)
    if plan.later:
        yield click.style(
            f"The draft goes on. {number_of(len(plan.later), 'thing')} will stop "
            f"{plan.name.version.final} itself:",
            fg="yellow",
            bold=True,
        )
        yield from _each(plan.later)


_WIDTH = 88
_FEW = 5
"""So many texts without consent are told one by one; more of them are told together."""


def _each(stops: Iterable[ReleaseBlocker]) -> Iterable[str]:

    last = None
    for stop in _folded(list(stops)):
        yield from _wrapped(f"- {visible(stop.message)}")
        if stop.help and stop.help != last:
            for line in _wrapped(f"  {visible(stop.help)}"):
                yield click.style(line, fg="cyan")
        last = stop.help


def _wrapped(words: str) -> list[str]:
    return wrapped(words, width(_WIDTH), "" if words[0] == "-" else "  ", "  ")


def _folded(stops: list[ReleaseBlocker]) -> list[ReleaseBlocker]:
    """Return the stops, many texts that are drafts as one."""
    drafts = [stop for stop in stops if stop.message.endswith("it is draft")]
    if len(drafts) <= _FEW:
        return stops
    ids = ", ".join(stop.id for stop in drafts)
    said = f"{len(drafts)} texts are drafts, and nobody has adopted their words: {ids}"
    first = stops.index(drafts[0])
    rest = [stop for stop in stops[first:] if stop not in drafts]
    return [*stops[:first], drafts[0]._replace(message=said), *rest]


def name_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the name of a release, as `ReleaseName`."""
    return click.argument("name", metavar="RELEASE", callback=_name)(function)


def _name(ctx: click.Context, param: click.Parameter, value: str) -> ReleaseName:
    from govkit.release.manifest import name_of

    return name_of(value)
