"""Which comments the table calls late: the same as the decision does, whatever a notice says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govkit.consultation.consultation import consultation_of
from govkit.log.signed_statements import proposal_act_statement
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.records.proposals import Act
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.seals import seal

from .register import PROPOSAL, A, B, found, log, open_proposal, remark
from .test_log_histories import moment, written


def filed(folder: Path, kind: Any, name: str, day: float, record: dict[str, Any]) -> None:
    path, at = f"{PROPOSAL}/{name}.yaml", moment(day)
    file_all(
        folder,
        [Filing(path, record_bytes(kind, record, path), kind)],
        by=A,
        received_at=at,
        received_basis="registrar",
        recorded_at=Stamp(at, at),
    )


def notice(folder: Path, number: int, day: float, closes: float, kind: str = "moved") -> None:
    words = {"kind": kind, "revision": 1, "closes": written(closes)}
    filed(folder, "notice", f"notices/{number:02d}", day, words)


def late(folder: Path) -> list[bool]:
    consultation = consultation_of(open_workspace(folder).corpus, "2026-001")
    return [each.late for each in consultation.comments]


def test_a_second_opening_notice_makes_no_comment_late(repository: Path) -> None:
    found(repository)
    open_proposal(repository)
    words = {"kind": "opening", "revision": 1, "comment_until": written(2)}
    filed(repository, "notice", "notices/01", 1, words)
    filed(repository, "comment", "comments/0001", 5, remark())
    assert late(repository) == [False]


def test_a_comment_after_the_close_is_in_time_only_where_two_reopen(repository: Path) -> None:
    found(repository)
    open_proposal(repository)
    notice(repository, 1, 31, 45, "last-call")
    notice(repository, 2, 40, 35)
    filed(repository, "comment", "comments/0001", 42, remark())
    notice(repository, 3, 46, 60)
    filed(repository, "comment", "comments/0002", 50, remark())
    assert late(repository) == [False, True]
    place = f"{PROPOSAL}/acts/01.yaml"
    said = {"kind": "reopen", "by": [A, B], "reason": "A holiday."}
    words = proposal_act_statement(Act.model_validate(said), place, log(repository)[0].digest or "")
    filed(repository, "act", "acts/01", 51, said | {"signatures": [seal(A, words)]})
    assert late(repository) == [False, True]
    both = [seal(id, words) for id in (A, B)]
    (repository / place).write_bytes(record_bytes("act", said | {"signatures": both}, place))
    assert late(repository) == [False, False]
