"""`govkit adopt`: a platform takes provisions in, and gets its terms, cover sheet and statement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.asking import on_terminal
from govkit.cli.filled_in import say_mistakes
from govkit.cli.option_pairs import refuse_beside
from govkit.cli.output import files_option, formats_meant, write_files, write_output_file
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session
from govkit.cli.several import printed_option
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.adoption.platform_terms import PlatformAdoption

PROFILE = "profile.yaml"
"""The name of the profile that the answers of an interview give."""
_FORMATS = ("md", "html", "docx", "pdf")

_EPILOG = """Examples:
  govkit adopt --new-profile profile.yaml    a profile to fill in, each line explained
  govkit adopt                               asks, on a terminal, and writes the profile too
  govkit adopt --profile profile.yaml        terms, cover sheet and statement, into ./dist
  govkit adopt --profile profile.yaml --format docx,pdf
  govkit adopt --profile profile.yaml --release 1.0.0
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--profile", metavar="FILE", help="The file in which the platform says what it is and chooses."
)
@click.option(
    "--new-profile", metavar="PATH", help="Write a profile to fill in, and do nothing else."
)
@click.option(
    "--release",
    "version",
    metavar="VERSION",
    help="Take the words of this release. Default: the texts as they are in the folder.",
)
@printed_option(_FORMATS, "md,html,docx")
@files_option("output")
@pass_session
def adopt(
    session: Session,
    profile: str | None,
    new_profile: str | None,
    version: str | None,
    formats: tuple[str, ...],
    output: str,
) -> int:
    """Write a platform's own terms from provisions, and say what it took in."""
    if new_profile is not None:
        _write_profile(session, new_profile, beside=profile)
        return 0
    from govkit.adoption.choices import ProfileRefused
    from govkit.procedures.adoption.platform_terms import adopted_from, files_of
    from govkit.store.worktree import read_named
    from govkit.workspace.adopted import adoption_source

    if profile is None and not on_terminal():
        raise WrongUse(
            "--profile is needed here: the file in which the platform says what it is",
            "Begin one with: govkit adopt --new-profile profile.yaml",
        )
    source = adoption_source(session.workspace(), version)
    data = b"" if profile is None else read_named(Path(profile))
    try:
        if profile is None:
            from govkit.cli.adoption_interview import interviewed

            data = interviewed(source.corpus).encode()
        adopted = adopted_from(source.corpus, profile or PROFILE, data, source.edition)
    except ProfileRefused as refused:
        say_mistakes(refused, data, "profile")
        return 1
    formats = tuple(formats_meant(formats, _FORMATS, output))
    written = list(files_of(adopted, formats))
    if profile is None:
        written.append((PROFILE, data))
    write_files(output, written)
    _say_what_was_taken(adopted)
    return 0


def _write_profile(session: Session, target: str, *, beside: str | None) -> None:
    from govkit.procedures.adoption.new_profile import new_profile

    refuse_beside({"--profile": beside}, "--new-profile", "It writes a profile, and nothing else.")
    path = Path(target)
    if path.exists():
        raise WrongUse(f"{target} is there already", "Name another file, or move that one away.")
    write_output_file(path, new_profile(session.workspace().corpus).encode())
    click.echo(str(path))
    click.echo(f"Next: fill it in, then: govkit adopt --profile {visible(target)}")


def _say_what_was_taken(adopted: PlatformAdoption) -> None:
    terms = adopted.terms
    clauses = number_of(sum(1 for _ in terms.clauses()), "clause")
    provisions = number_of(len(terms.sections), "provision")
    click.echo(f"{provisions} with {clauses} taken in; {len(terms.choices.changed)} deviations.")
    chosen = [blank for blank in terms.blanks if blank.is_chosen]
    click.echo(f"{number_of(len(terms.blanks), 'blank')} filled in, {len(chosen)} by your choice.")
    if not adopted.edition.release:
        click.echo("note: these words are no release; they are a draft, and may still change.")
    click.echo(str(adopted.statement["notice"]))
