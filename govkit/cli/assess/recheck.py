"""`govkit assess recheck`: quotations held against another version of the terms."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import DayType, Session, pass_session
from govkit.errors import GovkitError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govkit.assessment.new_passages import NewPassage
    from govkit.procedures.assessment.reading_sets import SetReading
    from govkit.procedures.assessment.rechecking import RecheckedQuote

_EPILOG = """Examples:
  govkit assess recheck assessments/kiosk/2026-01-31 --against assessments/kiosk/2026-06-30
  govkit assess recheck assessments/bluesky/2026-01-09 --against ../pga-versions
  govkit assess recheck assessments/bluesky/2026-01-09 --against ../pga-versions --date 2026-06-30

Each quotation of the codings is carried, for review, or lost, with the words that decide. One in
which a number, a negation or a word of force is another is never carried, nor one whose sentence
binds otherwise. Against an archive it also says in which version that happened, and whether the
platform changed its terms there or the archive its way to read them. Where the answer was `silent`
or `not-found-here`, a passage with a new sentence that is among the best five for the clause is for
review, too (this needs: pip install 'coalition-govkit[assess]'). Nothing is written.

How it ends: 0 all carried and nothing new, 1 something is for review or lost.
"""
_WHY = {
    "technical": "the archive reads the page in another way; the platform changed nothing there",
    "real": "the platform changed its terms",
    "first": "the first version of the archive",
    "unknown": "",
}


@click.command(epilog=_EPILOG)
@click.argument("folder", metavar="EVALUATION")
@click.option(
    "--against",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="A later evaluation of the service, or the checkout of an archive.",
)
@click.option("--date", "day", type=DayType(), help="Of an archive, the day. Default: the newest.")
@format_option("text", "json")
@pass_session
def recheck(
    session: Session, folder: str, against: Path, day: datetime.date | None, format_: str
) -> int:
    """Say which quotations still hold in another version of the terms."""
    from govkit.procedures.assessment.archives import versions_of_archive
    from govkit.procedures.assessment.reading_sets import quotes_in, read_set, unfound_in
    from govkit.procedures.assessment.rechecking import (
        canonical_version,
        newer_versions,
        recheck_quotes,
    )

    root = session.workspace().root
    old = read_set(root, folder)
    later = against.as_posix()
    if (root / later / "set.yaml").is_file():
        texts, rows, archive = read_set(root, later).texts, {}, None
    else:
        archive = against
        last = day.isoformat() if day else "9999"
        rows = newer_versions(old, versions_of_archive(against), last)
        texts = {
            id: canonical_version(against, rows[id][-1]) if rows.get(id) else text
            for id, text in old.texts.items()
        }
    found = recheck_quotes(quotes_in(root, old.folder), old, texts, rows, archive)
    unfound = unfound_in(root, old.folder)
    new = _new_passages(session, old, texts, [*unfound]) if unfound else []
    if format_ == "json":
        say_json([*map(_as_data, found), *map(_passage_as_data, new)])
    else:
        _say(found)
        _say_new(new, unfound)
    return 1 if new or any(each.found.outcome != "carried" for each in found) else 0


def _new_passages(
    session: Session, old: SetReading, texts: dict[str, str], asked: list[str]
) -> list[NewPassage]:
    """Return what is new for criteria for which nothing was found; none without the search."""
    from govkit.assessment.new_passages import new_passages
    from govkit.assessment.suggestions import clause_questions
    from govkit.procedures.assessment.reading_sets import quotes_of_others

    workspace = session.workspace()
    questions = [each for each in clause_questions(workspace.corpus) if each.clause in asked]
    others = quotes_of_others(workspace.root, old.folder)
    try:
        return new_passages(questions, others, old.texts, texts, old.language)
    except GovkitError as error:
        click.echo(f"New passages were not looked for: {error.message}. {error.hint}", err=True)
        return []


def _as_data(each: RecheckedQuote) -> dict[str, Any]:
    place = each.found.place
    return {
        "coder": each.of.coder,
        "criterion": each.of.criterion,
        "document": each.of.quote.document,
        "exact": each.of.quote.exact,
        "result": each.found.outcome,
        "because": each.found.because,
        "position": [place.start, place.end] if place else None,
        "against_commit": each.commit or None,
        "kind": each.kind,
    }


def _passage_as_data(each: NewPassage) -> dict[str, Any]:
    passage = each.found.found.passage
    return {
        "coder": None,
        "criterion": each.clause,
        "document": each.found.document,
        "exact": each.shown,
        "result": "new-passage",
        "because": f"new, and number {each.rank} of the passages for this clause",
        "position": [passage.start, passage.end],
        "against_commit": None,
        "kind": "unknown",
        "words": [*each.found.found.words],
        "denials": [*each.found.denials],
    }


def _say_new(new: Sequence[NewPassage], unfound: Mapping[str, Sequence[str]]) -> None:
    for each in new:
        row = each.found
        start, end = row.found.passage.start, row.found.passage.end
        click.echo(f"new      {each.clause}  answered {' and '.join(unfound[each.clause])}")
        click.echo(f"         “{visible(' '.join(each.shown.split()))}”")
        click.echo(f"         number {each.rank} for this clause, in {row.document} {start}-{end}")
        if row.denials:
            click.echo(f"         DENIES? it says: {visible(', '.join(row.denials[:6]))}")
    if new:
        click.echo(f"{number_of(len(new), 'new passage')} to read, where nothing was found before.")


def _say(found: list[RecheckedQuote]) -> None:
    for each in found:
        if each.found.outcome == "carried" and not each.found.because:
            continue
        click.echo(f"{each.found.outcome:<8} {each.of.criterion}  {each.of.coder}")
        click.echo(f"         “{visible(each.of.quote.exact)}”")
        if each.found.because:
            click.echo(f"         {visible(each.found.because)}")
        if each.commit:
            click.echo(f"         in {each.commit[:10]} of {each.day}: {_WHY[each.kind]}")
    counts = Counter(each.found.outcome for each in found)
    total = number_of(len(found), "quotation")
    click.echo(
        f"{total}: {counts['carried']} carried, {counts['review']} for review, "
        f"{counts['lost']} lost."
    )
