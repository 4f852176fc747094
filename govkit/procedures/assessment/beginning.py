"""An evaluation begins: its criteria are frozen, and each coder gets a sheet for the answers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from govkit.assessment.criteria import (
    CriteriaWanted,
    applies,
    criteria_digest,
    criteria_of,
    set_digest,
)
from govkit.assessment.score_profiles import NEWEST, score_profile
from govkit.errors import WrongUse
from govkit.procedures.assessment.evaluation_papers import EVALUATION, SET, read_set
from govkit.procedures.log.filing import write_as_one
from govkit.records.assessments import CodedAnswer, Coding, DocumentSet, Evaluation
from govkit.records.device_names import device_in
from govkit.records.record_kind import SLUG
from govkit.source.record_bytes import record_bytes
from govkit.store.journal import Write
from govkit.workspace.adopted import AdoptionSource

UNSHOWN = "drafts/.gitignore"
ONLY_HERE = """# Nobody sees these answers before all coders have sealed theirs.
*
"""


def begin(
    root: Path,
    folder: str,
    source: AdoptionSource,
    wanted: CriteriaWanted,
    coders: Sequence[str],
    platform: Mapping[str, tuple[str, ...]],
    now: datetime.datetime,
) -> Evaluation:
    """Write the evaluation and a sheet for each coder, all or nothing. Raises `WrongUse`."""
    documents, data = read_set(root, folder)
    path = f"{folder}/{EVALUATION}.yaml"
    if (root / path).exists():
        raise WrongUse(f"{path} is there already", "`govkit assess status` says how far it is.")
    _require_words(documents)
    evaluation = Evaluation(
        book=wanted.book,
        release=source.edition.release or None,
        commit=source.edition.commit or None,
        coders=tuple(coders),
        begun=now,
        score_profile=NEWEST,
        criteria=criteria_of(source.corpus, wanted, score_profile(NEWEST)),
    )
    writes = [Write(path, None, record_bytes("evaluation", evaluation, path))]
    if platform:
        documents = documents.model_copy(update={"platform": dict(platform)})
        at = f"{folder}/{SET}.yaml"
        writes.append(Write(at, data[at], record_bytes("document-set", documents, at)))
    for coder in coders:
        at = f"{folder}/drafts/{coder}.yaml"
        sheet = record_bytes("coding", empty_coding(evaluation, documents, coder), at)
        writes.append(Write(at, None, sheet))
    ignored = f"{folder}/{UNSHOWN}"
    if not (root / ignored).exists():
        writes.append(Write(ignored, None, ONLY_HERE.encode()))
    write_as_one(root, writes, now)
    return evaluation


def require_names(coders: Sequence[str]) -> None:
    """Raise `WrongUse` where a coder is named twice, or by what can be no name of a file."""
    for coder in coders:
        if not re.fullmatch(SLUG, coder) or device_in(coder):
            raise WrongUse(
                f"`{coder[:60]}` can't be the name of a coder",
                "Write small letters, digits and hyphens, as a-coder.",
            )
    if len(set(coders)) < len(coders):
        raise WrongUse("a coder is named twice", "Two people code, each without the other.")


def empty_coding(evaluation: Evaluation, documents: DocumentSet, coder: str) -> Coding:
    """Return a sheet on which nothing is answered yet."""
    asked = [each for each in evaluation.criteria if applies(each, documents)]
    return Coding(
        coder=coder,
        criteria=criteria_digest(evaluation.criteria),
        documents=set_digest(documents),
        answers=tuple(CodedAnswer(criterion=each.of) for each in asked),
    )


def _require_words(documents: DocumentSet) -> None:
    if all(each.state != "present" for each in documents.documents):
        raise WrongUse(
            "no document of the set has words of terms, so nothing can be asked of it",
            "Import the terms again: an empty page or a cookie banner was fetched.",
        )
