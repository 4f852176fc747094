"""`govkit release cut`: build a release and commit it as a candidate, to be signed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import require_likely_days, sure_option
from govkit.cli.foreword import foreword_in, foreword_option
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import number_of
from govkit.cli.release.requests import (
    DAY,
    branch_option,
    folder_of,
    folder_option,
    request_of,
    request_options,
    stop_lines,
    stops_as_json,
)
from govkit.cli.session import GivenDay, Progress, Session, days_given, now_in_utc, pass_session
from govkit.cli.several import words_of
from govkit.rendering.formats import FORMATS, RELEASED

if TYPE_CHECKING:
    from govkit.corpus.whole import Corpus
    from govkit.procedures.releases.cut import CutContext, CutRequest, ReleaseCandidate
    from govkit.records.releases import Manifest
    from govkit.release.plan import ReleasePlan
    from govkit.release.umbrella import UmbrellaPlan

_EPILOG = """Examples:
  govkit release cut provisions                 the version that the changes ask for
  govkit release cut provisions/2.0.0           a version that you name
  govkit release cut provisions --draft         the next draft, as 1.1.0-draft.2
  govkit release cut provisions --effective 2027-01-01
  govkit release cut provisions --commence MCP-DUE-03=2027-07-01
  govkit release cut provisions/1.1.0 --again   anew, without the signatures it has
  govkit release cut all/2026.1.0 --holds provisions/1.1.0 --holds recommendations/2.0.0
  govkit release cut provisions --dry-run       everything but building and writing

It builds every book and page first. Then one commit adds the manifest, the list of
records and SHA256SUMS below releases/. Nothing is public before `govkit release publish`.
How it ends: 0 cut, 1 something stops it, 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@click.argument("asked", metavar="BOOK[/VERSION]")
@request_options
@click.option(
    "--effective",
    type=DAY,
    help="The day from which the texts apply. Default: the day of the release.",
)
@click.option(
    "--commence",
    multiple=True,
    metavar="ID=YYYY-MM-DD",
    help="One text applies from another day; may be given several times.",
)
@foreword_option
@click.option(
    "--formats",
    multiple=True,
    callback=words_of(tuple(FORMATS), "format"),
    metavar="FORMAT[,FORMAT]",
    help="In which formats books and pages are made. Default: those of the charter (formats); "
    f"where it names none, {', '.join(RELEASED)}.",
)
@click.option("--again", is_flag=True, help="Cut a candidate anew; its signatures go.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@folder_option
@branch_option
@sure_option
@format_option("text", "json")
@pass_session
def cut(
    session: Session,
    asked: str,
    next_: bool,
    draft: bool,
    dated: datetime.date | None,
    holds: tuple[str, ...],
    reissue: bool,
    now: datetime.datetime,
    effective: datetime.date | None,
    commence: tuple[str, ...],
    foreword: Path | None,
    formats: tuple[str, ...],
    again: bool,
    dry_run: bool,
    folder: Path | None,
    branch: str,
    format_: str,
) -> int:
    """Build a release and commit it as a candidate, to be signed."""
    from govkit.procedures.log.filing import Stamp, writing
    from govkit.procedures.releases import cut as cutting

    request = request_of(
        asked,
        now,
        next_=next_,
        draft=draft,
        dated=dated,
        holds=holds,
        reissue=reissue,
        effective=effective,
        commence=commence,
    )
    root = session.workspace_root()
    words = foreword_in(foreword)
    with writing(root, Stamp(now, now_in_utc())):
        state = cutting.open_head(root, branch)
        _require_likely(state.workspace.corpus, request, now)
        made = formats or _usual_formats(state.workspace.corpus)
        way = cutting.CutContext(made, folder_of(root, folder), words, again, branch)
        plan = cutting.plan_release(state, request, now)
        if plan.stops:
            return _stopped(plan, format_)
        manifest = cutting.prepare_manifest(state, plan, request, way)
        if dry_run:
            return _would(plan, manifest, way, format_)
        with Progress("Making") as progress:
            done = cutting.cut(state, plan, manifest, way, now, progress.making)
    _say(done, format_)
    return 0


def _usual_formats(corpus: Corpus) -> tuple[str, ...]:
    """Return the formats of a release where nobody names any: those of the charter, if it does."""
    named = corpus.charter.formats if corpus.charter is not None else ()
    return tuple(format for format in FORMATS if format in named) or RELEASED


def _require_likely(corpus: Corpus, request: CutRequest, now: datetime.datetime) -> None:
    """Ask about a day whose year is plainly wrong; raises as `require_likely_days`."""
    commencing = [
        GivenDay(f"--commence {id}", day, "lasting") for id, day in request.dates.commence.items()
    ]
    require_likely_days(corpus, now, [*days_given(), *commencing])


def _stopped(plan: ReleasePlan | UmbrellaPlan, format_: str) -> int:
    if format_ == "json":
        _print({"release": str(plan.name), "cut": False, "stops": stops_as_json(plan)})
        return 1
    for line in stop_lines(plan):
        click.echo(line, err=True)
    click.echo("Nothing was changed.", err=True)
    return 1


def _would(
    plan: ReleasePlan | UmbrellaPlan, manifest: Manifest, way: CutContext, format_: str
) -> int:

    if format_ == "json":
        _print(
            {
                "release": str(plan.name),
                "cut": False,
                "dry_run": True,
                "artefacts": list(manifest.artefacts),
                "stops": stops_as_json(plan),
            }
        )
        return 0
    click.echo(f"Would cut {plan.name}, dated {manifest.dated}:")
    click.echo(f"  {plan.name.folder}/ with manifest.yaml, RECORDS and SHA256SUMS, in one commit")
    click.echo(
        f"  {way.folder}/{plan.name}/ with {number_of(len(manifest.artefacts), 'file')}: "
        f"{', '.join(manifest.artefacts)}"
    )
    for line in stop_lines(plan):
        click.echo(line)
    click.echo("Nothing was written.")
    return 0


def _say(done: ReleaseCandidate, format_: str) -> None:
    name, manifest = done.plan.name, done.manifest
    if format_ == "json":
        from govkit.release.contents import digest_of_bytes

        _print(
            {
                "release": str(name),
                "cut": True,
                "commit": done.commit,
                "folder": str(done.folder),
                "sums": digest_of_bytes(done.sums),
                "threshold": manifest.threshold,
                "artefacts": list(manifest.artefacts),
                "stops": stops_as_json(done.plan),
            }
        )
        return
    for line in stop_lines(done.plan):
        click.echo(line, err=True)
    click.echo(f"Cut {name} as a candidate, in the commit {done.commit[:12]}.")
    click.echo(f"Its files are in {done.folder}. Look at them before anybody signs.")
    if len(manifest.coordinators) < manifest.threshold:
        click.echo("There are too few coordinators to sign it, so it can be shown, not published.")
        return
    click.echo(
        f"{manifest.threshold} of {len(manifest.coordinators)} coordinators sign it next: "
        f"govkit release sign {name} --key FILE"
    )


def _print(answer: dict[str, Any]) -> None:
    say_json({"version": 1, **answer})
