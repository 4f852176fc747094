"""The evaluations of services, read to be shown: every day of each, and the one to begin with."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

from govkit.assessment.day_found import DayFound, day_found
from govkit.errors import WrongUse
from govkit.procedures.assessment.evaluation_papers import EVALUATION, SET, read_papers
from govkit.procedures.assessment.progress import newer_evaluation
from govkit.records.papers import ASSESSMENTS, paper_of_path
from govkit.store.worktree import names_below
from govkit.workspace import Workspace


class EvaluationDays(NamedTuple):
    """A service: the evaluation that is shown in full, and those of all days, the oldest first."""

    folder: str
    shown: DayFound
    days: tuple[DayFound, ...]


def evaluation_days(workspace: Workspace, named: str, now: datetime.datetime) -> EvaluationDays:
    """Return the evaluations of a service that was named, as `kiosk` or `kiosk/2026-01-10`.

    Without a day the newest is shown whose answers everybody may see, and else the newest. Raises
    `WrongUse`, `PapersRefused`.
    """
    service, day = _service_and_day(workspace.root, named)
    above = f"{ASSESSMENTS}/{service}"
    days = [each for each in names_below(workspace.root, above) if _begun(workspace, above, each)]
    if not days or (day and day not in days):
        raise _nothing(workspace.root, service, day, days)
    found = tuple(_found(workspace, f"{above}/{each}", now) for each in days)
    if day:
        return EvaluationDays(above, found[days.index(day)], found)
    shown = next((each for each in reversed(found) if each.is_shown), found[-1])
    return EvaluationDays(above, shown, found)


def _found(workspace: Workspace, folder: str, now: datetime.datetime) -> DayFound:
    papers = read_papers(workspace.root, folder).papers
    newer = newer_evaluation(workspace.root, folder)
    return day_found(papers, workspace.corpus, now, newer)


def _begun(workspace: Workspace, above: str, day: str) -> bool:
    folder = f"{above}/{day}"
    return (
        paper_of_path(f"{folder}/{SET}.yaml") is not None
        and (workspace.root / folder / f"{EVALUATION}.yaml").is_file()
    )


def _service_and_day(root: Path, named: str) -> tuple[str, str]:
    """Return the names in `kiosk`, `kiosk/2026-01-10`, or in the path of either folder."""
    path = Path(named)
    if path.exists():
        try:
            named = path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            named = named.strip("/")
    parts = [each for each in named.split("/") if each]
    if parts[:1] == [ASSESSMENTS]:
        parts = parts[1:]
    if not 1 <= len(parts) <= 2 or ".." in parts:
        raise WrongUse(
            f"{named} names no service",
            "Name it as its folder is called, with a day or without: kiosk, kiosk/2026-01-10.",
        )
    return parts[0], parts[1] if len(parts) == 2 else ""


def _nothing(root: Path, service: str, day: str, days: list[str]) -> WrongUse:
    if days:
        return WrongUse(
            f"there is no evaluation of {service} of {day}",
            f"There are those of {', '.join(days)}.",
        )
    known = names_below(root, ASSESSMENTS)
    return WrongUse(
        f"no evaluation of {service} was begun in {ASSESSMENTS}/{service}",
        "" if known else "docs/assess.md says how one is begun.",
        typed=service,
        known=known,
    )
