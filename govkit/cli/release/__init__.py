"""`govkit release`: versions of the books that coordinators sign and anyone can check."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "plan": "Say what a release would hold, what stops it, and which version it has.",
    "cut": "Build a release and commit it as a candidate, to be signed.",
    "sign": "Build a candidate again, and sign it as a coordinator.",
    "publish": "Publish a candidate that enough coordinators have signed.",
    "build": "Make the files of a release again from its tag, and lay them beside its signatures.",
    "verify": "Verify a release, offline, and say what was not looked at.",
    "signers": "Print who could sign a release, as ssh-keygen reads it (allowed_signers).",
    "notes": "Print what changed since the release before, or since another one.",
    "compare": "Say what changed from one release of a book to another one.",
    "list": "List all releases: their state, their days, who signed.",
}
_MODULES = {"list": "list_"}

_EPILOG = """Examples, in the order of the work:
  govkit release plan provisions          what is in it, what stops it, which version
  govkit release cut provisions           build it, and commit it as a candidate
  govkit release sign provisions/1.1.0 --key ~/.ssh/id_ed25519
  govkit release publish provisions/1.1.0 --key ~/.ssh/id_ed25519
  govkit release verify provisions/v1.1.0
  govkit release list

A release is named by its book and its version, as provisions/1.1.0.
"""


class ReleaseCommands(Commands):
    """The commands of `govkit release`."""

    told = COMMANDS
    package = "govkit.cli.release"
    files = _MODULES


@click.group("release", cls=ReleaseCommands, epilog=_EPILOG)
def release() -> None:
    """Make releases that prove themselves, tell what changed, and check them."""
