"""`govkit amend`: what the coalition decides about its own charter and policies."""

from __future__ import annotations

import click

from govkit.cli.act_options import people_option
from govkit.cli.asking import in_words
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.output import formerly
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.signed import signed_at_once
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit amend charter --who one-society --who other-society \\
      --reason "A third coordinator shares the work."
  govkit amend governance/policies/substance.yaml --who one-society --who other-society \\
      --reason "Thirty days were too short."

Edit the file first, and commit nothing. This command takes the edited file as
the new state, and files it with the act: who decided, why, and the words before
and after, by their digests. It takes as many coordinators as the charter said
before the change. Those who coordinate already decide who coordinates next.

What is open is decided by the words under which it was opened.

The coordinators of the list before sign the act, as many as it takes; so does
everybody whom it names: `govkit sign`. Until then it changes nothing.
"""


@click.command(epilog=_EPILOG, context_settings=formerly(for_="who"))
@click.argument("path", metavar="charter|POLICY|PATH", required=False)
@click.option("--reason", metavar="WORDS", help="Why. It is published.")
@people_option("A coordinator who decided it")
@signing_options
@registrar_options
def amend(
    registrar: Registrar, path: str | None, reason: str | None, people: tuple[str, ...], own: OwnKey
) -> None:
    """File a change of the charter, of a policy, or of who coordinates."""
    if path is None or reason is None:
        raise WrongUse(
            "it is not said what changes" if path is None else "a reason is needed here",
            'Write: govkit amend charter --reason "why"',
        )
    _file(registrar, path, reason, people, own)


def _file(
    registrar: Registrar, path: str, reason: str, people: tuple[str, ...], own: OwnKey
) -> None:
    from govkit.procedures.coalition.amendment import (
        path_meant,
        prepare_amendment,
        proposals_open_at,
    )

    with registrar.writing() as (workspace, by):
        place = path_meant(workspace, path, registrar.session.folder())
        agreed = tuple(dict.fromkeys(people or (by,)))
        done = prepare_amendment(workspace, place, agreed, in_words(reason, "--reason"))
        entries = registrar.file(workspace, done.filings, by)
        signatures = signed_at_once(registrar, done.filings[0].path, by, own)
        open_ = proposals_open_at(workspace, registrar.now)
    act = done.act
    what = f" ({', '.join(done.changed)})" if done.changed else ""
    words = [f"Changed by the coalition: {act.path}{what}, by {', '.join(act.by)}."]
    if act.coordinators is not None:
        words.append(
            f"From now on {', '.join(act.coordinators.ids)} coordinate, and an act takes "
            f"{act.coordinators.threshold} of them."
        )
    if open_:
        words.append(f"What is open goes on under the words before: {', '.join(open_)}.")
    words += signatures.words
    registrar.say(
        words,
        entries,
        **signatures.for_programs,
        act=done.filings[0].path,
        kind=act.kind,
        path=act.path,
        before=act.before,
        after=act.after,
        agreed=list(act.by),
        changed=list(done.changed or ()),
        open=list(open_),
    )
