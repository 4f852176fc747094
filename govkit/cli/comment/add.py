"""`govkit comment add`: file one comment that a person types in."""

from __future__ import annotations

import datetime
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from govkit.cli.asking import again_option, needed, require_again
from govkit.cli.comment.options import (
    NAME_SOMEBODY,
    anonymous_option,
    dry_run_option,
    proposal_option,
    received_option,
    who_options,
)
from govkit.cli.option_pairs import require_beside
from govkit.cli.output import formerly
from govkit.cli.registrar import Registrar, registrar_options
from govkit.errors import WrongUse
from govkit.records.enumerations import COMMENT_SOURCES, COMMENT_TYPES

_EPILOG = """Examples:
  govkit comment add --member example-society --unit EXA-DUE-01 --clause a \\
      --quote "at least 14 days" --text "This is too long for a small platform."
  govkit comment add --name "A. Example" --affiliation "Example University" \\
      --group academia --channel mail --received 2026-04-02T09:15Z --file words.txt
  govkit comment add --name "A. Example" --channel personal-mail --file mail.txt

The quoted words are looked for in the text as the revision proposes it. Capitals, kinds of
quotation marks, and the brackets around a blank make no difference. If the words are not
there, the nearest ones are shown, and the comment is kept without a place in the text.
Who is no member is named with --name: the record holds a commitment, and a file beside
it the name, which `govkit erase` takes out. Who asks for that gives no name: --anonymous.
A comment that came after the last day is kept and marked as late. What came in a personal
mail is not published before its author was asked: see `govkit comment publish`.
"""


@click.command(
    "add",
    epilog=_EPILOG,
    context_settings=formerly(source="channel", prefix="before", suffix="after"),
)
@who_options
@anonymous_option
@click.option(
    "--unit",
    metavar="ID",
    help="The text that it is about, as EXA-DUE-01; also a clause, as printed.",
)
@click.option("--clause", metavar="ID", help="The clause of that text, as a.")
@click.option("--quote", metavar="WORDS", help="The words that it is about, as they stand there.")
@click.option(
    "--before", "prefix", default="", metavar="WORDS", help="Words just before the quoted ones."
)
@click.option(
    "--after", "suffix", default="", metavar="WORDS", help="Words just after the quoted ones."
)
@click.option(
    "--anchored-by",
    type=click.Choice(["author", "coordinator"]),
    default="author",
    show_default=True,
    help="Who says what it is about.",
)
@click.option(
    "--type",
    type=click.Choice(COMMENT_TYPES),
    default="general",
    show_default=True,
    help="What kind of comment it is.",
)
@click.option("--challenge", is_flag=True, help="The author says that an editorial edit is none.")
@click.option("--text", metavar="WORDS", help="The words of the comment.")
@click.option(
    "--file",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="A file with its words; - reads them from the input.",
)
@click.option(
    "--proposed",
    "proposed_text",
    metavar="WORDS",
    help="The words that the author would like instead.",
)
@click.option("--revision", type=int, metavar="N", help="Which revision. Default: the current one.")
@click.option(
    "--channel",
    "source",
    type=click.Choice(COMMENT_SOURCES),
    default="form",
    show_default=True,
    help="How it came.",
)
@click.option("--message-id", metavar="<ID>", help="The Message-ID of the mail, in < and >.")
@click.option("--relayed-by", metavar="MEMBER", help="Who passed it on.")
@click.option(
    "--refers-to",
    multiple=True,
    metavar="WHAT",
    help="An earlier comment or position, as comments/0012.",
)
@again_option
@received_option
@proposal_option
@dry_run_option
@registrar_options
def add(
    registrar: Registrar,
    *,
    member: str | None,
    name: str | None,
    affiliation: str | None,
    group: str | None,
    anonymous: bool,
    text: str | None,
    file: Path | None,
    received: datetime.datetime | None,
    proposal: str | None,
    dry_run: bool,
    again: bool,
    **said: Any,
) -> None:
    """File one comment that you type in, or that stands in a file."""
    from govkit.cli.comment.desk import opened, words_of_file
    from govkit.consultation.drafting import CommentInput, author_of, draft_comment

    if text and file:
        raise WrongUse("--text and --file are both given", "Leave one of the two out.")
    if not said["quote"]:
        around = {"--before": said["prefix"], "--after": said["suffix"]}
        require_beside(around, "--quote", "Quote the words that it is about.")
    # Under the lock from the first look on, so that two at once do not both find nothing.
    with nullcontext() if dry_run else registrar.at_desk():
        desk = opened(registrar, proposal, received, dry_run)
        said |= _of_printed_code(said["unit"], said["clause"])
        author = author_of(desk.consultation, member, name, affiliation, group, anonymous)
        if author is None:
            raise WrongUse("nobody is named as the author", NAME_SOMEBODY)
        words = words_of_file(file) if file else needed(text, "--text", "the words of the comment")
        draft = draft_comment(desk.consultation, CommentInput(author=author, comment=words, **said))
        # What is kept from the public can't be compared: only its digest is here.
        if draft.sealed is None:
            known = desk.consultation.said_before(draft.comment, desk.received_at)
            require_again(f"comment {known.name}" if known else "", again)
        desk.file([draft])


def _of_printed_code(unit: str | None, clause: str | None) -> dict[str, str | None]:
    """Return the text and the clause of what may be a printed code, as EXA-DUE-01(a)/1a2b3c."""
    from govkit.corpus.print_codes import read_code

    place = read_code(unit).place if unit else ""
    text, bracket, rest = place.partition("(")
    if clause is not None or not bracket:
        return {"unit": unit, "clause": clause}
    return {"unit": text.strip(), "clause": rest.partition(")")[0]}
