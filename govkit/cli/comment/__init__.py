"""`govkit comment`: what people say about a proposal, and the answers to it."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "add": "File one comment that you type in, or that stands in a file.",
    "import": "Take in a comment table (CSV, XLSX, DOCX), comments in Word, or a free mail.",
    "collect": "Take in what changed in a shared document or pad.",
    "publish": "Record what the author of a personal mail wants to become of it.",
    "hold-back": "Hold a comment back, with a ground and a second coordinator.",
    "restore": "Show a comment again that was held back.",
    "dispose": "Answer comments: one by number, or many from a table.",
    "table": "Show the comment table, or write it for a spreadsheet.",
    "report": "Print the consultation report: every comment and its answer.",
}
_MODULES = {"import": "import_", "hold-back": "hold_back"}

_EPILOG = """Examples:
  govkit comment table                                    what came, what waits for an answer
  govkit comment add --member example-society --unit EXA-DUE-01 --text "Too long."
  govkit comment import comments.xlsx
  govkit comment import mail.txt --free --name "A. Example"
  govkit comment dispose 12 --action accepted-in-part --reply "Twenty days now."
  govkit comment report --format pdf
"""


class CommentCommands(Commands):
    """The commands of `govkit comment`."""

    told = COMMANDS
    package = "govkit.cli.comment"
    files = _MODULES


@click.group("comment", cls=CommentCommands, epilog=_EPILOG)
def comment() -> None:
    """Take in comments on a proposal, answer them, print them."""
