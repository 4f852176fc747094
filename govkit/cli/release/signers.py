"""`govkit release signers`: who could sign a release, as a file for ssh-keygen."""

from __future__ import annotations

import datetime

import click

from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """\b
Examples:
  govkit release signers provisions/v1.1.0 > signers
  ssh-keygen -Y verify -f signers -I a-example -n release@govkit \\
      -s signatures/a-example.sig < SHA256SUMS

\b
The file has a line for each key that a coordinator could sign with when the release
was published. It is for those who check the signatures without govkit.
"""


@click.command(epilog=_EPILOG)
@click.argument("release", metavar="RELEASE")
@now_option
@pass_session
def signers(session: Session, release: str, now: datetime.datetime | None) -> None:
    """Print who could sign a release, as ssh-keygen reads it (allowed_signers)."""
    from govkit.release.manifest import name_of
    from govkit.store.signing import NOT_REBUILT, PUBLICATION, RELEASE, TAG, allowed_signers
    from govkit.workspace.releases.verification import VerificationOptions, signers_then

    root = session.workspace_root()
    found = signers_then(root, name_of(release), VerificationOptions(None, now or now_in_utc()))
    purposes = (RELEASE, NOT_REBUILT, PUBLICATION, TAG)
    click.echo(allowed_signers(found, purposes), nl=False)
