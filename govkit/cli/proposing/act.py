"""`govkit propose act`: what coordinators, approvers or a minority do, each with its reason."""

from __future__ import annotations

from typing import Any, cast

import click

from govkit.cli.act_options import people_option, units_option
from govkit.cli.asking import in_words
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.output import formerly
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.signed import signed_at_once
from govkit.errors import WrongUse
from govkit.records.enumerations import RULINGS, Ruling

KINDS = ("waiver", "override", "reopen", "escalation", "ruling", "minority-statement")
_EPILOG = """Examples:
  govkit propose act waiver 2026-003 --who one-coordinator --who another \\
      --reason "No public body has a seat at present."
  govkit propose act override 2026-003 --unit EXA-DUE-01 --who a-member --who b-member \\
      --reason "The word was wrong in print only."
  govkit propose act minority-statement 2026-003 --who a-member --reason "We ask for …"
  govkit propose act escalation 2026-003 --objector a-member --who one-coordinator \\
      --who another --reason "Two answers did not settle it."
  govkit propose act ruling 2026-003 --objector a-member --decides dismisses \\
      --who b-member --who c-member --reason "The law asks for these words."

  waiver              two coordinators let a group be smaller than its quorum
  override            two approvers from two stakeholder groups lower the class of a change
  reopen              two coordinators take in what came too late
  escalation          two coordinators pass an objection that is answered and not
                      settled on to the body that the charter names (`escalate_to`)
  ruling              members of that body uphold or dismiss it, as many as the
                      charter says; until then it blocks, and upheld it goes on
  minority-statement  members say what they would have wanted; printed with the text

Each act is published with its reason, and stays in the log. It counts when
everybody whom it names has signed it: `govkit sign`.
"""


@click.command(epilog=_EPILOG, context_settings=formerly(for_="who"))
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("proposal")
@click.option("--reason", required=True, metavar="WORDS", help="Why. It is published.")
@click.option(
    "--objector",
    "objectors",
    multiple=True,
    metavar="MEMBER",
    help="Whose objection is passed on or decided; once for each. Default: all that wait for it.",
)
@click.option("--decides", type=click.Choice(RULINGS), help="What a ruling says of the objection.")
@units_option
@people_option("Who does it")
@signing_options
@registrar_options
def act(
    registrar: Registrar,
    kind: str,
    proposal: str,
    reason: str,
    units: tuple[str, ...],
    people: tuple[str, ...],
    objectors: tuple[str, ...],
    decides: Ruling | None,
    own: OwnKey,
) -> None:
    """Record a waiver, an override, a reopening, an escalation, a ruling or a minority's view."""
    from govkit.procedures.proposals.acts import prepare_act, prepare_escalation
    from govkit.records.proposals import Act

    about_objections = kind in ("escalation", "ruling")
    if (decides is not None) != (kind == "ruling") or (objectors and not about_objections):
        raise WrongUse(
            "a ruling says what it decides, and only an escalation or a ruling is about objections",
            "Give --decides upholds or --decides dismisses with `ruling`, and with no other kind.",
        )

    with registrar.writing() as (workspace, by):
        record = Act(
            kind=cast("Any", kind),
            by=tuple(dict.fromkeys(people or (by,))),
            reason=in_words(reason, "--reason"),
            units=units,
            ruling=decides,
        )
        if about_objections:
            record = prepare_escalation(workspace, proposal, objectors, record, registrar.now)
        filing = prepare_act(workspace, proposal, record, registrar.now, by)
        entries = registrar.file(workspace, [filing], by)
        signatures = signed_at_once(registrar, filing.path, by, own)
    words = [f"{kind.replace('-', ' ').capitalize()} for {proposal}, by {', '.join(record.by)}."]
    if record.objections:
        words.append(f"About: {', '.join(record.objections)}.")
    registrar.say([*words, *signatures.words], entries, act=filing.path, **signatures.for_programs)
