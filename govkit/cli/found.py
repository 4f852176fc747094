"""`govkit found`: the first state of a coalition, from which everything is trusted."""

from __future__ import annotations

import click

from govkit.cli.registrar import Registrar, registrar_options
from govkit.errors import WrongUse

_EPILOG = """\b
Examples:
  govkit found --coordinator example-society --coordinator other-society
  govkit found                      the charter names the coordinators already
  govkit found --again --reason "The keys of two coordinators were lost."

\b
Until a coalition is founded, it is forming: texts can be drafted and discussed,
and nothing can be adopted. Each coordinator has to be a member first: a file
below governance/members, which `govkit new member` begins.
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--coordinator",
    "coordinators",
    multiple=True,
    metavar="MEMBER",
    help="A first coordinator, by the id of the member. Once for each.",
)
@click.option(
    "--threshold",
    type=int,
    metavar="NUMBER",
    help="How many coordinators an act of the coalition takes. Default: what the charter says.",
)
@click.option("--again", is_flag=True, help="Begin again, where keys were lost. Needs --reason.")
@click.option("--reason", help="Why the coalition begins again.")
@registrar_options
def found(
    registrar: Registrar,
    coordinators: tuple[str, ...],
    threshold: int | None,
    again: bool,
    reason: str | None,
) -> None:
    """Found the coalition: its first coordinators and its first charter.

    Writes governance/genesis.yaml, names the coordinators in the charter, and begins the log. The
    digest of this founding is what every later release can be traced back to.
    """
    from govkit.corpus.record_digests import digest_for
    from govkit.workspace.founding import Again, founding

    if again != bool(reason):
        raise WrongUse(
            "to begin again needs a reason" if again else "--reason is for --again only",
            'Write: govkit found --again --reason "what happened".',
        )
    with registrar.at_desk() as workspace:
        done = founding(workspace, coordinators, threshold, registrar.now,
                        Again(reason) if reason else None)  # fmt: skip
        ids = [each.id for each in done.genesis.coordinators]
        by = registrar.claimed(workspace)
        if by not in ids:
            raise WrongUse(
                f"`{by}` is not among the coordinators who found: {', '.join(ids)}",
                "One of them writes it down: --by MEMBER.",
            )
        entries = registrar.file(workspace, done.filings, by)
    print_ = digest_for("genesis", done.genesis)
    words = [
        f"Founded: {done.genesis.coalition}, with {', '.join(ids)}.",
        f"An act of the coalition takes {done.genesis.threshold} of them.",
        f"Root fingerprint: {print_}",
        "Send the fingerprint to the list: whoever has it can check everything that follows.",
        *(f"{id} has no key yet: `govkit member key add {id} KEY`." for id in done.without_key),
    ]
    registrar.say(words, entries, fingerprint=print_, without_key=list(done.without_key))
