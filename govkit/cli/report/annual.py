"""`govkit report annual`: the yearly report of a dynamic coalition."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from govkit.cli.foreword import foreword_in, foreword_option
from govkit.cli.output import files_option, formats_meant, write_files
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.several import printed_option
from govkit.cli.unread import say_unread
from govkit.errors import GovkitError
from govkit.rendering.formats import written

_FORMATS = ("md", "html", "pdf")

_EPILOG = """Examples:
  govkit report annual                           this year so far, as Markdown and PDF, into ./dist
  govkit report annual --year 2025               a year that is over
  govkit report annual --year 2025 --format pdf -o report.pdf
  govkit report annual --year 2025 --foreword foreword.md

Meetings, consultations, releases, decisions with dissent, members by group and region, registers,
plans: every figure is counted from the records, and none can be typed. A foreword in your own words
may stand before them, as Markdown.
"""


@click.command("annual", epilog=_EPILOG)
@click.option(
    "--year",
    type=click.IntRange(1, 9999),
    help="The year to report on. Default: the current one, so far.",
)
@foreword_option
@printed_option(_FORMATS, "md,pdf")
@files_option("output")
@now_option
@pass_session
def annual(
    session: Session,
    year: int | None,
    foreword: Path | None,
    formats: tuple[str, ...],
    output: str,
    now: datetime.datetime | None,
) -> None:
    """Print the yearly report to the IGF Secretariat, from the records alone."""
    from govkit.release.coalition_year import coalition_year
    from govkit.rendering.annual_report import annual_report

    formats = tuple(formats_meant(formats, _FORMATS, output))
    moment = now or now_in_utc()
    corpus = session.workspace().corpus
    if corpus.charter is None:
        raise GovkitError("the charter can't be read", "`govkit check` says why.")
    say_unread(corpus)
    found = coalition_year(corpus, year or moment.year, moment)
    words = (foreword_in(foreword) or b"").decode()
    document = annual_report(corpus, corpus.charter, found, words)
    name = f"annual-report-{found.year}"
    write_files(output, [(f"{name}.{each}", written(document, each)) for each in formats])
