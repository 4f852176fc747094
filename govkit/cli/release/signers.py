"""`govkit release signers`: who could sign a release, as a file for ssh-keygen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session

if TYPE_CHECKING:
    from govkit.log.keys import Keys

_EPILOG = """Examples:
  govkit release signers provisions/v1.1.0 > signers
  ssh-keygen -Y verify -f signers -I a-example -n release@govkit \\
      -s signatures/a-example.sig < SHA256SUMS

The file has a line for each key that a coordinator could sign with when the release
was published. It is for those who check the signatures without govkit. Lines with # say
since when and until when each key counts, and what let it begin.
"""


@click.command(epilog=_EPILOG)
@click.argument("release", metavar="RELEASE")
@now_option
@pass_session
def signers(session: Session, release: str, now: datetime.datetime | None) -> None:
    """Print who could sign a release, as ssh-keygen reads it (allowed_signers)."""
    from govkit.release.manifest import NAMESPACE, name_of
    from govkit.release.verifying.publication import OF_PUBLICATIONS
    from govkit.release.verifying.signers import NOT_REBUILT
    from govkit.store.signing import TAG, allowed_signers
    from govkit.workspace.releases.verification import VerificationOptions, keys_today, signers_then

    root = session.workspace_root()
    found = signers_then(root, name_of(release), VerificationOptions(None, now or now_in_utc()))
    purposes = (NAMESPACE, NOT_REBUILT, OF_PUBLICATIONS, TAG)
    for line in _dates(keys_today(root, name_of(release)), {public for _, public in found}):
        click.echo(line)
    click.echo(allowed_signers(found, purposes), nl=False)


def _dates(keys: Keys, shown: set[str]) -> Iterator[str]:
    """Yield since when and until when each key counts, as lines that ssh-keygen leaves alone."""
    from govkit.source.record_bytes import instant_text

    for each in sorted(each for each in keys.all if each.public in shown):
        until = f", until {instant_text(each.ends)}" if each.ends else ""
        stolen = each.compromised
        others = f", may be in other hands since {instant_text(stolen)}" if stolen else ""
        since = instant_text(each.begins)
        yield f"# {each.member} {each.id}: counts since {since}{until}{others} ({each.record})"
