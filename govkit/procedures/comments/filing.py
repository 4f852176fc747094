"""Comments reach the folder: numbered, sealed where need be, and filed with their log entries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from govkit.consultation.consultation import Consultation, FiledComment
from govkit.consultation.drafting import Answer, DraftComment, release_comment
from govkit.errors import GovkitError, WrongUse
from govkit.procedures.log.disclosures import withhold_author
from govkit.procedures.log.filing import Filing, with_values, writing
from govkit.procedures.log.numbering import next_free, taken_places
from govkit.procedures.log.register import FilingReceipt, file_received, require_begun
from govkit.records.comments import Comment
from govkit.records.kinds import folder_of_proposal, slug_of_path
from govkit.records.log import LogEntry
from govkit.round.docket import docket_of
from govkit.round.states import ended_in_words, state_of
from govkit.source.record_bytes import record_bytes
from govkit.store import private, worktree
from govkit.workspace import Workspace


@dataclass(frozen=True)
class NumberedComment:
    """A comment that was filed: its number, its file, its entry in the log."""

    number: int
    path: str
    comment: Comment
    entry: LogEntry


def require_revisions_begun(
    consultation: Consultation,
    drafts: Iterable[DraftComment],
    received_at: datetime.datetime,
    now: datetime.datetime,
) -> None:
    """Raise `WrongUse` where words are said to have come before what they are about."""
    if received_at == now:
        return
    for number in sorted({draft.comment.target.revision for draft in drafts}):
        named = f"revision {number} of proposal {consultation.proposal.id}"
        opened = consultation.revisions[number - 1].opened
        require_begun(received_at, opened, "--received", named)


def require_not_over(
    consultation: Consultation, received_at: datetime.datetime, now: datetime.datetime
) -> None:
    """Raise `WrongUse` where words came after their proposal had ended without a decision."""
    id = consultation.proposal.id
    docket = docket_of(consultation.corpus, id)
    state = state_of(docket, now) if docket is not None else None
    if state is not None and state.since and ended_in_words(state) and received_at >= state.since:
        raise WrongUse(
            f"{id} {ended_in_words(state)}, so it takes no comments any more",
            "Tell the author so. Who wants these texts still proposes them anew: `govkit propose "
            "open`. What came before that day is filed with --received.",
        )


def filed_from_same_mail(
    workspace: Workspace, consultation: Consultation, draft: DraftComment, mail: bytes
) -> FiledComment | None:
    """Return the comment that is this point of this mail already, or None.

    A Message-ID is what its sender typed, and many send the same letter: so the words and the
    author have to be the same, too. Of people without a name nobody can tell that by the letter.
    """
    source, who = draft.comment.source, draft.author or draft.comment.author
    is_named = bool(who.member or who.name)
    for filed in consultation.comments:
        known = filed.comment.source
        by_id = known.message_id is not None and known.message_id == source.message_id
        if _says_the_same(workspace.root, filed, draft) and (
            by_id or (is_named and _keeps(workspace.root, known.snapshot, mail))
        ):
            return filed
    return None


def _says_the_same(root: Path, filed: FiledComment, draft: DraftComment) -> bool:
    if draft.sealed is not None:
        return _keeps(root, filed.comment.withheld, draft.sealed)
    here, there = draft.comment, filed.comment
    same = (here.comment, here.proposed_text) == (there.comment, there.proposed_text)
    return same and here.author == filed.author


def _keeps(root: Path, digest: str | None, data: bytes) -> bool:
    return digest is not None and private.kept(root, digest) == data


def file_comments(
    workspace: Workspace,
    consultation: Consultation,
    drafts: Sequence[DraftComment],
    receipt: FilingReceipt,
    snapshot: bytes | None = None,
    answered: Iterable[tuple[FiledComment, Comment]] = (),
) -> tuple[NumberedComment, ...]:
    """File new comments as one act, with the next free numbers, and answers to others with them.

    `snapshot` is what they were taken from; it is kept privately, and each names its digest. What
    was kept is taken away again where the comments can't be filed.
    """
    require_revisions_begun(consultation, drafts, receipt.received_at, receipt.stamp.at)
    if drafts:
        require_not_over(consultation, receipt.received_at, receipt.stamp.at)
    root = workspace.root
    answers = [_answer(workspace, filed, comment, receipt) for filed, comment in answered]
    if not drafts:
        _file(root, answers, receipt)
        return ()
    kept: list[str] = []
    try:
        with writing(root, receipt.stamp):
            source = _kept(root, snapshot, kept)
            folder = f"{folder_of_proposal(consultation.proposal.id)}comments"
            first = _next_number(workspace, folder)
            comments: list[Comment] = []
            filings: list[Filing] = []
            beside: list[Filing] = []
            for number, draft in enumerate(drafts, first):
                path = f"{folder}/{number:04d}.yaml"
                whole = _complete(root, draft, source, kept)
                comment, words = withhold_author(path, whole, private.new_salt())
                comments.append(comment)
                filings.append(Filing(path, record_bytes("comment", comment, path), "comment"))
                beside += words
            entries = _file(root, [*filings, *beside, *answers], receipt)[: len(filings)]
    except BaseException:
        for digest in kept:
            # Nothing private stays behind of which no record knows: nobody would ever erase it.
            private.forget(root, digest)
        raise
    return tuple(
        NumberedComment(number, filing.path, comment, entry)
        for number, (filing, comment, entry) in enumerate(
            zip(filings, comments, entries, strict=True), first
        )
    )


def file_answers(
    workspace: Workspace, answered: Iterable[tuple[FiledComment, Comment]], receipt: FilingReceipt
) -> tuple[LogEntry, ...]:
    """File answers to comments, or their authors' replies, as one act."""
    filings = [_answer(workspace, filed, comment, receipt) for filed, comment in answered]
    return _file(workspace.root, filings, receipt)


def file_release(
    workspace: Workspace, filed: FiledComment, answer: Answer, receipt: FilingReceipt
) -> tuple[Comment, LogEntry]:
    """File what an author wants to become of a comment that was not published yet."""
    if filed.comment.publication != "asked":
        raise WrongUse(
            f"comment {filed.name} does not wait for its author's word",
            "Only what came in a personal mail does: `govkit comment table` marks it.",
        )
    sealed = b""
    if answer != "withdrawn":
        sealed = private.kept(workspace.root, filed.comment.withheld or "") or b""
        if not sealed:
            raise GovkitError(
                f"the words of comment {filed.name} are not in the private folder of this machine",
                "Ask the coordinator who took the comment in, or set GOVKIT_PRIVATE to that "
                "folder.",
            )
    comment = release_comment(filed.comment, sealed, answer)
    comment, beside = withhold_author(filed.path, comment, private.new_salt())
    data = record_bytes("comment", comment, filed.path)
    filing = Filing(filed.path, data, "comment", was=workspace.files[filed.path])
    [entry] = _file(workspace.root, [filing, *beside], receipt)
    return comment, entry


def _answer(
    workspace: Workspace, filed: FiledComment, comment: Comment, receipt: FilingReceipt
) -> Filing:
    return Filing(
        filed.path,
        _with_answer(workspace, filed, comment),
        "disposition",
        was=workspace.files[filed.path],
        received=(receipt.stamp.at, "registrar"),
    )


def _file(root: Path, filings: Sequence[Filing], receipt: FilingReceipt) -> tuple[LogEntry, ...]:
    return file_received(root, filings, receipt) if filings else ()


def _next_number(workspace: Workspace, folder: str) -> int:
    """Return the next number, by what is there at this moment and what the log knows."""
    here = (f"{folder}/{name}" for name in worktree.names_below(workspace.root, folder))
    return int(slug_of_path(next_free((*here, *taken_places(workspace)), folder, 4)))


def _kept(root: Path, data: bytes | None, kept: list[str]) -> str | None:
    if data is None:
        return None
    digest = private.keep(root, data, private.new_salt())
    kept.append(digest)
    return digest


def _complete(root: Path, draft: DraftComment, snapshot: str | None, kept: list[str]) -> Comment:
    comment = draft.comment
    if snapshot is not None:
        source = comment.source.model_copy(update={"snapshot": snapshot})
        comment = comment.model_copy(update={"source": source})
    if draft.sealed is not None:
        comment = comment.model_copy(update={"withheld": _kept(root, draft.sealed, kept)})
    return comment


def _with_answer(workspace: Workspace, filed: FiledComment, comment: Comment) -> bytes:
    """Return the file of a comment with its answer, and all else in it as it was."""
    data = workspace.files[filed.path]
    if data == record_bytes("comment", filed.comment, filed.path):
        return record_bytes("comment", comment, filed.path)
    changed = {
        key: getattr(comment, key)
        for key in ("disposition", "author_reply")
        if getattr(comment, key) != getattr(filed.comment, key)
    }
    return with_values(filed.path, data, changed)
