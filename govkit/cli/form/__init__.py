"""`govkit form`: forms that people fill in on a code host, read and put on a branch."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "parse": "Say what a form means, and what is missing in it; write nothing.",
    "file": "Put what a form brings on a branch of its own.",
    "answer": "Write what a workflow needs to answer a form, into one file.",
    "lists": "Write the list of texts that people choose from into the forms.",
}

_EPILOG = """Examples:
  govkit form parse event.json       what the event of a host brings
  govkit form parse form.md          the text of a form alone
  govkit form file event.json        the same, on a branch of its own

docs/forms.md says who fills them in, and what becomes of them.
"""


class FormCommands(Commands):
    """The commands of `govkit form`."""

    told = COMMANDS
    package = "govkit.cli.form"


@click.group("form", cls=FormCommands, epilog=_EPILOG)
def form() -> None:
    """Read forms of a code host, and put what they bring on branches."""
