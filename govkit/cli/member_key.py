"""`govkit member key`: the keys that a member signs with begin and end."""

from __future__ import annotations

import datetime
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from govkit.cli.asking import in_words
from govkit.cli.groups import Group
from govkit.cli.output import formerly
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.session import A_DAY, A_MOMENT, DayType, day_of, instant_of
from govkit.cli.signed import Signatures, key_option, signed_at_once
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.workspace import Workspace


@click.group(
    cls=Group,
    epilog="""\b
Examples:
  govkit member key add example-society --file key.pub
  govkit member key end example-society k1
""",
)
def key() -> None:
    """Add or end a public key that a member signs with."""


@key.command(
    "add",
    context_settings=formerly(from_="channel", since="first-day"),
    epilog="""\b
Examples:
  govkit member key add example-society "ssh-ed25519 AAAAC3Nza..."
  govkit member key add example-society --file key.pub --channel in-person \\
      --key ~/.ssh/id_ed25519

\b
This files an act. The new key counts when it has signed that act itself, and:
for a coordinator, an older key of theirs and another coordinator, or as many
coordinators as an act takes, two at least; for any other member, an older key
of theirs, or two coordinators. Each signs by `govkit sign`, or with ssh-keygen.

\b
Before the founding no act is needed: the founding names the first keys.
Take a key only from the address or the account that is on record for the
member, or in person. The comment at its end is not kept.
""",
)
@click.argument("id_", metavar="MEMBER")
@click.argument("text", metavar="KEY", required=False)
@click.option(
    "--file", "file", type=click.Path(), metavar="FILE", help="Read the key from this .pub file."
)
@click.option("--id", "name", metavar="ID", help="The name of the key. Default: k1, k2, ...")
@click.option(
    "--first-day",
    "since",
    type=DayType(),
    metavar="YYYY-MM-DD",
    help="The first day. Default: today.",
)
@click.option(
    "--channel",
    "basis",
    type=click.Choice(["address", "account", "in-person"]),
    default="address",
    help="How it came.",
)
@key_option
@registrar_options
def add_key(
    registrar: Registrar,
    id_: str,
    text: str | None,
    file: str | None,
    name: str | None,
    since: datetime.date | None,
    basis: str,
    key: Path | None,
) -> None:
    """Let a public key of a member begin."""
    from govkit.procedures.coalition.member_keys import NewKey, key_added

    text = _key_text(text, file)
    with registrar.at_desk() as workspace:
        by = registrar.name(workspace)
        new = NewKey(text, name, since or registrar.now.date(), cast("Any", basis))
        _require_founded(workspace, key)
        done = key_added(workspace, id_, new, by)
        entries = registrar.file(workspace, done.filings, by)
        signatures = _signatures(registrar, done.act, by, key)
    registrar.say(
        [f"{id_} signs with the key {done.key.id} from {done.key.since} on.", *signatures.words],
        entries,
        member=id_,
        key=done.key.id,
        act=done.act,
        signers=list(signatures.signed),
        missing=list(signatures.missing),
    )


def _signatures(registrar: Registrar, act: str | None, by: str, key: Path | None) -> Signatures:
    return Signatures((), (), []) if act is None else signed_at_once(registrar, act, by, key)


def _require_founded(workspace: Workspace, key: Path | None) -> None:
    from govkit.log.coordinators import genesis_of

    if key is not None and genesis_of(workspace.corpus) is None:
        raise WrongUse(
            "before the founding no key begins by an act, so there is nothing to sign",
            "Leave --key out. The founding names the first keys: `govkit found`.",
        )


def _key_text(text: str | None, file: str | None) -> str:
    if bool(text) == bool(file):
        raise WrongUse("a key is needed here", "Give it in quotes, or name its file with --file.")
    if text:
        return text
    from govkit.store.worktree import read_named

    assert file is not None
    return read_named(Path(file)).decode("utf-8", errors="replace")


def _since_when(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a day or a moment as it was written."""
    for read in (day_of, instant_of):
        with suppress(ValueError):
            if value is not None:
                read(value)
            return value
    raise click.BadParameter(
        f"{value} is no day and no moment. Write it as {A_DAY} or {A_MOMENT}.", ctx, param
    )


@key.command(
    "end",
    context_settings=formerly(until="last-day"),
    epilog="""\b
Examples:
  govkit member key end example-society k1
  govkit member key end example-society k1 --compromised-since 2026-03-01 \\
      --reason "The laptop was stolen."

\b
An ended key stays good for what was received before. A compromised one stays
good only for what the log had recorded before.

\b
This files an act, which counts by the same signatures as for a new key. A key
that is ended does not end before the act.
""",
)
@click.argument("id_", metavar="MEMBER")
@click.argument("name", metavar="KEY")
@click.option(
    "--last-day",
    "until",
    type=DayType(),
    metavar="YYYY-MM-DD",
    help="The last day. Default: today.",
)
@click.option(
    "--compromised-since",
    callback=_since_when,
    metavar="MOMENT",
    help="Since when somebody else may have it: a day, as 2026-03-10, or a moment, as "
    "2026-03-10T12:00:00Z.",
)
@click.option("--reason", metavar="WORDS", help="Why the key ends. It is published.")
@key_option
@registrar_options
def end_key(
    registrar: Registrar,
    id_: str,
    name: str,
    until: datetime.date | None,
    compromised_since: str | None,
    reason: str | None,
    key: Path | None,
) -> None:
    """End a key: it was replaced, lost, or stolen."""
    from govkit.procedures.coalition.member_keys import key_ended
    from govkit.procedures.log.register import require_come

    if compromised_since:
        moment = f"{compromised_since}T00:00:00Z"[: len(A_MOMENT)]
        require_come(instant_of(moment), registrar.now, "--compromised-since")
    with registrar.at_desk() as workspace:
        by = registrar.name(workspace)
        day = until or registrar.now.date()
        _require_founded(workspace, key)
        why = in_words(reason, "--reason") if reason else f"The key {name} of {id_} ends."
        done = key_ended(workspace, id_, name, day, compromised_since, (by, why))
        entries = registrar.file(workspace, done.filings, by)
        signatures = _signatures(registrar, done.act, by, key)
    registrar.say(
        [f"The key {name} of {id_} ends on {day}.", *signatures.words],
        entries,
        member=id_,
        key=name,
        act=done.act,
        signers=list(signatures.signed),
        missing=list(signatures.missing),
    )
