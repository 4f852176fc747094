"""Family 10, sixth part: what is filed to show a position is true of that position."""

from __future__ import annotations

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal
from govkit.records.kinds import path_in_proposal
from govkit.records.scalars import END_OF_TIME


def evidence_false(context: Context) -> Findings:
    """What is filed to show a position is of that position, and of the one who gave it."""
    for docket in context.dockets:
        from govkit.consent.evidence import false_evidence, shown_another_log

        for id, fault in false_evidence(docket, END_OF_TIME):
            path = path_in_proposal(docket.proposal.id, id)
            yield refusal(
                context.corpus.by_path[path],
                f"this evidence is false, and shows nothing: {fault}",
                help="Ask the member whether they said it, and the coordinator who filed it how it "
                "came. What is true is filed anew: `govkit evidence`.",
            )
        for id, fault in shown_another_log(context.corpus, docket):
            path = path_in_proposal(docket.proposal.id, id)
            yield refusal(
                context.corpus.by_path[path],
                fault,
                at("head"),
                help="Compare the log with those of the other coordinators, and with heads that "
                "were sent or printed. Rely on none until it is known which one is true.",
            )
