"""What the shell offers while somebody types: ids, books and releases, read from names of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_id(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the ids of the folder that the command line names."""
    from govkit.corpus.ids import id_in_name
    from govkit.records.kinds import PROCESS_KINDS, kind_of_path, slug_of_path

    _, paths = _folder(ctx)
    names = {
        id_in_name(slug_of_path(path)) for path in paths
        if kind_of_path(path) not in PROCESS_KINDS
    }  # fmt: skip
    return sorted(name for name in names if name.casefold().startswith(incomplete.casefold()))


def complete_book(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the books, and the releases that there are of them."""
    root, paths = _folder(ctx)
    names = {*_books(root, paths), *_releases(paths, "manifest.yaml")}
    return sorted(name for name in names if name.startswith(incomplete))


def complete_release(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the releases, as provisions/1.1.0."""
    _, paths = _folder(ctx)
    return sorted(name for name in _releases(paths, "manifest.yaml") if name.startswith(incomplete))


def complete_tag(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the tags of published releases; where none fits, folders and files."""
    from click.shell_completion import CompletionItem

    _, paths = _folder(ctx)
    tags = sorted(name.replace("/", "/v", 1) for name in _releases(paths, "published.yaml"))
    fitting = [CompletionItem(tag) for tag in tags if tag.startswith(incomplete)]
    return fitting or [CompletionItem(incomplete, type="file")]


def _releases(paths: Iterable[str], file: str) -> Iterator[str]:
    from govkit.records.kinds import release_of_path

    for path in paths:
        release = release_of_path(path)
        if release and path.endswith(f"/{file}"):
            yield release


def _books(root: Path, paths: Iterable[str]) -> Iterator[str]:
    from govkit.store.worktree import read_bytes
    from govkit.workspace.naming import id_inside

    for path in paths:
        if _is_book(path):
            yield id_inside(read_bytes(root, path)).rpartition("-")[2]


def _is_book(path: str) -> bool:
    return path.startswith(("provisions/", "recommendations/")) and path.endswith("instrument.yaml")


def _folder(ctx: click.Context) -> tuple[Path, tuple[str, ...]]:
    """Return the folder that the command line names, and what is in it; nothing where none is."""
    from govkit.store.worktree import find_root, list_entries

    start = Path(ctx.find_root().params.get("directory") or ".")
    root = find_root(start)
    return root or start, tuple(entry.path for entry in (list_entries(root) if root else ()))
