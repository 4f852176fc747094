"""`govkit found`: the first state of a coalition, from which everything is trusted."""

from __future__ import annotations

from typing import NoReturn

import click

from govkit.cli.keys import OwnKey, key_options
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.signed import signed_as_json, signed_words
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit found --coordinator example-society --coordinator other-society
  govkit found                      the charter names the coordinators already
  govkit found --sign --key ~/.ssh/id_ed25519
  govkit found --again --reason "The keys of two coordinators were lost."

Until a coalition is founded, it is forming: texts can be drafted and discussed,
and nothing can be adopted. The order: a key for each coordinator (ssh-keygen), then
`govkit member add` and `govkit member key add` for each, then this command. The
founding names all members who are here, and the keys of its first coordinators;
each of them signs it. Nothing that it names may have words still to be written.
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--coordinator",
    "coordinators",
    multiple=True,
    metavar="MEMBER",
    help="A first coordinator, by the id of the member. Once for each.",
)
@click.option(
    "--threshold",
    type=int,
    metavar="NUMBER",
    help="How many coordinators an act of the coalition takes. Default: what the charter says.",
)
@click.option("--sign", "signs", is_flag=True, help="Sign the founding that is there.")
@key_options
@click.option(
    "--without-keys",
    is_flag=True,
    help="Found though a coordinator has no key, and so can never sign.",
)
@click.option("--again", is_flag=True, help="Begin again, where keys were lost. Needs --reason.")
@click.option("--reason", metavar="WORDS", help="Why the coalition begins again.")
@registrar_options
def found(
    registrar: Registrar,
    coordinators: tuple[str, ...],
    threshold: int | None,
    signs: bool,
    own: OwnKey,
    without_keys: bool,
    again: bool,
    reason: str | None,
) -> None:
    """Found the coalition: its first coordinators and its first charter.

    Writes governance/genesis.yaml, names the coordinators in the charter, and begins the log. The
    digest of this founding is what every later release can be traced back to. With --sign, a first
    coordinator signs it.
    """
    from govkit.log.signed_statements import root_fingerprint
    from govkit.procedures.coalition.founding import Refounding, irreplaceable, prepare_founding

    if signs or own.asked:
        _require_alone(signs, bool(coordinators or threshold or again or reason))
        _sign(registrar, own)
        return
    if again != bool(reason):
        raise WrongUse(
            "to begin again needs a reason" if again else "--reason is for --again only",
            'Write: govkit found --again --reason "what happened".',
        )
    with registrar.at_desk() as workspace:
        done = prepare_founding(
            workspace,
            coordinators,
            threshold,
            registrar.now,
            Refounding(reason) if reason else None,
        )
        ids = [each.id for each in done.genesis.coordinators]
        if done.without_key and not without_keys:
            _refuse(done.without_key)
        by = registrar.claimed(workspace)
        if by not in ids:
            raise WrongUse(
                f"`{by}` is not among the coordinators who found: {', '.join(ids)}",
                "One of them writes it down: --by MEMBER.",
            )
        entries = registrar.file(workspace, done.filings, by)
    print_ = root_fingerprint(done.genesis)
    words = [
        f"Founded: {done.genesis.coalition}, with {', '.join(ids)}.",
        f"An act of the coalition takes {done.genesis.threshold} of them.",
        f"Root fingerprint: {print_}",
        "Send the fingerprint to the list: whoever has it can check everything that follows.",
        *_next(ids, done.without_key),
        *_only_key(irreplaceable(done.genesis)),
    ]
    registrar.say(
        words,
        entries,
        fingerprint=print_,
        without_key=list(done.without_key),
        irreplaceable=list(irreplaceable(done.genesis)),
    )


def _only_key(ids: tuple[str, ...]) -> list[str]:
    """Return what is missing that a stolen key could be replaced, and how it is mended now."""
    if not ids:
        return []
    return [
        f"If the only key of {' or '.join(ids)} is lost or stolen, nobody can replace it, and the "
        "coalition has to be founded again. Give each a second key, kept elsewhere (`govkit member "
        "key add MEMBER --file FILE.pub`), or name a third coordinator."
    ]


def _refuse(without_key: tuple[str, ...]) -> NoReturn:
    has = "has no key" if len(without_key) == 1 else "have no key"
    id = without_key[0]
    raise WrongUse(
        f"{' and '.join(without_key)} {has}, and a founding is signed by each of its coordinators",
        f"Each makes a key on their own machine: `ssh-keygen -t ed25519 -f ../{id}-key`. Then "
        f"`govkit member key add {id} --file ../{id}-key.pub --by {id}`, and found once more. "
        "Nothing was changed. --without-keys founds all the same: such a coordinator can never "
        "seal the log or sign a release.",
    )


def _next(ids: list[str], without_key: tuple[str, ...]) -> list[str]:
    """Return what is to be done next: keys that are missing, then signatures."""
    lacking = [f"{id} has no key, and so can't sign this founding." for id in without_key]
    able = [id for id in ids if id not in without_key]
    asked = f"Not signed yet: {', '.join(able)}. Each signs: `govkit found --sign --key FILE`."
    return [*lacking, *([asked] if able else [])]


def _require_alone(signs: bool, more: bool) -> None:
    if not signs or more:
        raise WrongUse(
            "--sign is for what is founded already, and goes with nothing else of this command"
            if signs
            else "--key and --agent are for --sign only",
            "Write: govkit found --sign --key ~/.ssh/id_ed25519",
        )


def _sign(registrar: Registrar, own: OwnKey) -> None:
    from govkit.log.signed_statements import root_fingerprint
    from govkit.procedures.log.signatures import founding_of, sign_founding

    with registrar.at_desk() as workspace:
        by = registrar.claimed(workspace)
        print_ = root_fingerprint(founding_of(workspace))
        done = sign_founding(workspace, by, own.of(workspace.root))
        if done.filing is not None:
            registrar.file(workspace, [done.filing], by)
    registrar.say(
        [*signed_words(done, by), f"Root fingerprint: {print_}"],
        (),
        fingerprint=print_,
        **signed_as_json(done, by),
    )
