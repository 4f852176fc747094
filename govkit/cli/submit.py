"""`govkit submit`: the edits of a folder are handed in: on a branch, by a code host or by mail."""

from __future__ import annotations

from typing import Any

import click

from govkit.cli.output import format_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.submitting.options import message_option, person_option, route_options

_EPILOG = """Examples:
  govkit submit                      check, ask what is missing, and put the edits on a branch
  govkit submit --dry-run            show all of it, and write nothing
  govkit submit EXA-DUE-01           this text alone; other edits stay as they are
  govkit submit --message "Longer notice, since a day is too short" --push
                                     push the branch, and print the address that opens the request
  govkit submit --remote fork --push
                                     the same over your own copy on the host
  govkit submit --mail -o change.eml
                                     a mail with the redline and the patch, to be sent

Edit the files first (or: govkit propose edit ID). Of what `check` finds, mistakes in the words stop
it; that an adopted text needs a proposal does not: that is for those who take it in. Where a change
of adopted words is small, its author says what it does to duties: asked here, or written in
governance/changes/<ID>.yaml (govkit new change ID).
The files stay as you edited them, and you go on working on the branch: another `govkit submit`
adds to it. `git switch main` brings the words of the main branch back.
Nothing is pushed unless you say so, and nothing is ever fetched. Nothing is merged by it, and it is
no position.

How it ends: 0 handed in, 1 stopped by mistakes or questions, 2 wrong use, 3 the folder, git or the
host failed.
"""


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1, metavar="[ID|PATH]...")
@message_option
@person_option
@route_options
@format_option("text", "json")
@pass_session
def submit(session: Session, /, format_: str, dry_run: bool, **asked: Any) -> int:
    """Hand in your edits: a branch and a commit, then a pull request or a mail."""
    from govkit.cli.submitting.desk import SubmissionDesk
    from govkit.cli.submitting.request import SubmissionRequest

    request = SubmissionRequest(dry_run=dry_run, as_json=format_ == "json", **asked)
    return SubmissionDesk(session, request, now_in_utc()).run()
