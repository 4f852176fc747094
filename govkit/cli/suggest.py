"""`govkit suggest`: a Word file or table of the texts comes back, and becomes edits of them."""

from __future__ import annotations

import datetime
from typing import Any

import click

from govkit.cli.comment.options import proposal_option, received_option
from govkit.cli.output import format_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.submitting.options import message_option, person_option, route_options

_EPILOG = """Examples:
  govkit suggest returned.docx --dry-run     show what it asks for, and write nothing
  govkit suggest returned.docx               edit the texts, and put the edits on a branch
  govkit suggest returned.docx --by "Ana Silva <ana@example.org>" --mail
                                             write a mail with the redline, to be sent
  govkit suggest mail.eml --yes              a mail that carries the Word file: its edits are
                                             handed in, its comments filed
  govkit suggest texts.xlsx                  a table of `govkit list --format xlsx`, or csv
  govkit suggest returned.md                 a text with {++ in ++} and {-- out --} written into it
  govkit suggest returned.docx --keep        edit the texts only, and hand nothing in

In a table, words are changed in their cell; a clause is taken out by emptying its words, and a new
one is a new row below another. Remarks are comments. What has no row stays as it is.

Tracked changes are read, and so is what was simply written over: the file is held against the texts
as they were printed. Links, blanks and comments in the files of the texts stay. What can't be given
to a clause is listed, and kept whole in a file beside the one that came. It goes on as
`govkit submit` does: mistakes stop it, and its author is asked whether a duty changes. Comments in
the margin are no edits: a coordinator files them at the same time with the proposal that is open,
after being asked or with --yes. What was filed before is not filed again.
Nothing in the file is run, and nothing is fetched.

How it ends: 0 handed in or nothing proposed, 1 stopped by mistakes or questions, 2 wrong use or a
file that can't be read, 3 the folder, git or the host failed.
"""


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(allow_dash=True))
@message_option
@person_option
@click.option("--keep", is_flag=True, help="Edit the texts in the folder, and hand nothing in.")
@click.option("--yes", is_flag=True, help="File the comments in it without asking.")
@received_option
@proposal_option
@route_options
@format_option("text", "json")
@pass_session
def suggest(
    session: Session,
    /,
    file: str,
    format_: str,
    keep: bool,
    yes: bool,
    received: datetime.datetime | None,
    proposal: str | None,
    dry_run: bool,
    **asked: Any,
) -> int:
    """Make edits of a Word file or table that came back changed, and hand them in."""
    from govkit.cli.submitting.request import SubmissionRequest
    from govkit.cli.suggesting.desk import SuggestionDesk
    from govkit.cli.suggesting.margin import MarginRequest

    request = SubmissionRequest(names=(), dry_run=dry_run, as_json=format_ == "json", **asked)
    margin = MarginRequest(yes, received, proposal, request.person, dry_run)
    return SuggestionDesk(session, file, request, now_in_utc(), keep, margin).run()
