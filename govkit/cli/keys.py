"""Which key a person signs with: an option, a variable, or a setting of the clone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.log.signatures import SigningKey

SETTING = "govkit.key"
VARIABLE = "GOVKIT_KEY"


def key_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --key and --agent."""
    key = click.option(
        "--key",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=f"The file of your private SSH key. Default: {VARIABLE}, or `git config {SETTING}`.",
    )
    agent = click.option(
        "--agent", is_flag=True, help="Your SSH agent signs; --key may be the public key then."
    )
    return key(agent(command))


def key_of(root: Path, asked: Path | None, agent: bool) -> SigningKey:
    """Return the key that somebody signs with. Raises `WrongUse` where nobody says which."""
    from govkit.procedures.log.signatures import SigningKey
    from govkit.store.repository import setting

    said = asked or os.environ.get(VARIABLE)
    if not said and (kept := setting(root, SETTING)):
        # What a clone keeps is named from its root, wherever one stands in it.
        said = root / Path(kept).expanduser()
    if not said:
        raise WrongUse(
            "which key you sign with is not known",
            f"Say it once for this clone: `git config {SETTING} ~/.ssh/id_ed25519`. Or add --key "
            f"FILE, or set {VARIABLE}.",
        )
    return SigningKey(Path(said).expanduser(), agent)
