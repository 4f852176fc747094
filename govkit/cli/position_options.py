"""Options that the commands about positions and what shows them share, each in one sentence."""

from __future__ import annotations

import click

from govkit.cli.session import InstantType

cast_by_option = click.option(
    "--cast-by", metavar="MEMBER", help="Who said it, in the name of the member."
)
said_at_option = click.option(
    "--said-at", type=InstantType(), help="When it was said, as 2026-03-10T12:00:00Z."
)
withdraws_option = click.option(
    "--withdraws-objection",
    "confirms_withdrawal",
    is_flag=True,
    help="The member was asked, and says that the objection is withdrawn.",
)
no_name_option = click.option(
    "--no-name", is_flag=True, help="Do not print the name. The record stays public."
)
withhold_reason_option = click.option(
    "--withhold-reason",
    is_flag=True,
    help="Do not print the reason: the record holds a commitment, a file beside it the words.",
)
source_option = click.option(
    "--source", type=click.Path(), metavar="FILE", help="What shows it; kept private."
)
note_option = click.option(
    "--note", metavar="WORDS", help="One public line about the source, as its date and place."
)
