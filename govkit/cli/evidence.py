"""`govkit evidence`: what shows a position that is in the log, filed later than the position."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from govkit.cli.comment.options import received_at, received_option
from govkit.cli.filed_positions import kept_source, say_evidence
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.position_options import note_option, source_option
from govkit.cli.registrar import Registrar, registrar_options
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.log.signatures import SigningKey
    from govkit.procedures.proposals.evidence import EvidenceInput
    from govkit.records.positions import Position
    from govkit.round.docket import Docket
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit evidence 2026-003 example-society-01 --source letter.txt --channel paper
  govkit evidence 2026-003 example-society-01 --signature statement.txt.sig
  govkit evidence 2026-003 example-society-01 --key ~/.ssh/id_ed25519

A position is filed once. What shows it can rise, and the position counts from the
time at which it was received. --source keeps a file in the private folder (E1).
--signature takes what the member signed, --key signs here and now (E3): both over
the statement that `govkit status --statement MEMBER` writes.

A source that one coordinator has seen counts for nobody yet. Another one looks at
it, and vouches for it: `govkit countersign`.
"""


@click.command(epilog=_EPILOG)
@click.argument("proposal")
@click.argument("position")
@source_option
@click.option(
    "--channel",
    "how",
    type=click.Choice(["meeting", "paper", "mail"]),
    help="How it came. Default: meeting with a source, else reported.",
)
@click.option(
    "--confirmed",
    is_flag=True,
    help="The member has confirmed it from the address on record; the source is that mail (E1c).",
)
@note_option
@click.option(
    "--signature",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file that ssh-keygen wrote, whose name ends in .sig.",
)
@signing_options
@received_option
@registrar_options
def evidence(
    registrar: Registrar,
    proposal: str,
    position: str,
    source: str | None,
    signature: Path | None,
    own: OwnKey,
    received: datetime.datetime | None,
    **more: Any,
) -> None:
    """File what shows a position, so that it counts for more."""
    from govkit.procedures.proposals.evidence import docket_asked, position_named
    from govkit.procedures.proposals.filed_positions import file_evidence

    if [source is not None, signature is not None, own.asked].count(True) != 1:
        raise WrongUse(
            "it takes one thing that shows the position",
            "Add --source FILE, --signature FILE, or --sign (or --key FILE).",
        )
    came = received_at(received, registrar.now) if received else registrar.now
    with registrar.writing() as (workspace, by):
        docket = docket_asked(workspace, proposal)
        said, path = position_named(docket, position)
        if source is not None:
            shown = _of_source(workspace, source, **more)
        else:
            key = None if signature else own.of(workspace.root)
            shown = _of_signature(registrar, workspace, docket, said, signature, key, came)
        filed = file_evidence(workspace, said, path, shown, registrar.receipt(by, came))
        say_evidence(registrar, filed)


def _of_source(
    workspace: Workspace, source: str, how: str | None, confirmed: bool, note: str | None
) -> EvidenceInput:
    from govkit.procedures.proposals.evidence import EvidenceInput

    if confirmed and how not in (None, "mail"):
        raise WrongUse(
            "a member confirms from the address on record, so by mail",
            "Leave --channel out, or leave --confirmed out.",
        )
    kind = "mail" if confirmed else (how or "meeting")
    level = "E1c" if confirmed else "E1"
    kept = kept_source(workspace, source)
    return EvidenceInput(kind=cast("Any", kind), level=cast("Any", level), source=kept, note=note)


def _of_signature(
    registrar: Registrar,
    workspace: Workspace,
    docket: Docket,
    said: Position,
    signature: Path | None,
    key: SigningKey | None,
    came: datetime.datetime,
) -> EvidenceInput:
    from govkit.consent.evidence import EntryDates
    from govkit.procedures.proposals.evidence import signed_by_member, signed_elsewhere

    if key is not None:
        return signed_by_member(workspace, docket, said, key, registrar.now)
    assert signature is not None
    dates = EntryDates(came, registrar.now)
    return signed_elsewhere(docket, said, read_signature(signature), dates)


def read_signature(path: Path) -> str:
    """Return the text of a signature's file; what is no text is no signature."""
    from govkit.store.worktree import read_named

    return read_named(path).decode("ascii", errors="replace")
