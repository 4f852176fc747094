"""`govkit countersign`: a second coordinator vouches for what one coordinator filed."""

from __future__ import annotations

import click

from govkit.cli.asking import in_words
from govkit.cli.keys import OwnKey, key_options
from govkit.cli.registrar import Registrar, registrar_options

_EPILOG = """Examples:
  govkit countersign 2026-003/evidence/example-society-01-01 --by other-society \\
      --seen "The signed letter of 3 June." --key ~/.ssh/id_ed25519
  govkit countersign new-member --seen "Their mail to the list." --key ~/.ssh/id_ed25519

What one coordinator says about somebody else is one person's word. Look at the
source yourself: the mail, the minutes, the letter. Then sign that you have seen
it. You sign a few lines that name the record, its digest and its number in the
log; they are printed. A second name that somebody typed counts for nothing.

The mandate of a new member begins at once where a second coordinator countersigns.
Whoever filed a record can't countersign it.
"""


@click.command(epilog=_EPILOG)
@click.argument("what", metavar="RECORD")
@click.option(
    "--seen", required=True, metavar="WORDS", help="What you have seen, in one sentence. Published."
)
@key_options
@registrar_options
def countersign(registrar: Registrar, what: str, seen: str, own: OwnKey) -> None:
    """Vouch, by a signature, for what another coordinator filed."""
    from govkit.cli.naming import record_named
    from govkit.procedures.coalition.membership import begin_mandate
    from govkit.procedures.log.countersignatures import (
        prepare_countersignature,
        put_in_place_of,
        signed_mail_lines,
    )

    with registrar.writing() as (workspace, by):
        path = record_named(workspace, registrar.session.folder(), what).record.path
        said = in_words(seen, "--seen")
        done = prepare_countersignature(
            workspace, path, by, said, own.of(workspace.root), registrar.now
        )
        begun = begin_mandate(workspace, path, registrar.now.date())
        filings = [begun] if begun is not None else []
        corrected = put_in_place_of(workspace, path)
        mail_lines = signed_mail_lines(workspace, path)
        entries = registrar.file(workspace, filings, by, further=done.entry)
    words = [
        f"You sign these words, as {by}, with the key {done.key}:",
        "",
        *(f"  {line}".rstrip() for line in done.statement.splitlines()),
        "",
        f"{path} has two now who vouch for it: {done.of.by}, who filed it, and {by}.",
    ]
    words += mail_lines
    if corrected:
        words.append(corrected)
    if begun is not None:
        words.append(f"Their voice counts from {registrar.now.date()} on.")
    registrar.say(
        words, entries, record=path, of=done.of.seq, by=by, key=done.key, statement=done.statement
    )
