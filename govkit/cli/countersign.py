"""`govkit countersign`: a second coordinator vouches for what one coordinator filed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from govkit.cli.asking import KeyAnswers, in_words, on_terminal
from govkit.cli.keys import OwnKey, key_options
from govkit.cli.printing.screen import echo, fitted
from govkit.cli.printing.words import visible
from govkit.cli.registrar import Registrar, registrar_options
from govkit.errors import WrongUse
from govkit.source.nearest import advice

if TYPE_CHECKING:
    from govkit.procedures.log.countersignatures import NewCountersignature
    from govkit.records.log import LogEntry
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit countersign 2026-003/evidence/example-society-01-01 --by other-society \\
      --seen "The signed letter of 3 June." --key ~/.ssh/id_ed25519
  govkit countersign new-member --seen "Their mail to the list." --key ~/.ssh/id_ed25519
  govkit countersign --waiting         all that wait for you, one after the other

What one coordinator says about somebody else is one person's word. Look at the
source yourself: the mail, the minutes, the letter. Then sign that you have seen
it. You sign a few lines that name the record, its digest and its number in the
log; they are printed. A second name that somebody typed counts for nothing.

Each record is shown, and you press a key: yes, no or later. Without --seen you are
asked what you have seen. Then all to which you said yes are signed and written at
once; after Ctrl-C none is. Where nobody can be asked, name the records and give
--seen.

The mandate of a new member begins at once where a second coordinator countersigns.
Whoever filed a record can't countersign it.
"""


@click.command(epilog=_EPILOG)
@click.argument("names", metavar="[RECORD]...", nargs=-1)
@click.option("--seen", metavar="WORDS", help="What you have seen, in one sentence. Published.")
@click.option(
    "--waiting", is_flag=True, help="Each record that waits for your second look, as in `today`."
)
@key_options
@registrar_options
def countersign(
    registrar: Registrar, names: tuple[str, ...], seen: str | None, waiting: bool, own: OwnKey
) -> int:
    """Vouch, by a signature, for what another coordinator filed."""
    from govkit.procedures.coalition.membership import begin_mandate
    from govkit.procedures.log.countersignatures import prepare_countersignature
    from govkit.procedures.log.signatures import unlock_once

    if bool(names) == waiting:
        raise WrongUse(
            "what you vouch for has to be named, or --waiting",
            "Name records, as `govkit today` does, or add --waiting for all that wait.",
        )
    asking = on_terminal() and not registrar.as_json
    said = in_words(seen, "--seen") if seen is not None else None
    with registrar.writing() as (workspace, by):
        paths = _paths(registrar, workspace, by, names)
        if asking:
            chosen = dict(_chosen(workspace, by, paths, said, waiting))
        elif paths and (waiting or said is None):
            raise WrongUse(
                "each record has to be looked at, and nobody can be asked here",
                "Run it on a terminal, or name the records and add --seen WORDS.",
            )
        else:
            chosen = dict.fromkeys(paths, said or "")
        if not chosen:
            click.echo("Nothing was signed." if paths else "Nothing waits for your second look.")
            return 1 if paths else 0
        with unlock_once(own.of(workspace.root)) as key:
            done = [
                prepare_countersignature(workspace, path, by, given, key, registrar.now)
                for path, given in chosen.items()
            ]
        today, filings = registrar.now.date(), []
        words: list[str] = []
        for path, each in zip(chosen, done, strict=True):
            words += _lines(workspace, each, by)
            if (begun := begin_mandate(workspace, path, today)) is not None:
                filings.append(begun)
                words.append(f"Their voice counts from {today} on.")
        if len(paths) > 1:
            words.append(f"Signed: {len(done)} of {len(paths)}. Commit the new entries together.")
        entries = registrar.file(workspace, filings, by, [each.entry for each in done])
    rows = [
        {"record": each.of.path, "of": each.of.seq, "key": each.key, "statement": each.statement}
        for each in done
    ]
    alone = rows[0] if len(rows) == 1 else {}
    registrar.say(words, entries, by=by, countersignatures=rows, **alone)
    return 0 if len(done) == len(paths) else 1


def _paths(
    registrar: Registrar, workspace: Workspace, by: str, names: tuple[str, ...]
) -> list[str]:
    """Return the files of the records that are named, each once; of those that wait without."""
    from govkit.cli.naming import record_named
    from govkit.procedures.log.countersignatures import names_to_vouch_for

    named = names or names_to_vouch_for(workspace.corpus, registrar.now, by)
    folder = registrar.session.folder()
    return [*dict.fromkeys(record_named(workspace, folder, each).record.path for each in named)]


def _chosen(
    workspace: Workspace, by: str, paths: list[str], seen: str | None, waiting: bool
) -> Iterator[tuple[str, str]]:
    """Show each record and ask about it; yield those that are to be signed, and what was seen.

    Raises `WrongUse` for a record that was named and can't be vouched for, before any is shown. One
    that only waits is shown with the reason.
    """
    from govkit.procedures.log.countersignatures import entry_to_vouch_for

    if not waiting:
        for path in paths:
            entry_to_vouch_for(workspace, path, by)
    keys, before = KeyAnswers(), seen
    for number, path in enumerate(paths, 1):
        click.echo(click.style(f"\n{number} of {len(paths)}", bold=True))
        try:
            entry = entry_to_vouch_for(workspace, path, by)
        except WrongUse as cause:
            _say([f"{path}", f"  Refused: {cause.message}", f"  {advice(cause)}"])
            continue
        _show(workspace, entry, seen)
        question = "Have you seen what it rests on, and do you sign that? [y]es [n]o [l]ater"
        if keys.answer(question, {"y": "yes", "n": "no", "l": "later"}) != "yes":
            continue
        if seen is None:
            before = in_words(
                click.prompt("  What have you seen, in one sentence? Published", default=before),
                "what you have seen",
            )
        yield path, before or ""


def _show(workspace: Workspace, entry: LogEntry, seen: str | None) -> None:
    """Show all that is signed: the record, of evidence the position as well, and who filed it."""
    from govkit.cli.printing.record import record_as_text
    from govkit.procedures.log.countersignatures import (
        kept_source_lines,
        put_in_place_of,
        signed_mail_lines,
    )
    from govkit.records.corrections import Correction
    from govkit.records.evidence import Evidence

    path = entry.path or ""
    document = workspace.corpus.by_path[path]
    shown = [path]
    if isinstance(document.record, Correction):
        folder, said = path.rpartition("/corrections/")[0], document.record
        shown = [f"{folder}/{each}.yaml" for each in dict.fromkeys((said.corrects, said.right))]
        shown.append(path)
    if isinstance(document.record, Evidence):
        folder = path.rpartition("/evidence/")[0]
        shown = [f"{folder}/{document.record.position}.yaml", path]
    for each in shown:
        if (record := workspace.corpus.by_path.get(each)) is not None:
            echo(record_as_text(workspace.corpus, record, workspace.lines(each)).splitlines())
            click.echo()
    _say(signed_mail_lines(workspace, path))
    for line in kept_source_lines(workspace, path):
        click.echo(visible(line))  # never cut: a path is copied
    if corrected := put_in_place_of(workspace, path):
        _say([corrected])
    at = f"{entry.recorded_at:%Y-%m-%d %H:%M} UTC"
    _say([f"Filed by {entry.by} on {at}: number {entry.seq} in the log, {entry.digest}."])
    if seen is not None:
        _say([f"You say that you have seen: {seen}"])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(fitted(visible(line)))


def _lines(workspace: Workspace, done: NewCountersignature, by: str) -> Iterator[str]:
    """Yield what was signed for one record, and what that means."""
    from govkit.procedures.log.countersignatures import put_in_place_of, signed_mail_lines

    path = done.of.path or ""
    yield f"You sign these words, as {by}, with the key {done.key}:"
    yield ""
    yield from (f"  {line}".rstrip() for line in done.statement.splitlines())
    yield ""
    yield f"{path} has two now who vouch for it: {done.of.by}, who filed it, and {by}."
    yield from signed_mail_lines(workspace, path)
    if corrected := put_in_place_of(workspace, path):
        yield corrected
