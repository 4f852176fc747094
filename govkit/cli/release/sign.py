"""`govkit release sign`: a coordinator vouches for a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govkit.cli.keys import OwnKey, key_options
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.session import Progress

if TYPE_CHECKING:
    from govkit.procedures.releases.signing import SigningRequest
    from govkit.workspace import Workspace
    from govkit.workspace.releases.values import Progress as BuildProgress

_EPILOG = """Examples:
  govkit release sign provisions/1.1.0 --key ~/.ssh/id_ed25519
  govkit release sign provisions/1.1.0 --key ~/.ssh/id_ed25519 --by example-society
  govkit release sign provisions/1.1.0 --key ~/.ssh/id_ed25519 --not-rebuilt
  govkit release sign provisions/1.0.0 --key ~/.ssh/id_ed25519 --again

Before you sign, govkit builds the whole release again from what is committed and
compares every byte. Only then does your signature say: I have looked, and these
files are what our texts and decisions give. If you can't build it, --not-rebuilt
signs for another purpose, and every print says so.

--again is for a release that is published, where a key of then was in other hands:
as many coordinators of now as an act takes vouch for it, each by an entry of the log.

Your key has to be in your member's record in this release, and hold today.
Nothing is sent. Push the commit that this makes, so that the others have it.
"""


@click.command(epilog=_EPILOG)
@click.argument("release", metavar="RELEASE")
@key_options
@click.option(
    "--not-rebuilt", is_flag=True, help="Sign without building the release again. It is printed."
)
@click.option(
    "--again", is_flag=True, help="Vouch, as a coordinator of now, for what is published."
)
@click.option("--branch", default="main", metavar="NAME", help="The main branch. Default: main.")
@registrar_options
def sign(
    registrar: Registrar, release: str, own: OwnKey, not_rebuilt: bool, again: bool, branch: str
) -> None:
    """Build a candidate again, and sign it as a coordinator."""
    from govkit.procedures.releases.signing import SigningRequest, sign
    from govkit.release.manifest import name_of

    name = name_of(release)
    with registrar.at_desk() as workspace, Progress("Building") as progress:

        def shown(file: str, number: int, of: int) -> None:
            progress.say(f"Building {file} ({number} of {of})")

        by = registrar.claimed(workspace)
        signer = own.of(workspace.root)
        request = SigningRequest(name, by, signer, not not_rebuilt, branch)
        if again:
            _vouch(registrar, workspace, request, shown)
            return
        done = sign(workspace.root, request, registrar.now, shown)
    have, needed = len(done.signed.by), done.threshold
    words = [
        f"Signed: {name}, as {by}, with the key {done.key}"
        + (" (not built again)." if not_rebuilt else ". Built again, every byte was the same."),
        f"{have} of {needed} signatures that it takes: {', '.join(done.signed.by)}.",
        f"Next: {', '.join(done.missing)} can sign, too."
        if have < needed
        else f"Next: `govkit release publish {name} --key FILE`.",
        "Nothing was sent. Push the commit: git push",
    ]
    registrar.say(
        words,
        (),
        release=str(name),
        by=by,
        key=done.key,
        signature=done.path,
        commit=done.commit,
        rebuilt=not not_rebuilt,
        signed=list(done.signed.by),
        not_rebuilt=list(done.signed.not_rebuilt),
        missing=list(done.missing),
        needed=needed,
    )


def _vouch(
    registrar: Registrar, workspace: Workspace, request: SigningRequest, shown: BuildProgress
) -> None:
    from govkit.log.coordinators import require_coordinator
    from govkit.procedures.releases.vouchers import prepare_voucher

    require_coordinator(workspace.corpus, request.by)
    done = prepare_voucher(workspace, request, registrar.now, shown)
    entries = registrar.file(workspace, [], request.by, further=[done.entry])
    registrar.say(
        [
            f"You sign these words, as {request.by}, with the key {done.key}:",
            "",
            *(f"  {line}".rstrip() for line in done.statement.splitlines()),
            "",
            "Next: seal the log (`govkit seal`), commit, and push.",
        ],
        entries,
        release=str(request.name),
        by=request.by,
        key=done.key,
        rebuilt=request.rebuild,
        statement=done.statement,
    )
