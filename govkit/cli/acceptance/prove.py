"""`govkit acceptance prove`: a proof for one user or one record."""

from __future__ import annotations

from pathlib import Path

import click

from govkit.cli.output import output_option, write_answer
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit acceptance prove log.jsonl --line 12 -o proof.txt
  govkit acceptance find log.jsonl 5f1d…                   says which lines a user has

The number is that of the record (`seq`). The proof holds that one record and hashes: it says
nothing of anybody else. Its user can check it alone: `govkit acceptance verify proof.txt`.
"""


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--line",
    "seq",
    type=click.IntRange(min=1),
    required=True,
    metavar="NUMBER",
    help="The number of the record.",
)
@output_option("output")
def prove(file: Path, seq: int, output: str | None) -> int:
    """Write a proof that a record is in an acceptance log."""
    from govkit.adoption.acceptance.lines import LONGEST, read_line
    from govkit.adoption.acceptance.proving import proof_of
    from govkit.store.line_files import lines_of

    proof = proof_of(lines_of(file, LONGEST), seq)
    read = read_line(proof.line)
    if read is None or read.seq != seq:
        raise WrongUse(
            f"line {seq + 1} of {file} is not record {seq}",
            f"`govkit acceptance verify {file}` says what is not in order.",
        )
    write_answer(output, "proof", "text", proof.text.encode())
    return 0
