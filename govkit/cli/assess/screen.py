"""`govkit assess screen`: the passages of a whole archive that may speak of each clause."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.output import folder_named, format_option, say_json
from govkit.cli.printing.words import number_of
from govkit.cli.session import DayType, Progress, Session, pass_session
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.assessment.archive import ArchiveVersion
    from govkit.procedures.assessment.screening import Mapped

_FORMATS = ("parquet", "csv", "jsonl")
_EPILOG = """Examples:
  govkit assess screen ../contrib-versions -o screened
  govkit assess screen ../pga-versions EXA-DUE-01 "EXA-DUE-02(b)" -o screened --tables csv
  govkit assess screen ../pga-versions -o screened --service Bluesky --since 2026-01-01
  govkit assess screen ../contrib-versions -o screened --scheduler tcp://10.0.0.5:8786

ARCHIVE is a checkout of an Open Terms Archive repository whose name ends with -versions; all its
versions are read out of git, and nothing is checked out or run. For each clause that binds, the
passages that share most with its words are marked, with the words by which they were found and
those by which they deny. Nothing is answered: it says where to look, in which version.

The folder holds `snapshots` (each version, with what it is: terms, an empty page, a banner, another
language) and `marks`, in parts. What was killed goes on with the same command. The result is the
same however many work on it. Over a cluster, name a scheduler of your own: it runs what it is sent.
It needs: pip install 'coalition-govkit[assess,screen]', and for a cluster [dask].
"""


@click.command(epilog=_EPILOG)
@click.argument("archive", type=click.Path(path_type=Path))
@click.argument("clauses", nargs=-1, metavar="[CLAUSE]...")
@click.option(
    "-o",
    "--output",
    "folder",
    default="dist/screened",
    show_default=True,
    metavar="PATH",
    callback=folder_named,
    help="The folder for what is found: a new one, or one to go on with.",
)
@click.option(
    "--tables",
    type=click.Choice(_FORMATS),
    default="parquet",
    show_default=True,
    help="How the tables are written.",
)
@click.option("--service", "services", multiple=True, metavar="NAME", help="Only this service.")
@click.option("--terms-type", "types", multiple=True, metavar="TYPE", help="Only these terms.")
@click.option("--since", "first", type=DayType(), help="Only versions of this day or later.")
@click.option("--until", "last", type=DayType(), help="Only versions of this day or earlier.")
@click.option(
    "--passages",
    "most",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    metavar="N",
    help="Passages of a version that are marked for a clause.",
)
@click.option(
    "--least",
    type=click.FloatRange(0),
    default=6.0,
    show_default=True,
    metavar="SCORE",
    help="The score from which on a passage is marked.",
)
@click.option(
    "--language",
    default="en",
    show_default=True,
    metavar="LANGUAGE",
    help="What the terms are written in; others are counted, and not searched.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Processes that work at once. Default: one for each core.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Work on a Dask cluster, as tcp://HOST:8786.")
@format_option("text", "json")
@pass_session
def screen(
    session: Session,
    archive: Path,
    clauses: tuple[str, ...],
    folder: Path,
    tables: str,
    services: tuple[str, ...],
    types: tuple[str, ...],
    first: datetime.date | None,
    last: datetime.date | None,
    most: int,
    least: float,
    language: str,
    jobs: int | None,
    scheduler: str | None,
    format_: str,
) -> None:
    """Mark in a whole archive of terms the passages that may speak of each clause."""
    from govkit.assessment.screening import Screen
    from govkit.assessment.searching import require_search
    from govkit.assessment.suggestions import questions_about
    from govkit.procedures.assessment.archives import versions_of_archive
    from govkit.procedures.assessment.screening import Screening
    from govkit.procedures.assessment.screening_tables import require_parquet

    if tables == "parquet":
        require_parquet()
    require_search()
    mapped = _way(jobs, scheduler)
    questions = questions_about(session.workspace().corpus, clauses)
    versions = [
        each
        for each in versions_of_archive(archive)
        if _is_wanted(each, services, types)
        and (first is None or each.day >= first.isoformat())
        and (last is None or each.day <= last.isoformat())
    ]
    if not versions:
        raise WrongUse(
            "the archive has no such version",
            "Leave out --service, --terms-type, --since or --until, or look at how they are "
            "written: `git log --name-only` in the archive.",
        )
    screening = Screening(
        archive, versions, Screen(questions, language, most, least), folder, tables
    )
    with Progress("Screening") as progress:
        screening.run(mapped, lambda done, of: progress.say(f"Screening: part {done} of {of}"))
    counts = screening.counts()
    marks = counts.pop("marks", 0)
    if format_ == "json":
        say_json({"version": 1, "folder": str(folder), "marks": marks, "snapshots": counts})
        return
    click.echo(
        f"{number_of(len(questions), 'clause')} looked for in "
        f"{number_of(len(versions), 'version')}: {number_of(marks, 'mark')}."
    )
    for state, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"{count:>8,}  {_STATES[state]}")
    click.echo(f"The tables are in {folder}.")


_STATES = {
    "terms": "searched",
    "empty": "with next to no words, not searched",
    "banner": "a banner about cookies, not searched",
    "failure": "an error page, not searched",
    "language": "in another language, not searched",
    "too-large": "far too large for terms, not read",
}


def _way(jobs: int | None, scheduler: str | None) -> Mapped:
    from govkit.cli.assess.ways import Cluster, Processes, here

    if scheduler is not None:
        if jobs is not None:
            raise WrongUse("--jobs is for this machine", "A cluster has the workers it has.")
        return Cluster(scheduler)
    count = jobs or os.cpu_count() or 1
    return Processes(count) if count > 1 else here


def _is_wanted(version: ArchiveVersion, services: tuple[str, ...], types: tuple[str, ...]) -> bool:
    return (not services or version.service in services) and (not types or version.type in types)
