"""`govkit correct`: something was written down wrongly; what is right is filed beside it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import click

from govkit.cli.asking import in_words, sure_option
from govkit.cli.comment.options import CameType, who_options
from govkit.cli.filed_positions import kept_source, say_positions
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.position_options import (
    cast_by_option,
    no_name_option,
    note_option,
    said_at_option,
    source_option,
    withdraws_option,
)
from govkit.cli.registrar import Registrar, path_of_filed, registrar_options
from govkit.cli.session import DayType
from govkit.errors import WrongUse
from govkit.records.enumerations import COMMENT_SOURCES, STANCES

if TYPE_CHECKING:
    from govkit.procedures.proposals.corrections import CorrectionInput, KnownRecord, NewCorrection
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit correct 57 object --text "Thirty days are too long." \\
      --reason "I marked the wrong box of the form."
  govkit correct 2026-003/positions/example-society-01 --member other-society \\
      --reason "The letter is of the other society."
  govkit correct 2026-003/comments/0012 --text "The right words." --reason "Misread."
  govkit correct 57 --received 2026-03-09 --reason "Typed the day of filing."
  govkit correct 2026-003/notices/02 --to 2026-04-20 --reason "Typed 2 for 20."

RECORD is a number of the log, or a record. What you leave out stays as it was
written down. Both stay in the log; what the person said decides, from the moment
at which it came, and the slip never counts.

A correction is never one person's word. It counts when a second coordinator has
seen what shows it (`govkit countersign`), or when the member signs the right words:
--sign here, or `govkit status --statement MEMBER`. Until then the more cautious of
two positions counts, both comments wait for an answer, and the later date holds.
When something came is corrected alone, since the order of words hangs on it: by two
coordinators, before the last call closes or within two days; never against a host.
A date that was announced is a promise after two days, and as soon as something
came in: then it moves later only.
"""


@click.command(epilog=_EPILOG)
@click.argument("what", metavar="RECORD")
@click.argument("stance", type=click.Choice(STANCES), required=False)
@click.option("--reason", metavar="WORDS", required=True, help="Why. It is published.")
@click.option(
    "--text",
    metavar="WORDS",
    help="The right words: of a comment, or the reason for a position. Empty for no reason.",
)
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="ID",
    help="The text that it is really about; of a position once for each.",
)
@who_options
@cast_by_option
@said_at_option
@withdraws_option
@no_name_option
@click.option("--to", type=DayType(), help="The new last day.")
@click.option(
    "--received",
    type=CameType(),
    metavar="TIME",
    help="When it really reached you, as 2026-03-10T09:00Z; or a day, as 2026-03-10 (its noon).",
)
@source_option
@click.option(
    "--channel",
    type=click.Choice([*dict.fromkeys((*COMMENT_SOURCES, "paper", "reported"))]),
    help="How it came.",
)
@note_option
@signing_options
@sure_option
@registrar_options
def correct(
    registrar: Registrar,
    what: str,
    reason: str,
    to: datetime.date | None,
    said_at: datetime.datetime | None,
    received: datetime.datetime | None,
    own: OwnKey,
    **said: Any,
) -> None:
    """File what is right beside what was written down wrongly."""
    from govkit.procedures.log.register import require_come
    from govkit.procedures.proposals.corrections import CorrectionInput, wrong_record

    require_come(said_at, registrar.now, "--said-at")
    require_come(received, registrar.now, "--received")
    words = in_words(reason, "--reason")
    said["own"] = own if own.asked else None
    right = CorrectionInput(
        stance=cast("Any", said["stance"]),
        text=said["text"],
        units=said["units"],
        member=said["member"],
        cast_by=said["cast_by"],
        claimed_at=said_at,
        confirms_withdrawal=said["confirms_withdrawal"],
        publish_name=not said["no_name"],
    )
    with registrar.writing() as (workspace, by):
        wrong = wrong_record(workspace, path_of_filed(registrar, workspace, what))
        if received is not None:
            _require_alone(wrong, said, to, said_at)
            _received(registrar, workspace, wrong, received, words, by)
        elif wrong.filed.id.startswith("notices/"):
            _require_of("an announcement", said, ())
            _notice(registrar, workspace, wrong, to, words, by)
        elif to is not None:
            raise WrongUse("--to is for a date that was announced", "Leave it out.")
        elif wrong.filed.id.startswith("comments/"):
            _require_of("a comment", said, _OF_COMMENTS)
            _comment(registrar, workspace, wrong, right, words, by, said)
        else:
            _require_of("a position", said, _OF_POSITIONS)
            _position(registrar, workspace, wrong, right, words, by, said)


_OF_COMMENTS = ("text", "units", "member", "name", "affiliation", "group", "channel")
_WAYS_OF_POSITIONS = ("meeting", "paper", "mail", "reported")
_OF_POSITIONS = (
    "stance",
    "text",
    "units",
    "member",
    "cast_by",
    "confirms_withdrawal",
    "no_name",
    "source",
    "channel",
    "note",
    "own",
)


def _require_of(kind: str, said: dict[str, Any], taken: tuple[str, ...]) -> None:
    """Raise `WrongUse` for what the options say and a record of this kind does not have."""
    for name, value in said.items():
        if value and name not in taken:
            named = {
                "units": "unit",
                "confirms_withdrawal": "withdraws-objection",
                "own": "sign",
            }.get(name, name)
            option = "a position" if name == "stance" else f"--{named.replace('_', '-')}"
            raise WrongUse(f"{option} is nothing that {kind} has", "Leave it out.")


def _position(
    registrar: Registrar,
    workspace: Workspace,
    wrong: KnownRecord,
    right: CorrectionInput,
    reason: str,
    by: str,
    said: dict[str, Any],
) -> None:
    from govkit.procedures.proposals.corrections import (
        prepare_correction,
        right_position,
        same_source,
    )
    from govkit.procedures.proposals.evidence import EvidenceInput, signed_by_member
    from govkit.procedures.proposals.filed_positions import file_positions
    from govkit.procedures.proposals.positions import seen_head

    source, own, channel = said["source"], said["own"], said["channel"]
    if channel and channel not in _WAYS_OF_POSITIONS:
        raise WrongUse(
            f"--channel {channel} is how a comment comes, and no position",
            f"A position comes by {', '.join(_WAYS_OF_POSITIONS)}.",
        )
    if own and (source or channel):
        raise WrongUse(
            "the signature shows the position, and needs no source or channel",
            "Leave --source and --channel out; `govkit evidence` adds more later.",
        )
    seen = seen_head(workspace) if own else None
    new = right_position(workspace, wrong, replace(right, head=seen))
    if not (source or own or channel or said["note"]):
        _require_changed(wrong, new.position)
    made = prepare_correction(workspace, wrong, new.position, new.path, reason)
    shown = same_source(wrong, registrar.now)
    if source:
        kind = channel or "meeting"
        shown = EvidenceInput(
            kind=cast("Any", kind), level="E1", source=kept_source(workspace, source)
        )
    elif channel:
        level = "E0" if channel == "reported" else shown.level
        shown = replace(shown, kind=cast("Any", channel), level=level)
    if said["note"]:
        shown = replace(shown, note=said["note"])
    if own:
        key = own.of(workspace.root)
        shown = signed_by_member(workspace, wrong.docket, new.position, key, registrar.now)
    receipt = registrar.receipt(by, wrong.received_at)
    filed = file_positions(
        workspace, wrong.docket.proposal.id, [new], lambda _: shown, receipt, made
    )
    say_positions(registrar, filed, made)


def _require_changed(wrong: KnownRecord, position: Any) -> None:
    from govkit.procedures.proposals.corrections import require_other

    as_before = {"corrects": None, "head": wrong.filed.record.head}
    require_other(position.model_copy(update=as_before), wrong.filed.record)


def _comment(
    registrar: Registrar,
    workspace: Workspace,
    wrong: KnownRecord,
    right: CorrectionInput,
    reason: str,
    by: str,
    said: dict[str, Any],
) -> None:
    from govkit.consultation.consultation import consultation_of
    from govkit.consultation.drafting import author_of
    from govkit.procedures.proposals.corrections import prepare_correction, right_comment

    consultation = consultation_of(workspace.corpus, wrong.docket.proposal.id)
    who = [said[name] for name in ("member", "name", "affiliation", "group")]
    was = consultation.comment(int(wrong.filed.id.rpartition("/")[2])).author
    if any(who) and not (who[0] or who[1]):
        who[0], who[1] = was.member, was.name
    comment, path = right_comment(
        workspace, wrong, right, author_of(consultation, *who), said["channel"]
    )
    made = prepare_correction(workspace, wrong, comment, path, reason)
    _file(registrar, workspace, wrong, made, by, comment.comment or "")


def _notice(
    registrar: Registrar,
    workspace: Workspace,
    wrong: KnownRecord,
    to: datetime.date | None,
    reason: str,
    by: str,
) -> None:
    from govkit.procedures.proposals.corrections import (
        prepare_correction,
        right_notice,
        vouched_until,
    )

    if to is None:
        raise WrongUse("it is not said which day was meant", "Add --to YYYY-MM-DD.")
    notice, path = right_notice(workspace, wrong, to, registrar.now)
    made = prepare_correction(workspace, wrong, notice, path, reason)
    lines = [
        f"It counts if that is done by {vouched_until(wrong)}, and before a position or a comment "
        "comes in. Then say it to everybody: both dates are printed."
    ]
    _file(registrar, workspace, wrong, made, by, f"The last day that was meant is {to}.", lines)


def _require_alone(
    wrong: KnownRecord,
    said: dict[str, Any],
    to: datetime.date | None,
    said_at: datetime.datetime | None,
) -> None:
    """Raise `WrongUse` where more than the moment is corrected, or nothing was received."""
    if wrong.filed.id.startswith("notices/"):
        raise WrongUse("an announcement was made here, and not received", "Leave --received out.")
    if to is not None or said_at is not None or any(said.values()):
        raise WrongUse(
            "when it came is corrected alone",
            "Correct the words by another `govkit correct`. Nothing was written.",
        )


def _received(
    registrar: Registrar,
    workspace: Workspace,
    wrong: KnownRecord,
    received: datetime.datetime,
    reason: str,
    by: str,
) -> None:
    from govkit.procedures.proposals.corrected_days import prepare_corrected_day

    made = prepare_corrected_day(workspace, wrong, received, reason, registrar.now)
    entries = registrar.file(workspace, [made.filing], by)
    charter, proposal = workspace.corpus.charter, wrong.docket.proposal
    lines = [
        f"Receipt of {charter.name if charter else 'the coalition'}",
        f"Proposal {proposal.id}: {proposal.title}",
        *made.lines,
    ]
    registrar.say(
        [*lines, "", *_waits_for_second(proposal.id, made.id)],
        entries,
        receipt=lines,
        correction=made.id,
    )


def _waits_for_second(proposal: str, correction: str) -> tuple[str, ...]:
    return (
        "It counts when a second coordinator has seen the source, and types: `govkit countersign "
        f'{proposal}/{correction} --seen "WHAT I SAW" --key FILE`.',
    )


def _file(
    registrar: Registrar,
    workspace: Workspace,
    wrong: KnownRecord,
    made: NewCorrection,
    by: str,
    words: str,
    more: list[str] | None = None,
) -> None:
    """File what is right with its correction, and print a receipt."""
    from govkit.correspondence.position_receipts import correction_lines
    from govkit.procedures.proposals.corrections import corrected_by, file_correction

    entries = file_correction(workspace, wrong, made, registrar.receipt(by))
    proposal = wrong.docket.proposal.id
    charter = workspace.corpus.charter
    lines = [
        f"Receipt of {charter.name if charter else 'the coalition'}",
        f"Proposal {proposal}: {wrong.docket.proposal.title}",
        "It now reads:",
        *(f"  {line}".rstrip() for line in words.split("\n")),
        *correction_lines(workspace.corpus.messages, corrected_by(workspace, made, entries[0])),
    ]
    notes = [*_waits_for_second(proposal, made.id), *(more or [])]
    registrar.say([*lines, "", *notes], entries, receipt=lines, correction=made.id)
