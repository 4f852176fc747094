"""Family 10, fourth part: no decision rests on itself; each is reckoned again from its records."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, refusal
from govkit.consent.adoption import proposal_of
from govkit.corpus.documents import Document
from govkit.log.chain import breaks_of
from govkit.log.entries import is_entry
from govkit.records.kinds import folder_of_proposal


def decision_differs(context: Context) -> Findings:
    """A decision is the one that its records give, reckoned again as the log had them then."""
    decisions = list(_to_reckon(context))
    if not decisions:
        return  # nearly always; then what is needed to reckon is not even imported
    from govkit.consent.recount import Recount

    again = Recount(context.corpus)
    for document in decisions:
        found = again.again(document)
        if found is None or not found.differs:
            continue
        first, *more = found.differs
        others = f" ({len(more)} more)" if more else ""
        yield refusal(
            document,
            f"its records do not give this decision: {first}{others}",
            help="Nothing is released on it. If it was edited, put it back as `govkit decide "
            f"--apply` wrote it: `git log -- {document.path}` names the commits that changed it. "
            "Else tell the other coordinators and the list.",
        )


def _to_reckon(context: Context) -> Iterator[Document]:
    """Yield the decisions to reckon: all, or those of which the change can have touched a record.

    Of a record that the log does not have so, and of a ground that is gone, others speak first.
    """
    faults = {path for each in breaks_of(context.corpus) for path in (each.path, each.about)}
    base = context.base
    rewritten = base is not None and any(
        is_entry(path) and path in base.before.by_path for path in base.changed
    )
    in_doubt = {path.rpartition("/proposals/")[2].split("/")[0] for path in faults}
    for document in context.corpus.of_kind("decision"):
        proposal = proposal_of(document)
        folder = folder_of_proposal(proposal)
        touched = base is None or rewritten or any(path.startswith(folder) for path in base.changed)
        if touched and proposal not in in_doubt:
            yield document
