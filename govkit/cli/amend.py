"""`govkit amend`: what the coalition decides about its own charter and policies."""

from __future__ import annotations

import click

from govkit.cli.registrar import Registrar, registrar_options

_EPILOG = """\b
Examples:
  govkit amend charter --for one-society --for other-society \\
      --reason "A third coordinator shares the work."
  govkit amend governance/policies/substance.yaml --for one-society --for other-society \\
      --reason "Thirty days were too short."

\b
Edit the file first, and commit nothing. This command takes the edited file as
the new state, and files it with the act: who decided, why, and the words before
and after, by their digests. It takes as many coordinators as the charter said
before the change. Those who coordinate already decide who coordinates next.

\b
What is open is decided by the words under which it was opened.
"""


@click.command(epilog=_EPILOG)
@click.argument("path", metavar="charter|POLICY|PATH")
@click.option("--reason", required=True, help="Why. It is published.")
@click.option(
    "--for", "people", multiple=True, metavar="MEMBER",
    help="A coordinator who decided it; once for each. Default: who writes it down.",
)  # fmt: skip
@registrar_options
def amend(registrar: Registrar, path: str, reason: str, people: tuple[str, ...]) -> None:
    """File a change of the charter, of a policy, or of who coordinates."""
    from govkit.source.scaffolds import paragraphs
    from govkit.workspace.amending import amending, opened_under, path_meant

    with registrar.at_desk() as workspace:
        by = registrar.name(workspace)
        place = path_meant(workspace, path, registrar.session.folder())
        agreed = tuple(dict.fromkeys(people or (by,)))
        done = amending(workspace, place, agreed, paragraphs(reason))
        entries = registrar.file(workspace, done.filings, by)
        open_ = opened_under(workspace)
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
    registrar.say(
        words, entries, act=done.filings[0].path, kind=act.kind, path=act.path, before=act.before,
        after=act.after, agreed=list(act.by), changed=list(done.changed or ()), open=list(open_),
    )  # fmt: skip
