"""Which key a person signs with: an option, a variable, or a setting of the clone.

A command whose work is to sign, as `seal`, signs with the key that the clone names. One that files
something, and can sign it as well, signs where the person asks for it there and then: a setting of
long ago is no signature.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.log.signatures import SigningKey

SETTING = "govkit.key"
VARIABLE = "GOVKIT_KEY"


class OwnKey(NamedTuple):
    """What a person said about the key that they sign with: its files, mostly one, or nothing."""

    files: tuple[Path, ...] = ()
    agent: bool = False
    sign: bool = False

    @property
    def asked(self) -> bool:
        """Say whether the person asked for a signature here."""
        return bool(self.files) or self.agent or self.sign

    def of(self, root: Path) -> SigningKey:
        """Return the key that they sign with. Raises `WrongUse` where nobody says which."""
        return self.all(root)[0]

    def all(self, root: Path) -> list[SigningKey]:
        """Return the keys that are named, or the one of the clone. Raises `WrongUse`."""
        from govkit.procedures.log.signatures import SigningKey

        files = self.files or (_usual_key(root),)
        return [SigningKey(file.expanduser(), self.agent) for file in files]


def _usual_key(root: Path) -> Path:
    if (known := known_key(root)) is not None:
        return known
    raise WrongUse(
        "which key you sign with is not known",
        f"Say it once for this clone: `git config {SETTING} ~/.ssh/id_ed25519`. Or add --key "
        f"FILE, or set {VARIABLE}.",
    )


def known_key(root: Path) -> Path | None:
    """Return the key that the variable or the clone names, or None."""
    from govkit.store.repository import setting

    if said := os.environ.get(VARIABLE):
        return Path(said)
    if kept := setting(root, SETTING):
        # What a clone keeps is named from its root, wherever one stands in it.
        return root / Path(kept).expanduser()
    return None


def key_options(command: Callable[..., Any], several: bool = False) -> Callable[..., Any]:
    """Give a command --key and --agent, for what it signs.

    The command gets `own`, an `OwnKey`; with `several`, more keys than one may be named.
    """

    @wraps(command)
    def with_own(
        *args: Any,
        key: Path | tuple[Path, ...] | None,
        agent: bool,
        sign_now: bool = False,
        **more: Any,
    ) -> Any:
        files = key if isinstance(key, tuple) else (key,) if key else ()
        return command(*args, own=OwnKey(files, agent, sign_now), **more)

    given = click.option(
        "--key",
        type=click.Path(path_type=Path),
        metavar="FILE",
        multiple=several,
        help=f"The file of your private SSH key. Default: {VARIABLE}, or `git config {SETTING}`.",
    )
    agent = click.option(
        "--agent", is_flag=True, help="Your SSH agent signs; --key may be the public key then."
    )
    return given(agent(with_own))


def signing_options(command: Callable[..., Any], several: bool = False) -> Callable[..., Any]:
    """Give a command that files something --sign, --key and --agent: each of them asks to sign."""
    now = click.option(
        "--sign",
        "sign_now",
        is_flag=True,
        help="Sign it at once with your key. --key and --agent say that, too.",
    )
    return now(key_options(command, several))
