"""`govkit propose withdraw`: the proposal ends, and what was said about it stays."""

from __future__ import annotations

import click

from govkit.cli.act_options import people_option
from govkit.cli.output import formerly
from govkit.cli.proposing.desk import Step, step_options

_EPILOG = """Examples:
  govkit propose withdraw 2026-003 --reason "A law says it now." --who example-society
  govkit propose withdraw 2026-003 --reason "…" --who one-coordinator --who another

Who proposed it can withdraw it, or two coordinators together. Drafts stay in the
folder as they are. The same words can be proposed again.
"""


@click.command(epilog=_EPILOG, context_settings=formerly(for_="who"))
@click.argument("proposal")
@click.option("--reason", required=True, metavar="WORDS", help="Why. It is published.")
@people_option("Who withdraws it")
@step_options
def withdraw(step: Step, proposal: str, reason: str, people: tuple[str, ...]) -> None:
    """End a proposal, with the reason."""
    from govkit.procedures.proposals.announcements import prepare_withdrawal

    with step.at_desk() as (workspace, by):
        done = prepare_withdrawal(
            workspace, proposal, people or (by,), reason, step.letter, step.registrar.now
        )
        lines = [f"{proposal} is withdrawn. All that was said about it stays in the record."]
        step.file(workspace, by, done, lines, proposal=proposal)
