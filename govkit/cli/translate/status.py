"""`govkit translate status`: how far the translations are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, pass_session

if TYPE_CHECKING:
    from govkit.corpus.translations import Standing
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit translate status                        a line for each language
  govkit translate status --language fr          a line for each text
  govkit translate status principles --language fr
  govkit translate status PRN-04 --language fr   its clauses; of what is behind, what changed
  govkit translate status --format json

A clause is behind where its original changed since it was translated; what changed is shown from
the history. Nothing waits for a translation: the original alone decides.
"""
_OF_TEXTS = ("reviewed", "unreviewed", "incomplete", "behind", "missing")


@click.command(epilog=_EPILOG)
@click.argument("ids", metavar="[ID|BOOK]...", nargs=-1)
@click.option("--language", metavar="LANGUAGE", help="Only this language.")
@format_option("text", "json")
@pass_session
def status(session: Session, ids: tuple[str, ...], language: str | None, format_: str) -> None:
    """Say how far each translation is: current, behind, missing, reviewed or not."""
    from govkit.cli.translate.asked import language_meant, texts_meant
    from govkit.corpus.translations import languages_of, standing_of

    workspace = session.workspace()
    languages = languages_of(workspace.corpus)
    if language is not None:
        languages = (language_meant(workspace.corpus, language),)
    texts = texts_meant(session, workspace, ids)
    found = {
        each: [standing_of(workspace.corpus, text, each) for text in texts] for each in languages
    }
    if format_ == "json":
        say_json(_data(workspace, found, earlier=bool(ids)))
    elif not languages:
        click.echo("The charter names no language to translate into (`languages`).")
    elif language is None and len(ids) != 1:
        _echo_languages(workspace, found)
    elif len(texts) == 1:
        for several in found.values():
            _echo_clauses(workspace, several[0])
    else:
        for several in found.values():
            _echo_texts(several)


def _echo_languages(workspace: Workspace, found: dict[str, list[Standing]]) -> None:
    from govkit.cli.printing.table import table

    head = ("LANGUAGE", *(state.upper() for state in _OF_TEXTS), "CLAUSES CURRENT")
    rows = []
    for language, several in found.items():
        states = Counter(each.state for each in several)
        clauses = Counter[str]()
        for each in several:
            clauses.update(each.counts)
        done = f"{clauses['current']:,} of {clauses.total():,}"
        rows.append((language, *(f"{states[state]:,}" for state in _OF_TEXTS), done))
    click.echo(table(head, rows), nl=False)
    click.echo(f"Counted are texts. What decides is in `{workspace.corpus.language}`.")


def _echo_texts(several: Sequence[Standing]) -> None:
    from govkit.cli.printing.table import table
    from govkit.corpus.translations import STATES

    there = [each for each in several if each.record is not None]
    head = ("TEXT", "STATE", *(state.upper() for state in STATES), "TRANSLATED BY", "REVIEWED BY")
    rows = [
        (
            each.original.id,
            each.state,
            *(f"{each.counts[state]:,}" for state in STATES),
            visible((each.record and each.record.translated_by) or "-"),
            (each.record and each.record.reviewed_by) or "-",
        )
        for each in there
    ]
    if rows:
        click.echo(table(head, rows), nl=False)
    left = len(several) - len(there)
    named = f"{left:,} texts have" if left != 1 else "1 text has"
    click.echo(f"{several[0].language}: {len(there):,} translations; {named} none.")


def _echo_clauses(workspace: Workspace, standing: Standing) -> None:
    from govkit.cli.printing.redline import redline_as_text
    from govkit.corpus.redline.compare import redline
    from govkit.workspace.translated_from import earlier_words

    record, id = standing.record, standing.original.id
    click.echo(f"{id} in {standing.language}: {standing.state}")
    if record is None:
        click.echo(f"Next: govkit translate new {standing.language} {id}")
        return
    by = visible(record.translated_by or "nobody answers for it")
    click.echo(f"Translated by: {by}. Reviewed by: {record.reviewed_by or 'nobody'}.")
    if standing.is_title_behind:
        click.echo("Beside clauses: its title, a blank, a source or a definition may have changed.")
    before = earlier_words(workspace.root, standing)
    for each in standing.clauses:
        click.echo(f"  {f'({each.id})' if each.id else 'definition'}  {each.state}")
        if each.state != "behind":
            continue
        if each.id in before:
            words = ("\n\n".join(before[each.id].all), "\n\n".join(each.original.all))
            echo(redline_as_text(redline(*words), indent="      ").splitlines())
        else:
            click.echo("      No commit has the words that it was made from.")
    for extra in standing.extra:
        click.echo(f"  ({extra})  the original has no such clause (any more)")


def _data(
    workspace: Workspace, found: dict[str, list[Standing]], *, earlier: bool
) -> dict[str, Any]:
    return {
        "version": 1,
        "prevails": workspace.corpus.language,
        "languages": {
            language: [_of_text(workspace, each, earlier=earlier) for each in several]
            for language, several in found.items()
        },
    }


def _of_text(workspace: Workspace, standing: Standing, *, earlier: bool) -> dict[str, Any]:
    from govkit.corpus.redline.compare import redline
    from govkit.corpus.redline.operations import plain
    from govkit.workspace.translated_from import earlier_words

    record = standing.record
    before = earlier_words(workspace.root, standing) if earlier else {}
    return {
        "id": standing.original.id,
        "state": standing.state,
        "counts": dict(standing.counts),
        "is_title_behind": standing.is_title_behind,
        "translated_by": record.translated_by if record else None,
        "reviewed_by": record.reviewed_by if record else None,
        "clauses": [
            {
                "id": each.id,
                "state": each.state,
                "digest": each.digest,
                "bound": each.bound or None,
                "change": plain(
                    redline("\n\n".join(before[each.id].all), "\n\n".join(each.original.all))
                )
                if each.id in before
                else None,
            }
            for each in standing.clauses
        ],
        "extra": list(standing.extra),
    }
