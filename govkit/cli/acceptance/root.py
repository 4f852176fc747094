"""`govkit acceptance root`: the head of a log, for others to keep."""

from __future__ import annotations

from pathlib import Path

import click

from govkit.cli.output import output_option, write_answer
from govkit.errors import GovkitError

_EPILOG = """Examples:
  govkit acceptance root log.jsonl -o head.txt

Publish the head, or send it to somebody else: whoever has it can tell later whether a record before
it was changed (`govkit acceptance verify log.jsonl --head head.txt`).
"""


class LogBroken(GovkitError):
    """A log that is not in order has no head worth giving out. Exit code 1."""

    exit_code = 1


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@output_option("output")
def root(file: Path, output: str | None) -> int:
    """Print the head of an acceptance log: its records counted, and the root of its tree."""
    from govkit.adoption.acceptance.checking import LogCheck
    from govkit.adoption.acceptance.lines import LONGEST
    from govkit.store.line_files import lines_of

    check = LogCheck()
    first = next(iter(check.faults_of(lines_of(file, LONGEST))), None)
    if first is not None:
        raise LogBroken(
            f"line {first.line} {first.what}",
            f"`govkit acceptance verify {file}` shows all that is not in order.",
        )
    checkpoint = check.summary().checkpoint
    assert checkpoint is not None, "a log in order has a first line"
    write_answer(output, "head", "text", checkpoint.text.encode())
    return 0
