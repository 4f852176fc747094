"""The documents of a service written into the folder of its evaluation: the set, and its texts.

Real terms belong to their platforms. So the texts stay on this machine: a rule for git is written
beside them, unless the service is an invented one.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from govkit.assessment.document_sets import DocumentSetDraft
from govkit.errors import GovkitError, WrongUse
from govkit.procedures.log.filing import write_as_one
from govkit.records.papers import ASSESSMENTS
from govkit.source.record_bytes import record_bytes
from govkit.source.scaffolds import slug_of
from govkit.store import worktree
from govkit.store.journal import Write

SET, TEXTS = "set.yaml", "texts"
_NOT_COMMITTED = """# The terms belong to their platform: they stay on this machine.
/texts/
"""


class DocumentSetFault(GovkitError):
    """No document of a set is terms, so that there is nothing to ask. Exit code 1."""

    exit_code = 1


def folder_for(service: str, day: str) -> str:
    """Return the folder of an evaluation, relative to the root. Raises `WrongUse`."""
    slug = slug_of(service)
    if not slug:
        raise WrongUse(
            f"no name of a folder can be made of {service!r}",
            "Give the service a name in Latin letters with --service.",
        )
    return f"{ASSESSMENTS}/{slug}/{day}"


def write_set(root: Path, draft: DocumentSetDraft, now: datetime.datetime) -> str:
    """Write a set and its texts, all or nothing, and return their folder.

    Raises `DocumentSetFault` where no document is terms, `WrongUse` where a set is there already.
    """
    if not any(row["state"] == "present" for row in draft.record["documents"]):
        first = draft.faults[0]
        raise DocumentSetFault(
            f"no document here is terms: {first.document} {first.because}",
            "Look at the page in a browser, save it once more, and import that. Nothing was "
            "written.",
        )
    folder = folder_for(draft.record["service"], draft.record["day"])
    path = f"{folder}/{SET}"
    if (root / path).exists():
        raise WrongUse(
            f"{folder} is there already",
            "Its answers rest on its texts. Import another day with --date, or delete it first.",
        )
    files = {path: record_bytes("document-set", draft.record, path)}
    for id, text in draft.texts.items():
        files[f"{folder}/{TEXTS}/{id}.txt"] = text.encode()
    if not draft.record["invented"]:
        _keep_from_git(root, folder)  # first: the words are never there without it
    write_as_one(root, [Write(name, None, data) for name, data in files.items()], now)
    return folder


def _keep_from_git(root: Path, folder: str) -> None:
    here = root
    for part in folder.split("/"):
        here /= part
        if here.is_symlink():
            raise GovkitError(
                f"{here.relative_to(root)} is a link, and may lead out of the folder",
                "Replace it by a folder. Nothing was written.",
            )
    worktree.write_whole(here / ".gitignore", _NOT_COMMITTED.encode())
