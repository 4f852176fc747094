"""The papers of an evaluation, read from its folder; and which of them are wrong, with places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from govkit.assessment.evaluation_state import EvaluationPapers, evaluation_findings
from govkit.errors import GovkitError, WrongUse
from govkit.findings import Finding
from govkit.records.papers import ASSESSMENTS, paper_of_path
from govkit.source.places import with_places
from govkit.source.reading import read_record
from govkit.store.worktree import read_named

LONGEST_TEXT = 20_000_000
"""Bytes of one canonical text."""
SET, EVALUATION, RECONCILED, FEEDBACK = "set", "evaluation", "reconciled", "feedback"
_NO_MATTER = ("schema-line", "mail-address")


class PapersRefused(GovkitError):
    """Papers that can't be read; `findings` say where, with the lines of each file."""

    exit_code = 1

    def __init__(self, findings: list[Finding], lines: dict[str, list[str]]) -> None:
        """Keep what is wrong."""
        super().__init__("a paper of this evaluation can't be read", "Mend it, then try again.")
        self.findings = findings
        self.lines = lines


class GivenPapers(NamedTuple):
    """The papers, and the bytes of each file by its path relative to the root."""

    papers: EvaluationPapers
    data: dict[str, bytes]

    def findings(self) -> list[Finding]:
        """Return what is wrong in the papers, with places, in the order of the files."""
        return placed(evaluation_findings(self.papers), self.data)


def placed(findings: Iterable[Finding], data: dict[str, bytes]) -> list[Finding]:
    """Return findings with the line of each; those of a file that is not there have none."""
    by_path: dict[str, list[Finding]] = {}
    for each in findings:
        by_path.setdefault(each.path, []).append(each)
    found: list[Finding] = []
    for path, several in by_path.items():
        found += with_places(data[path], several) if path in data else several
    return found


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a file, to show one with what is wrong in it."""
    return data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")


def folder_inside(root: Path, folder: Path) -> str:
    """Return the folder of an evaluation relative to the root. Raises `WrongUse`."""
    try:
        inside = folder.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        inside = ""
    if paper_of_path(f"{inside}/{SET}.yaml") is None:
        raise WrongUse(
            f"{folder} is no folder of an evaluation",
            f"It is {ASSESSMENTS}/<service>/<day>/ of the folder of the texts, as "
            f"{ASSESSMENTS}/kiosk/2026-01-10.",
        )
    return inside


def read_set(root: Path, folder: str) -> tuple[Any, dict[str, bytes]]:
    """Return the document set of a folder, and its bytes. Raises `WrongUse`, `PapersRefused`."""
    path = f"{folder}/{SET}.yaml"
    if not (root / path).is_file():
        raise WrongUse(
            f"there is no {path}, so there is nothing to evaluate",
            "Take the terms in first: govkit assess import.",
        )
    data = {path: read_named(root / path)}
    return _read(path, data), data


def read_papers(root: Path, folder: str) -> GivenPapers:
    """Return all papers of an evaluation that has begun. Raises `WrongUse`, `PapersRefused`."""
    documents, data = read_set(root, folder)
    if not (root / folder / f"{EVALUATION}.yaml").is_file():
        raise WrongUse(
            f"nobody began the evaluation in {folder}",
            "Begin it: govkit assess start FOLDER --coder NAME --coder NAME.",
        )

    def one(name: str) -> Any:
        path = f"{folder}/{name}.yaml"
        if not (root / path).is_file():
            return None
        data[path] = read_named(root / path)
        return _read(path, data)

    def several(name: str) -> dict[str, Any]:
        files = sorted((root / folder / name).glob("*.yaml"))
        return {file.stem: one(f"{name}/{file.stem}") for file in files}

    papers = EvaluationPapers(
        folder,
        documents,
        one(EVALUATION),
        several("drafts"),
        several("coding"),
        several("seals"),
        one(RECONCILED),
        one(FEEDBACK),
        dict(_texts(root / folder / "texts")),
    )
    return GivenPapers(papers, data)


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.txt")):
        yield file.stem, read_named(file, LONGEST_TEXT).decode("utf-8", errors="replace")


def _read(path: str, data: dict[str, bytes]) -> Any:
    kind = paper_of_path(path)
    assert kind is not None
    record, findings = read_record(path, kind, data[path])
    wrong = [each for each in findings if each.stops and each.rule not in _NO_MATTER]
    if record is None or wrong:
        shown = with_places(data[path], wrong or findings)
        raise PapersRefused(shown, {path: lines_of(data[path])})
    return record
