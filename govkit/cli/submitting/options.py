"""The options of what is handed in: in which words, by whom, and where it goes."""

from __future__ import annotations

import click

from govkit.cli.output import with_all

message_option = click.option(
    "-m", "--message", metavar="WORDS", help="What you changed, and why, in one sentence."
)
person_option = click.option(
    "--by",
    "person",
    metavar='"NAME <MAIL>"',
    help="Who hands it in; public for good. Default: as git knows you.",
)
recipient_option = click.option(
    "--recipient",
    metavar="ADDRESS",
    help="Whom the mail is for. Default: the addresses of the charter (intake).",
)
mail_file_option = click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="The file of the mail, or the folder to put it in. Default: beside the repository.",
)
route_options = with_all(
    click.option(
        "--draft",
        is_flag=True,
        help="Hand it in though mistakes or questions are left; the message says so.",
    ),
    click.option("--push", is_flag=True, help="Push the branch to the remote now."),
    click.option("--remote", metavar="NAME", help="The remote to push to. Default: origin."),
    click.option(
        "--mail",
        is_flag=True,
        help="Write a mail with the redline and the patch, and push nothing.",
    ),
    recipient_option,
    mail_file_option,
    click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing."),
)
"""What `submit` and `suggest` ask about the way of a change, in the order of the help."""
