"""`govkit completion`: what makes a shell complete govkit's words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_EPILOG = """Examples:
  eval "$(govkit completion bash)"     in ~/.bashrc
  eval "$(govkit completion zsh)"      in ~/.zshrc
  govkit completion fish > ~/.config/fish/completions/govkit.fish
"""


@click.command(epilog=_EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes the shell complete govkit's words."""

    from govkit.cli.main import govkit

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(govkit, {}, "govkit", "_GOVKIT_COMPLETE").source())
