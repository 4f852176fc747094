"""What the shell offers while somebody types: ids, books and releases, read from names of files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_id(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the ids of the folder that the command line names."""
    from govkit.corpus.ids import id_in_name
    from govkit.records.kinds import PROCESS_KINDS, kind_of_path, slug_of_path

    names = {
        id_in_name(slug_of_path(path)) for path in _paths(ctx)
        if kind_of_path(path) not in PROCESS_KINDS
    }  # fmt: skip
    return sorted(name for name in names if name.casefold().startswith(incomplete.casefold()))


def complete_book(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the books, and the releases that there are of them."""
    names = {*_books(ctx), *_releases(ctx, "manifest.yaml")}
    return sorted(name for name in names if name.startswith(incomplete))


def complete_release(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the releases, as provisions/1.1.0."""
    return sorted(
        name for name in _releases(ctx, "manifest.yaml") if name.startswith(incomplete)
    )  # fmt: skip


def complete_tag(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the tags of published releases; where none fits, folders and files."""
    from click.shell_completion import CompletionItem

    tags = sorted(name.replace("/", "/v", 1) for name in _releases(ctx, "published.yaml"))
    fitting = [CompletionItem(tag) for tag in tags if tag.startswith(incomplete)]
    return fitting or [CompletionItem(incomplete, type="file")]


def _releases(ctx: click.Context, file: str) -> Iterator[str]:
    from govkit.records.kinds import release_of_path

    for path in _paths(ctx):
        release = release_of_path(path)
        if release and path.endswith(f"/{file}"):
            yield release


def _books(ctx: click.Context) -> Iterator[str]:
    from govkit.store.worktree import read_bytes
    from govkit.workspace.naming import id_inside

    root = _root(ctx)
    for path in _paths(ctx):
        if root and _is_book(path):
            yield id_inside(read_bytes(root, path)).rpartition("-")[2]


def _is_book(path: str) -> bool:
    return path.startswith(("provisions/", "recommendations/")) and path.endswith("instrument.yaml")


def _root(ctx: click.Context) -> Path | None:
    from govkit.store.worktree import find_root

    return find_root(Path(ctx.find_root().params.get("directory") or "."))


def _paths(ctx: click.Context) -> Iterator[str]:
    from govkit.store.worktree import list_entries

    root = _root(ctx)
    yield from (entry.path for entry in (list_entries(root) if root else ()))
