"""`govkit release publish`: publish a candidate that enough coordinators have signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.keys import OwnKey, key_options
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.release.requests import branch_option, folder_of, folder_option, name_argument

if TYPE_CHECKING:
    from govkit.procedures.releases.publication import PublishedRelease
    from govkit.release.manifest import ReleaseName

_EPILOG = """Examples:
  govkit release publish provisions/1.1.0 --key ~/.ssh/id_ed25519
  govkit release publish provisions/1.1.0 --key ~/.ssh/id_ed25519 --dry-run

It looks at every signature, then makes one commit and the signed tag, in one step:
the publication, which you sign, its entry in the log, and your seal on the log. The
same key signs each of them, and its passphrase is asked for once.
Signatures that lie in the folder and are not committed yet come with that commit.
Nothing is pushed: `git push --follow-tags` makes it known to the others.
How it ends: 0 published, 1 not ready yet, 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@name_argument
@key_options
@click.option("--dry-run", is_flag=True, help="Look at everything, and make nothing.")
@folder_option
@branch_option
@registrar_options
def publish(
    registrar: Registrar,
    name: ReleaseName,
    own: OwnKey,
    dry_run: bool,
    folder: Path | None,
    branch: str,
) -> None:
    """Publish a candidate that enough coordinators have signed."""
    from govkit.procedures.log.filing import writing
    from govkit.procedures.log.signatures import unlock_once
    from govkit.procedures.releases import publication

    root = registrar.session.workspace_root()
    with writing(root, registrar.stamp):
        opened, now = publication.open_candidate(root, name, branch)
        by = registrar.name(now.workspace)
        who = publication.vouchers_at(opened, now, by, registrar.now)
        publication.require_enough(opened, who)
        if dry_run:
            registrar.say(
                [
                    f"Would publish {name}, signed by {', '.join(who.signed.by)}.",
                    "Nothing was written.",
                ],
                (),
                release=str(name),
                published=False,
            )
            return
        with unlock_once(own.of(root)) as key:
            done = publication.publish(
                opened, now, who, by, key, registrar.now, folder_of(root, folder), branch
            )
    _say(registrar, done)


def _say(registrar: Registrar, done: PublishedRelease) -> None:
    signed = done.signed
    words = [
        f"Published {done.name}, signed by {', '.join(signed.by)} ({len(signed.by)} of the "
        f"{done.needed} that it takes).",
        *(f"{id} signed without building it again." for id in signed.not_rebuilt),
        f"The tag is {done.name.tag}. Make it known: git push --follow-tags",
    ]
    if done.folder is None:
        words.append("Its printed files do not lie here; they can be made again from the tag.")
    registrar.say(
        words,
        (),
        release=str(done.name),
        published=True,
        commit=done.commit,
        tag=done.name.tag,
        signed=list(signed.by),
        not_rebuilt=list(signed.not_rebuilt),
    )
