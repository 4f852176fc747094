"""`govkit comment collect`: take in what changed in a shared document or pad."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import on_terminal
from govkit.cli.comment.options import dry_run_option, proposal_option, received_option, who_options
from govkit.cli.output import formerly, say_json
from govkit.cli.registrar import Registrar, registrar_options

if TYPE_CHECKING:
    from govkit.cli.comment.desk import Desk
    from govkit.consultation.shared_document import DocumentEdit
    from govkit.records.comments import Author

_EPILOG = """Examples:
  govkit comment collect pad.txt
  govkit comment collect pad.md --opening pad-at-opening.md --unit EXA-DUE-01
  govkit comment collect pad.txt --group academia --yes --leave-out 2

Save the pad or document as plain text or Markdown first. It is a courtesy copy: the text
that counts is the one of the revision. Each paragraph is held against that text; what is
otherwise is shown, and you are asked about each change. Elsewhere than on a terminal, --yes
takes all of them. Nobody is named as the author unless you name one.
"""


@click.command("collect", epilog=_EPILOG, context_settings=formerly(source="channel"))
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--opening",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The document as it was when it was opened.",
)
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="ID",
    help="Only this text is in the document. Default: all of the proposal.",
)
@click.option("--revision", type=int, metavar="N", help="Which revision. Default: the current one.")
@click.option(
    "--channel",
    "source",
    type=click.Choice(["pad", "shared-document"]),
    default="pad",
    show_default=True,
    help="How it came.",
)
@click.option("--yes", is_flag=True, help="Do not ask, and take all changes.")
@click.option("--leave-out", multiple=True, type=int, metavar="N", help="Change N is no comment.")
@who_options
@received_option
@proposal_option
@dry_run_option
@registrar_options
def collect(
    registrar: Registrar,
    *,
    file: Path,
    member: str | None,
    name: str | None,
    affiliation: str | None,
    group: str | None,
    received: datetime.datetime | None,
    proposal: str | None,
    dry_run: bool,
    **how: Any,
) -> int:
    """Take in what changed in a shared document or pad."""
    from govkit.cli.comment.confirming import asked_changes
    from govkit.cli.comment.desk import bytes_of_file, opened, text_of_bytes
    from govkit.consultation.drafting import author_of, draft_comment
    from govkit.records.comments import Author

    desk = opened(registrar, proposal, received, dry_run)
    author = author_of(
        desk.consultation, member, name, affiliation, None if not (member or name) else group
    ) or Author(group=_known_group(desk, group))
    data = bytes_of_file(file)
    changes = _changes(desk, text_of_bytes(data), how)
    left_out = set(how["leave_out"])
    kept = [each for at, each in enumerate(changes, 1) if at not in left_out]
    asks = on_terminal() and not desk.registrar.as_json and not how["yes"]
    if not asks and not how["yes"] and kept:
        return _only_shown(desk, changes)
    if asks:
        kept = asked_changes(changes, left_out)
    drafts = [draft_comment(desk.consultation, _given(author, each, how)) for each in kept]
    remarks = [] if changes else ["the document says what the revision says"]
    desk.file(drafts, snapshot=data, remarks=remarks)
    return 0


def _changes(desk: Desk, text: str, how: dict[str, Any]) -> tuple[DocumentEdit, ...]:
    from govkit.cli.comment.desk import words_of_file
    from govkit.consultation.shared_document import changes_in

    revision = desk.consultation.revision(how["revision"])
    wordings = desk.consultation.wordings(revision)
    if how["units"]:
        wanted = {desk.consultation.unit(revision, id).id for id in how["units"]}
        wordings = tuple(each for each in wordings if each.id in wanted)
    opening = words_of_file(how["opening"]) if how["opening"] else None
    return changes_in(text, wordings, opening)


def _given(author: Author, change: DocumentEdit, how: dict[str, Any]) -> Any:
    from govkit.consultation.drafting import CommentInput

    return CommentInput(
        author=author,
        comment=change.comment(),
        source=how["source"],
        revision=how["revision"],
        unit=change.unit or None,
        clause=change.clause or None,
        quote=change.quote or None,
        anchored_by="coordinator",
        type="substantive",
        proposed_text=change.new or None,
    )


def _known_group(desk: Desk, group: str | None) -> str | None:
    from govkit.consultation.drafting import require_known_author
    from govkit.records.comments import Author

    return require_known_author(desk.consultation, Author(group=group)).group


def _only_shown(desk: Desk, changes: tuple[DocumentEdit, ...]) -> int:
    from govkit.cli.comment.confirming import change_as_json, say_changes

    if desk.registrar.as_json:
        found = [change_as_json(at, each) for at, each in enumerate(changes, 1)]
        answer = {"version": 1, "proposal": desk.consultation.proposal.id, "comments": []}
        say_json(answer | {"changes": found})
        return 0
    say_changes(changes)
    click.echo(
        "\nNothing was written. Run it on a terminal to be asked, or add --yes, and --leave-out "
        "for what is no comment."
    )
    return 0
