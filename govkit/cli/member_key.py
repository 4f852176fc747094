"""`govkit member key`: the keys that a member signs with begin and end."""

from __future__ import annotations

import datetime
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from govkit.cli.asking import in_one_line, in_words, sure_option
from govkit.cli.comment.options import received_at, received_option
from govkit.cli.groups import Group
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.output import formerly
from govkit.cli.position_options import source_option
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.session import A_DAY, A_MOMENT, DayType, GivenDay, day_of, days_given, instant_of
from govkit.cli.signed import Signatures, signed_at_once
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.coalition.member_keys import KeyOrigin
    from govkit.workspace import Workspace


def _account(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[str, str] | None:
    host, _, name = (value or "").partition(":")
    if value is not None and not (host and name):
        raise click.BadParameter(f"{value} is no account. Write it as code.example.org:name.")
    return None if value is None else (host, name)


@click.group(
    cls=Group,
    epilog="""Examples:
  govkit member key add example-society --file key.pub
  govkit member key end example-society k1
""",
)
def key() -> None:
    """Add or end a public key that a member signs with."""


@key.command(
    "add",
    context_settings=formerly(from_="channel", since="first-day"),
    epilog="""Examples:
  govkit member key add example-society "ssh-ed25519 AAAAC3Nza..."
  govkit member key add example-society --file key.pub --channel in-person --sign
  govkit member key add example-society --file key.pub --source mail.eml --sign
  govkit member key add example-society --file key.pub --event issues/17 \\
      --account code.example.org:society --received 2026-03-10T09:00Z

This files an act. The new key counts when it has signed that act itself, and:
for a coordinator, an older key of theirs and another coordinator, or as many
coordinators as an act takes, two at least; for any other member, an older key
of theirs, or two coordinators who have seen that it came from the address on
record (--source: the mail, with the key in it) or from the account on record
(--account and --event), else as many as an act takes, two at least. Each signs
by `govkit sign`, or with ssh-keygen.

Before the founding no act is needed: the founding names those of its
coordinators, and any other begins by an act after it.
Take a key only from the address or the account that is on record for the
member, or in person. Before you sign for a mail, hold its sender against the
address that you had before, and ask yourself since when that is on record. The
comment at the end of the key is not kept.
""",
)
@click.argument("id_", metavar="MEMBER")
@click.argument("text", metavar="KEY", required=False)
@click.option(
    "--file", "file", type=click.Path(), metavar="FILE", help="Read the key from this .pub file."
)
@click.option("--id", "name", metavar="ID", help="The name of the key. Default: k1, k2, ...")
@click.option(
    "--first-day", "since", type=DayType("membership"), help="The first day. Default: today."
)
@click.option(
    "--channel",
    "basis",
    type=click.Choice(["address", "account", "in-person"]),
    help="How it came.",
)
@source_option
@click.option(
    "--account",
    callback=_account,
    metavar="HOST:NAME",
    help="The account on record that published it.",
)
@click.option("--event", metavar="WORDS", help="Where the host shows that: a number or an address.")
@received_option
@signing_options
@sure_option
@registrar_options
def add_key(
    registrar: Registrar,
    id_: str,
    text: str | None,
    file: str | None,
    name: str | None,
    since: datetime.date | None,
    own: OwnKey,
    **came: Any,
) -> None:
    """Let a public key of a member begin."""
    from govkit.procedures.coalition.member_keys import NewKey, prepare_new_key

    text = _key_text(text, file)
    origin = _origin(registrar, **came)
    with registrar.at_desk() as workspace:
        by = registrar.name_or_founder(workspace)
        new = NewKey(text, name, since or registrar.now.date(), origin)
        _require_founded(workspace, own)
        done = prepare_new_key(workspace, id_, new, by)
        entries = registrar.file(workspace, done.filings, by)
        signatures = _signatures(registrar, done.act, by, own)
    registrar.say(
        [f"{id_} signs with the key {done.key.id} from {done.key.since} on.", *signatures.words],
        entries,
        member=id_,
        key=done.key.id,
        act=done.act,
        **signatures.for_programs,
    )


def _signatures(registrar: Registrar, act: str | None, by: str, own: OwnKey) -> Signatures:
    return Signatures((), (), []) if act is None else signed_at_once(registrar, act, by, own)


def _require_founded(workspace: Workspace, own: OwnKey) -> None:
    from govkit.log.coordinators import genesis_of

    if own.asked and genesis_of(workspace.corpus) is None:
        raise WrongUse(
            "before the founding no key begins by an act, so there is nothing to sign",
            "Leave --sign and --key out. The founding names the first keys: `govkit found`.",
        )


def _key_text(text: str | None, file: str | None) -> str:
    if bool(text) == bool(file):
        raise WrongUse("a key is needed here", "Give it in quotes, or name its file with --file.")
    if text:
        return text
    from govkit.store.worktree import read_named

    assert file is not None
    return read_named(Path(file)).decode("utf-8", errors="replace")


def _origin(
    registrar: Registrar,
    basis: str | None = None,
    source: str | None = None,
    account: tuple[str, str] | None = None,
    event: str | None = None,
    received: datetime.datetime | None = None,
) -> KeyOrigin:
    """Return how a key came, and what shows it. Raises `WrongUse` for what does not fit."""
    from govkit.procedures.coalition.member_keys import KeyOrigin
    from govkit.records.evidence import AccountEvent
    from govkit.store.worktree import read_named

    if (account is None) != (event is None) or (received is not None and account is None):
        raise WrongUse(
            "--account, --event and --received go together",
            "Say which account published the key, where the host shows it, and when it came.",
        )
    shown = {"address": source is not None, "account": account is not None}
    if sum(shown.values()) > 1 or any(has and basis not in (None, by) for by, has in shown.items()):
        raise WrongUse(
            "a key comes in one way",
            "--source is the mail from the address on record, --account and --event what the "
            "account on record published.",
        )
    if account is None:
        mail = read_named(Path(source)) if source else None
        return KeyOrigin(cast("Any", basis or ("address" if source else None)), mail)
    host, name = account
    at = received_at(received, registrar.now)
    seen = AccountEvent(
        host=host, account=name, event=in_one_line(event or "", "--event"), arrived=at
    )
    return KeyOrigin("account", account=seen)


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
    epilog="""Examples:
  govkit member key end example-society k1
  govkit member key end example-society k1 --compromised-since 2026-03-01 \\
      --reason "The laptop was stolen."

An ended key stays good for what was received before. A compromised one stays
good only for what the log had recorded before.

This files an act, which counts by the same signatures as for a new key; --source
is the mail of the member from the address on record. A key that is ended does not
end before the act.
""",
)
@click.argument("id_", metavar="MEMBER")
@click.argument("name", metavar="KEY")
@click.option(
    "--last-day", "until", type=DayType("membership"), help="The last day. Default: today."
)
@click.option(
    "--compromised-since",
    callback=_since_when,
    metavar="MOMENT",
    help="Since when somebody else may have it: a day, as 2026-03-10, or a moment, as "
    "2026-03-10T12:00:00Z.",
)
@click.option("--reason", metavar="WORDS", help="Why the key ends. It is published.")
@source_option
@signing_options
@sure_option
@registrar_options
def end_key(
    registrar: Registrar,
    id_: str,
    name: str,
    until: datetime.date | None,
    compromised_since: str | None,
    reason: str | None,
    source: str | None,
    own: OwnKey,
) -> None:
    """End a key: it was replaced, lost, or stolen."""
    from govkit.procedures.coalition.member_keys import prepare_key_end
    from govkit.procedures.log.register import require_come

    origin = _origin(registrar, source=source)
    if compromised_since:
        moment = f"{compromised_since}T00:00:00Z"[: len(A_MOMENT)]
        since = instant_of(moment)
        require_come(since, registrar.now, "--compromised-since")
        days_given().append(GivenDay("--compromised-since", since.date(), "membership"))
    with registrar.writing() as (workspace, by):
        day = until or registrar.now.date()
        _require_founded(workspace, own)
        why = in_words(reason, "--reason") if reason else f"The key {name} of {id_} ends."
        done = prepare_key_end(workspace, id_, name, day, compromised_since, (by, why), origin)
        entries = registrar.file(workspace, done.filings, by)
        signatures = _signatures(registrar, done.act, by, own)
    registrar.say(
        [f"The key {name} of {id_} ends on {day}.", *signatures.words],
        entries,
        member=id_,
        key=name,
        act=done.act,
        **signatures.for_programs,
    )
