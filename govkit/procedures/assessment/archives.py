"""A checkout of an Open Terms Archive `*-versions` repository, read out of its git objects.

Only commits and blobs are read, by plumbing commands, with none of the settings of that clone: no
hook runs, no link is followed, no submodule is opened, and nothing is checked out or fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from govkit.assessment.archive import ArchiveVersion, versions_in
from govkit.assessment.canonical import canonical_text
from govkit.assessment.document_sets import LARGEST, FetchedDocument
from govkit.errors import GovkitError, WrongUse
from govkit.rendering.markdown_blocks import blocks_of_markdown
from govkit.source.nearest import nearest
from govkit.source.page_links import links_of_markdown
from govkit.store.clone import clone_of
from govkit.store.committed_files import blob_bytes, blob_sizes
from govkit.store.repository import commits, instant_of


def versions_of_archive(archive: Path) -> tuple[ArchiveVersion, ...]:
    """Return every version of an archive, the oldest first. Raises `WrongUse` where it is none."""
    if not archive.is_dir() or clone_of(archive) is None:
        raise WrongUse(
            f"{archive} is no checkout of an archive",
            "Clone a repository whose name ends with -versions: `git clone ADDRESS`.",
        )
    found = versions_in(commits(archive))
    if not found:
        raise WrongUse(
            f"{archive} holds no versions of terms",
            "In an archive, each version is a file like `Service/Terms of Service.md`.",
        )
    return found


def versions_for(
    versions: Iterable[ArchiveVersion],
    service: str,
    types: Sequence[str],
    until: Callable[[ArchiveVersion], bool],
) -> list[ArchiveVersion]:
    """Return the version of each type of a service's terms that stood at a moment, by type.

    Raises `WrongUse` for a service or a type that the archive does not have then.
    """
    versions = [*versions]
    row = [each for each in versions if each.service == service]
    if not row:
        known = sorted({each.service for each in versions})
        meant = nearest(service, known)
        hint = f"Did you mean {meant}? " if meant else ""
        raise WrongUse(f"the archive has no service {service}", f"{hint}It has {len(known)}.")
    found = {each.type: each for each in row if until(each)}
    if not found:
        raise WrongUse(
            f"the archive has nothing of {service} then",
            f"Its first version is of {row[0].day}: give a later --date.",
        )
    wanted = types or sorted(found)
    for type_ in wanted:
        if type_ not in found:
            has = ", ".join(sorted(found))
            raise WrongUse(f"the archive has no {type_} of {service} then", f"It has {has}.")
    return [found[type_] for type_ in wanted]


def until_commit(
    versions: Sequence[ArchiveVersion], named: str
) -> Callable[[ArchiveVersion], bool]:
    """Return what is true of each version up to a commit. Raises `WrongUse` where it is none."""
    ids = [each.commit for each in versions if each.commit.startswith(named.lower())]
    if len(named) < 7 or len(set(ids)) != 1:
        raise WrongUse(
            f"`{named}` is no commit of a version in this archive",
            "Give at least seven signs of its id, as `git log` shows it.",
        )
    order = {each.commit: at for at, each in enumerate(versions)}
    last = order[ids[0]]
    return lambda each: order[each.commit] <= last


def documents_of(archive: Path, versions: Sequence[ArchiveVersion]) -> list[FetchedDocument]:
    """Return versions as documents. Raises `GovkitError` for one that is far too large."""
    sizes = blob_sizes(archive, {each.blob for each in versions})
    for each in versions:
        if sizes[each.blob] > LARGEST:
            raise GovkitError(
                f"{each.path} of {each.commit[:10]} has {sizes[each.blob]:,} bytes, which are no "
                "terms that anybody reads",
                f"Leave it out: name the others with --terms-type. {LARGEST:,} bytes are the most.",
            )
    data = blob_bytes(archive, sizes)
    return [_document(archive, each, data[each.blob]) for each in versions]


def _document(archive: Path, version: ArchiveVersion, data: bytes) -> FetchedDocument:
    text = text_of(data)
    return FetchedDocument(
        version.type,
        data,
        blocks_of_markdown(text),
        links_of_markdown(text),
        version.path,
        version.commit,
        instant_of(archive, version.commit),
    )


def canonical_of(data: bytes) -> str:
    """Return the canonical text of a version, out of its bytes."""
    return canonical_text(blocks_of_markdown(text_of(data)))


def text_of(data: bytes) -> str:
    """Return the Markdown of a version; an archive writes UTF-8, and what is none is shown as �."""
    return data.decode("utf-8", "replace").replace("\0", "\ufffd")
