"""Family 10, releases: what was published stays as it is, and a manifest lies where it belongs."""

from __future__ import annotations

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal
from govkit.corpus.books import slug_of_book
from govkit.corpus.documents import Document
from govkit.findings import Finding
from govkit.records.kinds import release_of_path
from govkit.records.releases import Manifest


def release_changed(context: Context) -> Findings:
    """A release that was published is never changed, added to, or taken away."""
    base = context.base
    assert base is not None
    for path in sorted(base.changed):
        release = release_of_path(path)
        if release is None or not _was_published(release, context):
            continue
        document = context.corpus.by_path.get(path) or base.before.by_path.get(path)
        gone = path not in context.corpus.by_path and document is not None
        said = (
            "is gone"
            if gone
            else "was put in later"
            if document is None or (path not in base.before.by_path)
            else "was changed"
        )
        yield Finding(
            "",
            f"{release} was published, and this file of it {said}",
            path,
            stops="merge",
            id=document.id if document is not None else "",
            help=f"Put it back: `git restore --source=main {path}`. A correction is a release of "
            "its own, with the last number of the version raised.",
        )


def _was_published(release: str, context: Context) -> bool:
    assert context.base is not None
    path = f"releases/{release}/published.yaml"
    if path in context.base.changed:
        return path in context.base.before.by_path
    return path in context.corpus.by_path


def release_misplaced(document: Document, _: Context) -> Findings:
    """A manifest lies in the folder of its own book and version."""
    record = document.record
    if not isinstance(record, Manifest):
        return
    own = f"{slug_of_book(record.instrument)}/{record.version}"
    folder = release_of_path(document.path)
    if own != folder:
        key = "version" if own.split("/")[0] == (folder or "").split("/")[0] else "instrument"
        yield refusal(
            document,
            f"this is the manifest of {own}, and it lies in the folder of {folder}",
            at(key),
            expected=f"releases/{own}/manifest.yaml",
            found=document.path,
            help="A manifest is written by `govkit release cut` alone. Put back what was there.",
        )
