"""`govkit release plan`: what a release would hold, what stops it, and which version it has."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.words import number_of, visible
from govkit.cli.release.requests import request_of, request_options, stop_lines, stops_as_json
from govkit.cli.session import Session, pass_session

if TYPE_CHECKING:
    from govkit.corpus.changes.values import Change
    from govkit.release.plan import PlannedText, ReleasePlan
    from govkit.release.umbrella import UmbrellaPlan

_EPILOG = """Examples:
  govkit release plan provisions               the version that the changes ask for
  govkit release plan provisions/2.0.0         a version that you name
  govkit release plan provisions --draft       the next draft
  govkit release plan all                      a release of several books
  govkit release plan provisions --format json

It reads what is committed, and writes nothing.
How it ends: 0 it can be cut, 1 something stops it, 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@click.argument("asked", metavar="BOOK[/VERSION]")
@request_options
@format_option("text", "json")
@pass_session
def plan(
    session: Session,
    asked: str,
    next_: bool,
    draft: bool,
    dated: datetime.date | None,
    holds: tuple[str, ...],
    reissue: bool,
    now: datetime.datetime,
    format_: str,
) -> int:
    """Say what a release would hold, what stops it, and which version it has."""
    from govkit.procedures.releases.cut import plan_release
    from govkit.workspace.releases.signers import founding_waits_for, read_head

    request = request_of(
        asked, now, next_=next_, draft=draft, dated=dated, holds=holds, reissue=reissue
    )
    state, differing = read_head(session.workspace_root())
    found = plan_release(state, request, now)
    waiting = founding_waits_for(state)
    if format_ == "json":
        say_json(_as_json(found, differing, waiting))
    else:
        echo("\n".join(_lines(found, differing, waiting)).split("\n"))
    return 1 if found.stops else 0


# --- for people -----------------------------------------------------------------------------------


def _lines(
    plan: ReleasePlan | UmbrellaPlan, differing: list[str], waiting: tuple[str, ...]
) -> Iterator[str]:
    from govkit.release.umbrella import UmbrellaPlan

    yield click.style(f"{plan.name}  {visible(plan.title)}", bold=True)
    yield f"Dated {plan.dated}. {_since(plan)}"
    yield from _version(plan)
    yield ""
    if isinstance(plan, UmbrellaPlan):
        yield "It holds:" if plan.holds else "It holds nothing."
        yield from (f"- {held.instrument} {held.version}" for held in plan.holds)
    else:
        yield from _texts(plan)
    if differing:
        yield ""
        yield click.style(
            f"note: {number_of(len(differing), 'file')} in the folder "
            f"{'is' if len(differing) == 1 else 'are'} not committed, as {visible(differing[0])}. "
            "A release is made from what is committed.",
            fg="yellow",
        )
    if waiting:
        yield ""
        yield click.style(
            f"note: the founding is not signed yet by {', '.join(waiting)}. It has to be before a "
            "release is published: `govkit found --sign --key FILE`.",
            fg="yellow",
        )
    yield ""
    yield from stop_lines(plan)
    if not plan.stops:
        yield click.style(f"It can be cut: govkit release cut {plan.name}", fg="green")


def _since(plan: ReleasePlan | UmbrellaPlan) -> str:
    if plan.since is None:
        return "Only drafts came before, if anything."
    words = f"The last release is {plan.since.version}, of {plan.since.manifest.dated}."
    other = plan.compared_with
    if other is not None and other.version != plan.since.version:
        words += f" Notes compare with {other.version}."
    return words


def _version(plan: ReleasePlan | UmbrellaPlan) -> Iterator[str]:
    from govkit.release.umbrella import UmbrellaPlan

    rule = plan.rule
    if rule.last is None:
        yield f"Version: the first one may have any number; {rule.next()} is usual."
        return
    if rule.calendar:
        yield f"Version: by the charter it is the day, {rule.next()}."
        return
    by = "" if isinstance(plan, UmbrellaPlan) else f" ({plan.bump})"
    asks = "no more than the last number" if rule.asked == "none" else f"a {rule.asked} release"
    yield f"Version: the changes ask for {asks}, {rule.next()}{by}."
    if isinstance(plan, UmbrellaPlan):
        return
    for change in plan.asking[:5]:
        yield f"  because of {change.id}: {_class(change)}"
    if len(plan.asking) > 5:
        yield f"  and {len(plan.asking) - 5} more"


def _class(change: Change) -> str:
    from govkit.corpus.changes.values import CLASS_NAMES

    if change.unanswered:
        return f"class {change.class_} or higher (not answered)"
    return f"class {change.class_} ({CLASS_NAMES[change.class_]})"


def _texts(plan: ReleasePlan) -> Iterator[str]:
    from govkit.cli.printing.table import table

    rows = [
        (
            unit.id,
            (unit.digest or "none").removeprefix("sha256:")[:12],
            _adopted(unit),
            _class(unit.change) if unit.change else "new" if plan.changes is None else "same",
            unit.title,
        )
        for unit in plan.units
    ]
    yield table(("ID", "DIGEST", "ADOPTED BY", "CHANGE", "TITLE"), rows).rstrip("\n")
    for change in plan.removed:
        yield f"No longer in it: {change.id}"


def _adopted(unit: PlannedText) -> str:
    if unit.adoption is not None and unit.adoption.after is None:
        return f"withdrawn by {unit.adoption.by}"
    if unit.adoption is not None:
        return unit.adoption.by or "taken over"
    return "with texts" if unit.kind == "term" else "nobody"


# --- for programs ---------------------------------------------------------------------------------


def _as_json(
    plan: ReleasePlan | UmbrellaPlan, differing: list[str], waiting: tuple[str, ...]
) -> dict[str, Any]:
    from govkit.release.umbrella import UmbrellaPlan

    answer: dict[str, Any] = {
        "version": 1,
        "release": str(plan.name),
        "title": plan.title,
        "dated": str(plan.dated),
        "last": str(plan.since.version) if plan.since else None,
        "compared_with": str(plan.compared_with.version) if plan.compared_with else None,
        "asks": {"bump": plan.rule.asked, "version": str(plan.rule.next()), "by": plan.rule.by},
        "not_committed": differing,
        "founding_not_signed_by": list(waiting),
        "stopped": bool(plan.stops),
        "stops": stops_as_json(plan),
    }
    if isinstance(plan, UmbrellaPlan):
        holds = [{"instrument": h.instrument, "version": h.version} for h in plan.holds]
        return answer | {"holds": holds}
    answer["asks"] |= {"rule": plan.bump, "because": [change.id for change in plan.asking]}
    answer["texts"] = [
        {
            "id": unit.id,
            "kind": unit.kind,
            "title": unit.title,
            "status": unit.status,
            "digest": unit.digest,
            "adopted_by": unit.adoption.path if unit.adoption else None,
            "class": unit.change.class_ if unit.change else None,
        }
        for unit in plan.units
    ]
    answer["removed"] = [change.id for change in plan.removed]
    return answer
