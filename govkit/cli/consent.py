"""`govkit consent`: a position that a member gave in words, written down by a coordinator."""

from __future__ import annotations

import datetime
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import click

from govkit.cli.asking import again_option, require_again
from govkit.cli.comment.options import received_at, received_option
from govkit.cli.filed_positions import kept_source, say_positions
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.option_pairs import require_beside
from govkit.cli.output import formerly
from govkit.cli.position_options import (
    cast_by_option,
    no_name_option,
    note_option,
    said_at_option,
    source_option,
    withdraws_option,
    withhold_reason_option,
)
from govkit.cli.registrar import Registrar, registrar_options
from govkit.errors import WrongUse
from govkit.records.enumerations import STANCES

if TYPE_CHECKING:
    from govkit.procedures.log.signatures import SigningKey
    from govkit.procedures.proposals.evidence import EvidenceInput
    from govkit.procedures.proposals.filed_positions import Shows
    from govkit.procedures.proposals.positions import NewPosition, PositionInput
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit consent example-society 2026-003 consent --source minutes.txt
  govkit consent example-society 2026-003 object --unit EXA-DUE-01 \\
      --reason "Thirty days are too long." --source minutes.txt
  govkit consent example-society 2026-003 withdraw
  govkit consent example-society 2026-003 consent --key ~/.ssh/id_ed25519
  govkit consent example-society 2026-003 --reaffirm --source minutes.txt

Only what the member said in so many words is a position. Praise, "+1" or silence
is none: ask, and show the words. Name and position are public for good. With
--withhold-reason no print shows the reason; who opens the repository can read it until
`govkit erase` takes it out.
With --source (minutes, a letter) the level is E1; the file goes to the private
folder of the coordinators (GOVKIT_PRIVATE, else ../<this folder>-private), and
only its digest is public. Without, it is E0: reported. The policy says what counts.
With --sign the one who speaks signs it at this machine (E3). Who has no govkit signs
a text file: `govkit status --statement MEMBER` writes it.

No position is carried from one proposal to another, nor from other words. Where the
member spoke before about exactly the same words, before and after, --reaffirm writes
that down again, with the reason given then. The member has to say it anew: --source
shows that. `govkit status` names who could.
"""


@click.command(epilog=_EPILOG, context_settings=formerly(from_="channel", level="evidence-level"))
@click.argument("member")
@click.argument("proposal")
@click.argument("stance", type=click.Choice(STANCES), required=False)
@click.option(
    "--reaffirm",
    is_flag=True,
    help="The member says again what they said before about the same words.",
)
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="ID",
    help="Only for this text; once for each. Default: all of the revision.",
)
@click.option("--revision", type=int, metavar="N", help="Which revision. Default: the current one.")
@click.option(
    "--reason", metavar="WORDS", help="In the member's own words. Needed for a reservation."
)
@click.option(
    "--evidence-level",
    "level",
    type=click.Choice(["E0", "E1"]),
    help="How sure it is. Default: E1 with a source, else E0.",
)
@source_option
@click.option(
    "--channel",
    "how",
    type=click.Choice(["meeting", "paper", "mail", "reported"]),
    help="How it came. Default: meeting with a source, else reported.",
)
@note_option
@cast_by_option
@said_at_option
@received_option
@withdraws_option
@no_name_option
@withhold_reason_option
@again_option
@signing_options
@registrar_options
def consent(
    registrar: Registrar,
    source: str | None,
    level: str | None,
    how: str | None,
    received: datetime.datetime | None,
    said_at: datetime.datetime | None,
    no_name: bool,
    stance: str | None,
    reaffirm: bool,
    own: OwnKey,
    again: bool,
    **said: Any,
) -> None:
    """Write down a position that a member gave, with what shows it."""
    from govkit.procedures.log.register import require_come
    from govkit.procedures.log.signatures import unlock_once
    from govkit.procedures.proposals.evidence import EvidenceInput
    from govkit.procedures.proposals.filed_positions import file_positions
    from govkit.procedures.proposals.positions import (
        PositionInput,
        prepare_position,
        require_said_since,
        said_within_a_day,
        seen_head,
    )

    _require_one_way(stance, reaffirm, said)
    if own.asked and (source or level or how):
        raise WrongUse(
            "the signature shows the position, and needs no source, level or channel",
            "Leave out --source, --evidence-level, --channel; `govkit evidence` adds more later.",
        )
    if not (said["reason"] or reaffirm):
        withheld = {"--withhold-reason": said["withhold_reason"]}
        require_beside(withheld, "--reason", "There is no reason to withhold.")
    require_come(said_at, registrar.now, "--said-at")
    came = received and received_at(received, registrar.now)
    shown = EvidenceInput(
        kind=cast("Any", how or ("meeting" if source else "reported")),
        level=cast("Any", _level(level, source)),
        note=said.pop("note"),
    )
    words = PositionInput(
        claimed_at=said_at,
        publish_name=not no_name,
        stance=cast("Any", stance or "consent"),
        **said,
    )
    with registrar.writing() as (workspace, by):
        require_said_since(workspace, words, came)
        if own.asked:
            words = replace(words, head=seen_head(workspace))
        positions = (
            _again(workspace, words, bool(source) or own.asked)
            if reaffirm
            else [prepare_position(workspace, words)]
        )
        for each in positions:
            moment = came or registrar.now
            known = said_within_a_day(workspace, words.proposal, each.position, moment)
            require_again(known, again)
        receipt = registrar.receipt(by, came)
        with unlock_once(own.of(workspace.root)) if own.asked else nullcontext() as key:
            shows = _shows(registrar, workspace, words.proposal, shown, source, key)
            filed = file_positions(workspace, words.proposal, positions, shows, receipt)
        say_positions(registrar, filed)


def _shows(
    registrar: Registrar,
    workspace: Workspace,
    proposal: str,
    shown: EvidenceInput,
    source: str | None,
    key: SigningKey | None,
) -> Shows:
    """Return what shows each position: the member's signature, or the source, which is kept now."""
    from govkit.procedures.proposals.evidence import docket_asked, signed_by_member

    if key is None:
        kept = replace(shown, source=kept_source(workspace, source)) if source else shown
        return lambda _: kept
    docket = docket_asked(workspace, proposal)
    return lambda position: signed_by_member(workspace, docket, position, key, registrar.now)


def _require_one_way(stance: str | None, reaffirm: bool, said: dict[str, Any]) -> None:
    if not reaffirm and stance is None:
        raise WrongUse(
            "it is not said what the position is", f"Write one of: {', '.join(STANCES)}."
        )
    if reaffirm and (stance or said["reason"] or said["revision"] or said["confirms_withdrawal"]):
        raise WrongUse(
            "--reaffirm takes the position and its reason from what was said before",
            "Leave the position, --reason, --revision and --withdraws-objection out; or leave "
            "--reaffirm out, and write the new position down.",
        )


def _again(workspace: Workspace, words: PositionInput, shown: bool) -> list[NewPosition]:
    from govkit.procedures.proposals.reaffirmation import (
        in_words,
        offers_by_position,
        prepare_reaffirmation,
    )

    offers = offers_by_position(workspace, words)
    if not shown:
        raise WrongUse(
            "nothing shows that it is said again. It would be: " + "; ".join(in_words(offers)),
            f"Ask {words.member}, and add --source FILE with the answer.",
        )
    return prepare_reaffirmation(workspace, offers, words)


def _level(level: str | None, source: str | None) -> str:
    if level == "E1" and not source:
        raise WrongUse(
            "E1 means that the source is kept, and none is named",
            "Add --source FILE, or leave --evidence-level out: then it is filed as E0, reported.",
        )
    return level or ("E1" if source else "E0")
