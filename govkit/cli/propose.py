"""`govkit propose`: take edits to the coalition, revise them, call for positions, withdraw them."""

from __future__ import annotations

import click

from govkit.cli.groups import Group
from govkit.cli.proposing.act import act
from govkit.cli.proposing.ballots import ballots
from govkit.cli.proposing.edit import edit
from govkit.cli.proposing.last_call import last_call
from govkit.cli.proposing.notice import notice
from govkit.cli.proposing.open_ import open_
from govkit.cli.proposing.remind import remind
from govkit.cli.proposing.revise import revise
from govkit.cli.proposing.withdraw import withdraw

_EPILOG = """The way of a proposal:
  edit       a text opens in your editor, and is checked when you come back
  open       the edited texts are copied, word for word, and comments open
  revise     a new revision; nothing is lost on the way unnamed
  last-call  every comment has its answer; now members say where they stand
  ballots    a mail for each member, with the change and the boxes to mark
  remind     a mail to each who was not heard, on days that the policy names
  notice     a promised date is moved, with the reason
  act        a waiver, an override, a reopening, an escalation, a ruling, a minority's view
  withdraw   the proposal ends, and all that was said stays in the record

Examples:
  govkit propose edit EXA-DUE-01
  govkit propose open --title "Longer notice" --proposer example-society
  govkit propose revise 2026-003
  govkit propose last-call 2026-003

Each step after `edit` writes its files and their entries in the log, all or nothing, and
drafts the mail to send. --dry-run shows both and writes nothing.
"""


@click.group(cls=Group, epilog=_EPILOG)
def propose() -> None:
    """Propose edited texts, revise them, call for positions, or withdraw."""


for command in (edit, open_, revise, last_call, ballots, remind, notice, act, withdraw):
    propose.add_command(command)
