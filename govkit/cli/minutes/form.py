"""`govkit minutes form`: tables for the minutes of a meeting, to be filled in."""

from __future__ import annotations

import click

from govkit.cli.output import file_at, format_meant, format_option, output_option, write_output_file
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import WrongUse
from govkit.rendering.formats import written

_EPILOG = """Examples:
  govkit minutes form -o minutes.docx              for a meeting that has no entry yet
  govkit minutes form first-meeting -o minutes.md  with its day and place
  govkit minutes form first-meeting --proposal 2026-003 --format docx

The members on record are in it, with a row for each proposal. Who fills it in leaves the headings
of the tables as they are. Without -o it goes into dist/.
"""
_FORMATS = ("docx", "md")


@click.command("form", epilog=_EPILOG)
@click.argument("what", metavar="[EVENT]", required=False)
@click.option(
    "--proposal",
    "proposals",
    multiple=True,
    metavar="PROPOSAL",
    help="A proposal that is spoken of; once for each. Default: all that are open.",
)
@format_option(*_FORMATS, default="docx")
@output_option("output")
@pass_session
def form(
    session: Session,
    /,
    what: str | None,
    proposals: tuple[str, ...],
    format_: str,
    output: str | None,
) -> None:
    """Write the form, as a Word file or Markdown, to be filled in at a meeting."""
    from govkit.cli.naming import record_named
    from govkit.corpus.naming import proposal_named
    from govkit.procedures.proposals.minutes import open_proposals
    from govkit.rendering.minutes import minutes_form

    workspace = session.workspace()
    event = record_named(workspace, session.folder(), what).record if what else None
    if event is not None and event.kind != "event":
        raise WrongUse(f"{event.id} is no meeting", "`govkit list event` lists them.")
    asked = {id: proposal_named(workspace.corpus, id).title for id in proposals}
    asked = asked or open_proposals(workspace, now_in_utc())
    format_ = format_meant(format_, _FORMATS, output)
    data = written(minutes_form(workspace.corpus, event, asked), format_)
    name = f"minutes-{event.id}" if event is not None else "minutes"
    file = file_at(output or "dist/", f"{name}.{format_}")
    if file is None:
        click.echo(data.decode(), nl=False)
        return
    write_output_file(file, data)
    click.echo(str(file))
