"""The answers of a coder are taken in, sealed, and shown when every coder has sealed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

from govkit.assessment.answer_rules import answer_findings
from govkit.assessment.evaluation_state import EvaluationPapers
from govkit.assessment.filled_quotes import with_places
from govkit.assessment.seals import fits, seal_of
from govkit.errors import GovkitError, WrongUse
from govkit.findings import Finding
from govkit.procedures.assessment.answer_forms import read_form
from govkit.procedures.assessment.beginning import ONLY_HERE, UNSHOWN, empty_coding
from govkit.procedures.assessment.evaluation_papers import (
    GivenPapers,
    PapersRefused,
    lines_of,
    placed,
)
from govkit.procedures.log.filing import write_as_one
from govkit.records.assessments import Coding, CodingSeal
from govkit.source.places import with_places as placed_in
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.store.journal import Write
from govkit.store.worktree import read_named


class NotReady(GovkitError):
    """A step of an evaluation that can't be taken yet. Exit code 1."""

    exit_code = 1


class TakenAnswers(NamedTuple):
    """Answers that were written: where, how many have a value, and what is wrong in them."""

    path: str
    answered: int
    asked: int
    findings: list[Finding]
    data: bytes


def require_coder(papers: EvaluationPapers, coder: str) -> None:
    """Raise `WrongUse` where somebody does not code in this evaluation."""
    if coder not in papers.evaluation.coders:
        known = ", ".join(papers.evaluation.coders)
        raise WrongUse(f"{coder} does not code here", f"The coders are: {known}.")


def draft_of(papers: EvaluationPapers, coder: str) -> Coding:
    """Return the answers of a coder that are not sealed yet. Raises `WrongUse`, `NotReady`.

    Sheets are never committed: on another machine than the one where the evaluation began, a coder
    starts with an empty one.
    """
    require_coder(papers, coder)
    if coder in papers.seals:
        raise NotReady(
            f"the answers of {coder} are sealed, and do not change any more",
            "What was wrong is said when the coders talk: govkit assess reconcile.",
        )
    if coder not in papers.drafts:
        return empty_coding(papers.evaluation, papers.documents, coder)
    return papers.drafts[coder]


def take_answers(
    root: Path, read: GivenPapers, coder: str, file: Path, now: datetime.datetime
) -> TakenAnswers:
    """Write the answers in a filled form into the coder's sheet, unfinished ones too.

    Raises `PapersRefused` where the form can't be read; nothing is written then.
    """
    papers = read.papers
    before = draft_of(papers, coder)
    coding = _answers_in(file, before)
    coding = with_places(coding, papers.texts)
    path = f"{papers.folder}/drafts/{coder}.yaml"
    data = record_bytes("coding", coding, path)
    writes = [Write(path, read.data.get(path), data)]
    ignored = f"{papers.folder}/{UNSHOWN}"
    if not (root / ignored).exists():
        writes.append(Write(ignored, None, ONLY_HERE.encode()))
    write_as_one(root, writes, now)
    found = answer_findings(coding, papers.coded_texts, path, papers.for_others)
    answered = sum(each.value is not None for each in coding.answers)
    return TakenAnswers(path, answered, len(papers.criteria), placed(found, {path: data}), data)


def _answers_in(file: Path, before: Coding) -> Coding:
    data = read_named(file)
    if file.suffix.lower() in (".xlsx", ".csv"):
        form = read_form(data, file.name, before)
        if form.coding is None or form.findings:
            raise PapersRefused(list(form.findings), {})
        return form.coding
    record, findings = read_record(file.name, "coding", data)
    wrong = [each for each in findings if each.stops and each.rule != "schema-line"]
    if not isinstance(record, Coding) or wrong:
        raise PapersRefused(placed_in(data, wrong or findings), {file.name: lines_of(data)})
    if record.coder != before.coder:
        raise WrongUse(f"{file.name} has the answers of {record.coder}", "Name that coder.")
    return record


def seal_answers(
    root: Path, read: GivenPapers, coder: str, nonce: bytes, now: datetime.datetime
) -> CodingSeal:
    """Seal the answers of a coder; `nonce` are 32 random bytes. Raises `PapersRefused`."""
    papers = read.papers
    draft = draft_of(papers, coder)
    path = f"{papers.folder}/drafts/{coder}.yaml"
    coding = with_places(draft, papers.texts)
    if path not in read.data:
        raise NotReady(
            f"{coder} has answered nothing on this machine", "First: govkit assess answers."
        )
    found = answer_findings(coding, papers.coded_texts, path, papers.for_others)
    wrong = [each for each in found if each.stops or each.rule == "answer-open"]
    if wrong:
        raise PapersRefused(placed(wrong, read.data), {path: lines_of(read.data[path])})
    coding = coding.model_copy(update={"nonce": nonce.hex()})
    seal = CodingSeal(coder=coder, seal=seal_of(coding, nonce.hex()), at=now)
    at = f"{papers.folder}/seals/{coder}.yaml"
    writes = [
        Write(path, read.data[path], record_bytes("coding", coding, path)),
        Write(at, None, record_bytes("coding-seal", seal, at)),
    ]
    write_as_one(root, writes, now)
    return seal


def reveal_answers(root: Path, read: GivenPapers, now: datetime.datetime) -> list[str]:
    """Show the sealed answers that are on this machine, and return whose. Raises `NotReady`."""
    papers = read.papers
    waiting = [each for each in papers.evaluation.coders if each not in papers.seals]
    if waiting:
        raise NotReady(
            f"not sealed yet: {', '.join(waiting)}",
            "Answers are shown when every coder has sealed, so that nobody follows another.",
        )
    here = [each for each in papers.evaluation.coders if each in papers.drafts]
    writes = []
    for coder in here:
        draft = papers.drafts[coder]
        if not fits(draft, papers.seals[coder]):
            raise NotReady(
                f"the sheet of {coder} is not what was sealed any more",
                f"Put the sealed words back into drafts/{coder}.yaml.",
            )
        old, new = (f"{papers.folder}/{folder}/{coder}.yaml" for folder in ("drafts", "coding"))
        writes += [Write(new, None, record_bytes("coding", draft, new))]
        writes += [Write(old, read.data[old], None)]
    if not here and not papers.codings:
        raise NotReady("no sealed answers are on this machine", "Each coder reveals their own.")
    write_as_one(root, writes, now)
    return here
