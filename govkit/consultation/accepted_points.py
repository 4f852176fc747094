"""Points of a mail as a person confirmed them: which are comments, and on what.

Without a person's word a point gets the first text that is proposed for it only where that is
clear; else it is kept without one. What is quoted before it stays with it so far as it is words of
the proposal; what others wrote is theirs, and is not published with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from govkit.consultation.consultation import Consultation
from govkit.consultation.drafting import CommentInput, DraftComment, draft_comment
from govkit.consultation.points import MailPoint, SplitMail
from govkit.consultation.quoted_places import quote_in
from govkit.consultation.text_matcher import MatchCandidate
from govkit.errors import WrongUse

_WHERE = re.compile(r"(?P<unit>[A-Za-z0-9][A-Za-z0-9.-]*)(?:\((?P<clause>[A-Za-z0-9-]+)\))?")


@dataclass(frozen=True)
class AcceptedPoint:
    """A point that becomes a comment, with what it is about; `candidate` says why."""

    point: MailPoint
    candidate: MatchCandidate | None


def text_chosen(consultation: Consultation, revision: int, words: str) -> MatchCandidate | None:
    """Return the text that a person names for a point: `EXA-DUE-01`, `EXA-DUE-01(a)`, `none`.

    Raises `WrongUse` for an unknown one.
    """
    if words == "none":
        return None
    found = _WHERE.fullmatch(words)
    if found is None:
        raise WrongUse(f"`{words}` names no text", "Write it as EXA-DUE-01 or EXA-DUE-01(a).")
    unit = consultation.unit(revision, found["unit"])
    return MatchCandidate(unit.id, "chosen", found["clause"] or "", (), 0, True)


def accept_without_asking(
    split: SplitMail, named: Mapping[int, MatchCandidate | None]
) -> list[AcceptedPoint]:
    """Return all points, each with the text named for it, or with a clear first proposal."""
    return [AcceptedPoint(point, named.get(point.number, point.clear)) for point in split.points]


def join_point(last: AcceptedPoint, point: MailPoint) -> AcceptedPoint:
    """Return a point with the words of the next one at its end."""
    both = [each for each in (last.point.proposed_text, point.proposed_text) if each]
    whole = replace(
        last.point, text=f"{last.point.text}\n\n{point.text}", proposed_text="\n\n".join(both)
    )
    return AcceptedPoint(whole, last.candidate)


def drafted_point(
    consultation: Consultation, taken: AcceptedPoint, base: CommentInput
) -> DraftComment:
    """Return the comment of a point. `base` says who wrote, how it came, and on which revision."""
    candidate = taken.candidate
    by_author = candidate is not None and candidate.basis in ("named", "quoted")
    quote = candidate.quote if candidate else ""
    if candidate and not quote:
        revision = consultation.revision(base.revision)
        wording = consultation.wording(revision, candidate.unit)
        quote = quote_in(wording, taken.point.quoted, candidate.clause)
    return draft_comment(
        consultation,
        replace(
            base,
            comment=taken.point.text,
            proposed_text=taken.point.proposed_text or None,
            unit=candidate.unit if candidate else None,
            clause=(candidate.clause or None) if candidate else None,
            quote=quote or None,
            anchored_by="author" if by_author else "coordinator",
            part=f"point {taken.point.number}, line {taken.point.line}",
        ),
    )
