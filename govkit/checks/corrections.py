"""Family 10, seventh part: corrections, what is held back, and which word of a member is last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, refusal, remark
from govkit.records.kinds import path_in_proposal
from govkit.records.scalars import END_OF_TIME

if TYPE_CHECKING:
    from govkit.consent.corrections import CorrectionState
    from govkit.round.docket import Docket


def correction_false(context: Context) -> Findings:
    """A correction is of the record that it names, moves no moment, and corrects no correction."""
    for docket in context.dockets:
        for each in states(docket):
            if each.fault:
                yield refusal(
                    context.corpus.by_path[path_of(docket, each)],
                    f"this correction is false, and changes nothing: {each.fault}",
                    help="Ask the member what they said, and the coordinator who filed it how this "
                    "came. What is true is filed anew: `govkit correct`.",
                )


def correction_unconfirmed(context: Context) -> Findings:
    """A correction was seen by a second coordinator, or signed by the member, before it counts."""
    for docket in context.undecided_dockets:
        for each in states(docket):
            if each.lacks:
                yield remark(
                    context.corpus.by_path[path_of(docket, each)],
                    f"this correction does not count: {each.lacks}",
                    help=f"{each.remedy}.",
                )


def hold_back_false(context: Context) -> Findings:
    """A comment is held back, or shown again, by two coordinators and on a stated ground.

    What waits for signatures, `signature-missing` names.
    """
    for docket in context.dockets:
        acts = [each for each in docket.acts if each.record.kind in ("hold-back", "restore")]
        if not acts:
            continue
        from govkit.round.rounds import Round

        round = Round(docket, END_OF_TIME)
        for filed in acts:
            if round.unsigned(filed):
                continue
            fault = round.fault_of(filed)
            if fault and filed.logged:
                yield refusal(
                    context.corpus.by_path[path_in_proposal(docket.proposal.id, filed.id)],
                    f"this act holds nothing back, and shows nothing again: {fault}",
                    help="The words are shown as before. Two coordinators file it anew: `govkit "
                    "comment hold-back NUMBER --ground … --who ID --who ID`.",
                )


def last_word_doubtful(context: Context) -> Findings:
    """What a member said last does not hang on a moment that one coordinator typed."""
    dockets = context.undecided_dockets
    if not dockets:
        return
    from govkit.consent.doubtful_order import doubtful_orders_in

    for docket in dockets:
        for doubt in doubtful_orders_in(docket, END_OF_TIME):
            newest = doubt.positions[-1]
            yield remark(
                context.corpus.by_path[path_in_proposal(docket.proposal.id, newest.id)],
                f"{', '.join(doubt.units)}: {doubt.why}",
                help=f"{doubt.remedy}.",
            )


def states(docket: Docket) -> tuple[CorrectionState, ...]:
    """Return how each correction of a proposal stands, by all that the log has."""
    from govkit.consent.corrections import corrections_in

    return tuple(corrections_in(docket, END_OF_TIME))


def path_of(docket: Docket, each: CorrectionState) -> str:
    """Return the file of a correction, or of what claims to be one."""
    return path_in_proposal(docket.proposal.id, each.id)
