"""`govkit answer`: what a coordinator says to an objection, and that its author is satisfied."""

from __future__ import annotations

import click

from govkit.cli.act_options import people_option, units_option
from govkit.cli.asking import in_words
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.signed import signed_at_once
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit answer 2026-003 example-society --reply "The law asks for thirty days." \\
      --key ~/.ssh/id_ed25519
  govkit answer 2026-003 example-society --satisfied --seen "Their mail of 3 June." \\
      --who one-coordinator --who another

The answer is published, and printed with the objection. It counts when the
coordinator who gives it has signed it. What then follows, the policy says.

Only its author can say that an objection is settled. Two coordinators who have
seen that sign it, and --seen says what they have seen; or the author alone,
with a key on record: --who MEMBER.
"""


@click.command(epilog=_EPILOG)
@click.argument("proposal")
@click.argument("member", metavar="MEMBER")
@click.option("--reply", metavar="WORDS", help="What its author is told.")
@click.option("--satisfied", is_flag=True, help="Its author has said that this settles it.")
@click.option("--seen", metavar="WORDS", help="What you have seen, in one sentence. Published.")
@units_option
@people_option("Who does it")
@signing_options
@registrar_options
def answer(
    registrar: Registrar,
    proposal: str,
    member: str,
    reply: str | None,
    satisfied: bool,
    seen: str | None,
    units: tuple[str, ...],
    people: tuple[str, ...],
    own: OwnKey,
) -> None:
    """Answer an objection, or record that its author is satisfied."""
    from govkit.procedures.proposals.acts import prepare_act, prepare_answer
    from govkit.records.proposals import Act

    said, option = (seen, "--seen") if satisfied else (reply, "--reply")
    if not said or (reply and seen):
        raise WrongUse(
            "an answer has words, and so has what shows that the author is satisfied",
            "Give --reply WORDS; or --satisfied with --seen WORDS.",
        )
    with registrar.writing() as (workspace, by):
        act = Act(
            kind="settlement" if satisfied else "answer",
            by=tuple(dict.fromkeys(people or (by,))),
            reason=in_words(said, option),
            units=units,
        )
        act = prepare_answer(workspace, proposal, member, act, registrar.now)
        filing = prepare_act(workspace, proposal, act, registrar.now, by)
        entries = registrar.file(workspace, [filing], by)
        signatures = signed_at_once(registrar, filing.path, by, own)
    named = ", ".join(act.objections)
    if satisfied:
        words = [f"{member} is satisfied with the answer to {named}."]
    else:
        words = [
            f"{named} is answered. Send the reply to {member}, and ask whether it settles it:",
            f"  govkit answer {proposal} {member} --satisfied --seen WORDS --who ID --who ID",
        ]
    registrar.say(
        [*words, *signatures.words],
        entries,
        act=filing.path,
        objections=list(act.objections),
        **signatures.for_programs,
    )
