"""`govkit issues`, `responses`, `initiatives`, `events`, `papers`, `members`: one register each.

They are made alike, from the name of a kind: what differs stands in `COMMANDS_OF` and in the table
of columns (`rendering/register_lists`).
"""

from __future__ import annotations

from functools import cache

import click

from govkit.cli.groups import Group
from govkit.cli.registers.balance import balance
from govkit.cli.registers.entries import begin_command, print_command, show_command
from govkit.cli.registers.listing import list_command
from govkit.cli.registers.matrix import matrix
from govkit.records.kinds import KINDS

TOLD = {
    "issue": "List, show, print and begin legal issues; the matrix of who responds to them.",
    "response": "List, show, print and begin responses to legal issues.",
    "initiative": "List, show, print and begin existing initiatives.",
    "event": "List, show, print and begin meetings and webinars.",
    "paper": "List, show, print and begin white papers.",
    "member": "List, show and print members; the balance of groups and regions.",
}
"""What the group of each register does, in a sentence."""

_MORE = {"issue": matrix, "member": balance}
_LINES = {
    "issue": (
        "issues list --jurisdiction EU --stage prospective",
        "issues matrix",
        "issues render -o issues.pdf",
    ),
    "response": ("responses list --actor government", "responses list --format csv"),
    "initiative": ("initiatives list --kind evaluation", "initiatives render --format html"),
    "event": ("events list --year 2026", 'events new --title "First meeting" --date 2026-10-14'),
    "paper": ("papers list --status draft", 'papers new --title "A question of law"'),
    "member": ("members list --region african", "members balance"),
}


@cache
def register_group(kind: str) -> Group:
    """Return the command of a register, by the kind of its entries; alone it lists them."""
    many = KINDS[kind].many
    lines = (many, *_LINES[kind])
    epilog = "Examples:\n" + "".join(f"  govkit {line}\n" for line in lines)
    listing = list_command(kind)

    def alone() -> None:
        context = click.get_current_context()
        if context.invoked_subcommand is None:
            context.invoke(listing)

    group = Group(many, callback=alone, help=TOLD[kind], epilog=epilog, invoke_without_command=True)
    commands = [listing, show_command(kind), print_command(kind)]
    if kind != "member":  # who joins asks for it, and a coordinator takes them in: `govkit member`
        commands.append(begin_command(kind))
    for command in (*commands, *([_MORE[kind]] if kind in _MORE else [])):
        group.add_command(command)
    return group
