"""Signing without govkit: the text that a member signs, and the two files that come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from govkit.cli.filed_positions import say_evidence, say_positions
from govkit.errors import WrongUse
from govkit.records.enumerations import STANCES

if TYPE_CHECKING:
    from govkit.cli.registrar import Registrar
    from govkit.cli.session import Session

ENDING = ".sig"
"""What ssh-keygen puts behind the name of the file that it signs."""


def write_statement(
    session: Session, proposal: str, member: str, output: Path | None, said: dict[str, Any]
) -> None:
    """Write the statement that a member signs into a new file, and say how it is signed."""
    from govkit.cli.printing.words import visible
    from govkit.consent.position_statement import OF_CONSENTS
    from govkit.procedures.proposals.positions import PositionInput
    from govkit.procedures.proposals.statements import statement_to_sign
    from govkit.store.worktree import write_new

    stance = said.pop("position")
    words = None
    if stance is not None:
        words = PositionInput(
            member=member,
            proposal=proposal,
            stance=cast("Any", stance),
            publish_name=not said.pop("no_name"),
            **said,
        )
    elif any(said.values()):
        raise WrongUse(
            "it is not said what the position is",
            f"Add --position ({', '.join(STANCES)}); without it, the statement is of what was "
            "filed last.",
        )
    text = statement_to_sign(session.workspace(), words, member, proposal)
    path = output or Path(f"{member}-{proposal}-statement.txt")
    write_new(path, text.encode())
    for line in (
        *text.splitlines(),
        "",
        f"Written to {path}. Whoever speaks reads it, and signs it with their own key:",
        f"  ssh-keygen -Y sign -n {OF_CONSENTS} -f ~/.ssh/id_ed25519 {path}",
        f"and sends {path} and {path}{ENDING} to a coordinator, attached and unchanged, who types:",
        f"  govkit intake {path} {path}{ENDING}",
    ):
        click.echo(visible(line))


def are_statements(names: tuple[str, ...]) -> bool:
    """Say whether the names of things to take in are those of a signed statement."""
    return any(name.endswith(ENDING) for name in names)


def require_no_statement(name: str) -> None:
    """Raise `WrongUse` where a name is that of a statement, and its signature is not named."""
    from govkit.consent.position_statement import FORMAT
    from govkit.store.worktree import read_named

    if Path(name).is_file() and read_named(Path(name)).startswith(FORMAT.encode()):
        raise WrongUse(
            f"{name} is a statement, and the signature over it is missing",
            f"Name both files: `govkit intake {name} {name}{ENDING}`. The member writes the second "
            f"one: `ssh-keygen -Y sign -n consent@govkit -f KEY {name}`.",
        )


def take_statement(registrar: Registrar, names: tuple[str, ...]) -> None:
    """Take in a statement and the signature over it, as a position or what shows one."""
    from govkit.cli.evidence import read_signature
    from govkit.consent.evidence import EntryDates
    from govkit.procedures.proposals.filed_positions import file_evidence, file_positions
    from govkit.procedures.proposals.statements import taken_statement
    from govkit.store.worktree import read_named

    statement, signature = _pair(names)
    dates = EntryDates(registrar.now, registrar.now)
    with registrar.writing() as (workspace, by):
        data, signed = read_named(statement), read_signature(signature)
        taken = taken_statement(workspace, data, signed, dates)
        position, path, *_ = taken.position
        receipt = registrar.receipt(by)
        if taken.is_filed:
            say_evidence(registrar, file_evidence(workspace, position, path, taken.shown, receipt))
        else:
            one = [taken.position]
            say_positions(
                registrar,
                file_positions(workspace, taken.proposal, one, lambda _: taken.shown, receipt),
            )


def _pair(names: tuple[str, ...]) -> tuple[Path, Path]:
    signatures = [name for name in names if name.endswith(ENDING)]
    others = [name for name in names if not name.endswith(ENDING)]
    if len(signatures) != 1 or len(others) > 1:
        raise WrongUse(
            "a signed statement is two files, and one position is taken in at a time",
            f"Name the text and its signature: `govkit intake FILE FILE{ENDING}`.",
        )
    [signature] = signatures
    return Path(others[0] if others else signature.removesuffix(ENDING)), Path(signature)
