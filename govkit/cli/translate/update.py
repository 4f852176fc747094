"""`govkit translate update`: bring translations up to their originals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.texts.translations import TranslationUpdate

_EPILOG = """Examples:
  govkit translate update fr                       every French translation
  govkit translate update fr PRN-04
  govkit translate update fr --fits PRN-04.b       (b) was looked at, and still fits
  govkit translate update fr --fits PRN-04         the whole of it still fits

A clause that is current stays to the letter. Above one that is behind, the words that the original
has now are written as a comment; one that is missing is added, to be filled in.
"""


@click.command(epilog=_EPILOG)
@click.argument("language", metavar="LANGUAGE")
@click.argument("ids", metavar="[ID|BOOK]...", nargs=-1)
@click.option(
    "--fits",
    multiple=True,
    metavar="ID[.CLAUSE]",
    help="The translation of this clause, or text, fits the original as it is now.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@pass_session
def update(
    session: Session, language: str, ids: tuple[str, ...], fits: tuple[str, ...], dry_run: bool
) -> None:
    """Mark what is behind in translations, and add what is missing."""
    from govkit.cli.translate.asked import language_meant, texts_meant
    from govkit.procedures.texts.translations import bring_up

    workspace = session.workspace()
    language_meant(workspace.corpus, language)
    named = [*ids, *(each.partition(".")[0] for each in fits)]
    wanted = [text.id for text in texts_meant(session, workspace, named)] if named else []
    done = bring_up(workspace, language, wanted, fits, now_in_utc(), dry_run=dry_run)
    for typed in fits:
        _require_fit(typed, done)
    changed = [each for each in done if each.is_changed]
    for each in changed:
        click.echo(visible(each.path))
        behind = [f"({c.id})" for c in each.standing.clauses if c.state == "behind"]
        for words, several in (
            ("behind", [id for id in behind if id not in each.fits]),
            ("bound anew", list(each.fits)),
            ("added, to be filled in", [f"({id})" for id in each.added]),
        ):
            if several:
                click.echo(f"  {words}: {', '.join(several)}")
    would = "would change" if dry_run else "changed"
    click.echo(f"{len(done):,} looked at, {len(changed):,} {would}.")


def _require_fit(typed: str, done: Sequence[TranslationUpdate]) -> None:
    id, _, clause = typed.partition(".")
    found = next((each for each in done if each.standing.original.id == id), None)
    if found is None:
        raise WrongUse(f"there is no translation of `{id}`", "`govkit translate new` begins one.")
    if clause and found.standing.clause(clause) is None:
        raise WrongUse(f"{id} has no clause ({clause})", f"`govkit show {id}` shows its clauses.")
