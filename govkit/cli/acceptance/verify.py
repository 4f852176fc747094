"""`govkit acceptance verify`: a log of any length, line by line; or one proof."""

from __future__ import annotations

import hashlib
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import number_of, visible
from govkit.errors import WrongUse
from govkit.log.checkpoints import Checkpoint, checkpoint_in, short_checkpoint

if TYPE_CHECKING:
    from govkit.adoption.acceptance.checking import LineFault, LogSummary

_EPILOG = """Examples:
  govkit acceptance verify log.jsonl
  govkit acceptance verify log.jsonl --terms terms-1.html --terms terms-2.html
  govkit acceptance verify log.jsonl --head head.txt     nothing before it was changed since
  govkit acceptance verify proof.txt --head head.txt     a record is in the log of that head

It needs no folder of texts. A log is read once, in the same memory whatever its length. Without
--terms nobody can tell whether the digests are those of terms that there were.

How it ends: 0 in order, 1 not, 2 wrong use, 3 the world failed.
"""


terms_option = click.option(
    "--terms",
    "pages",
    multiple=True,
    metavar="FILE",
    help="A version of the terms, exactly as users got it; once for each.",
)


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@terms_option
@click.option(
    "--head", metavar="NUMBER:ROOT|FILE", help="A head of the log that was given out before."
)
@click.option(
    "--most",
    type=click.IntRange(1, 100_000),
    default=20,
    show_default=True,
    help="How many bad lines are shown; all are counted.",
)
@format_option("text", "json")
def verify(file: Path, pages: tuple[str, ...], head: str | None, most: int, format_: str) -> int:
    """Check an acceptance log line by line, or a proof from one."""
    from govkit.adoption.acceptance.checking import LogCheck
    from govkit.adoption.acceptance.lines import LONGEST
    from govkit.adoption.acceptance.proving import is_proof
    from govkit.store.line_files import lines_of

    earlier = head_in(head) if head else None
    texts = frozenset(digest_of_file(Path(page)).encode() for page in pages) if pages else None
    lines = lines_of(file, LONGEST)
    first = next(lines, b"")
    if is_proof(first):
        data = b"".join((first, *islice(lines, _MOST_LINES)))
        return _verify_proof(data, earlier, texts, format_)
    if first:
        lines = chain((first,), lines)
    check = LogCheck(texts, earlier)
    shown: list[LineFault] = []
    for fault in check.faults_of(lines):
        if len(shown) < most:
            shown.append(fault)
            if format_ == "text":
                click.echo(f"line {fault.line}: {visible(fault.what)}  [{fault.kind}]")
    summary = check.summary()
    if format_ == "json":
        say_json(_as_data(summary, shown))
    else:
        _say(summary, len(shown), is_known=texts is not None)
    return 1 if summary.faults else 0


def digest_of_file(path: Path) -> str:
    """Return the digest of a version of the terms in hexadecimal, of its bytes as they are."""
    from govkit.store.worktree import read_named

    return hashlib.sha256(read_named(path, _LARGEST)).hexdigest()


_LARGEST = 1 << 26


def head_in(name: str) -> Checkpoint:
    """Return a head, as it is printed or in a file. Raises `WrongUse` where there is none."""
    from govkit.store.worktree import read_named

    short = short_checkpoint(name)
    if short is not None:
        return short
    text = read_named(Path(name), 1 << 16).decode("utf-8", errors="replace")
    found = checkpoint_in(text)
    if found is None:
        raise WrongUse(f"{name} holds no head of a log", "`govkit acceptance root` prints one.")
    return found


_MOST_LINES = 100
"""Of a proof: its hashes are one for each doubling of the log."""


def _verify_proof(
    data: bytes, earlier: Checkpoint | None, texts: frozenset[bytes] | None, format_: str
) -> int:
    from govkit.adoption.acceptance.lines import read_line
    from govkit.adoption.acceptance.proving import read_proof

    proof = read_proof(data)
    read = read_line(proof.line)
    wrong = []
    if not proof.holds:
        wrong.append("the record is not in the log of the head in this proof")
    given = earlier and earlier._replace(origin=earlier.origin or proof.checkpoint.origin)
    if given is not None and proof.checkpoint != given:
        wrong.append("the head in this proof is another than the one that was given")
    if texts is not None and read is not None and read.text not in texts:
        wrong.append("the record names a text that was not given")
    if format_ == "json":
        record = proof.line.decode("ascii")
        say_json({"version": 1, "holds": not wrong, "record": record, "wrong": wrong})
        return 1 if wrong else 0
    click.echo(visible(proof.line.decode("ascii")))
    for each in wrong:
        click.echo(f"not so: {each}")
    if not wrong:
        size = number_of(proof.checkpoint.size, "record")
        origin = proof.checkpoint.origin
        click.echo(f"It is number {proof.place + 1} of the {size} in the log of {origin}.")
        if earlier is None:
            click.echo("Whether that head is the platform's, a head from elsewhere tells: --head.")
    return 1 if wrong else 0


def _as_data(summary: LogSummary, shown: list[LineFault]) -> dict[str, object]:
    return {
        "version": 1,
        "in_order": not summary.faults,
        "records": summary.records,
        "acts": summary.acts,
        "head": summary.checkpoint.short if summary.checkpoint else None,
        "faults": summary.faults,
        "shown": [each._asdict() for each in shown],
    }


def _say(summary: LogSummary, shown: int, *, is_known: bool) -> None:
    if summary.faults > shown:
        click.echo(f"and {summary.faults - shown} more; --most shows more.")
    acts = ", ".join(f"{count} {name}" for name, count in summary.acts.items())
    click.echo(f"{number_of(summary.records, 'record')}{f': {acts}' if acts else ''}.")
    if summary.checkpoint is not None:
        click.echo(f"head {summary.checkpoint.short}")
    if not is_known:
        click.echo("note: no --terms was given, so no digest was held against a text.")
    faults = number_of(summary.faults, "thing")
    click.echo("The log is in order." if not summary.faults else f"{faults} not in order.")
