"""What a listing leaves out, since its file can't be read: said beside it, every time."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import number_of, visible

if TYPE_CHECKING:
    from govkit.corpus.whole import Corpus

_FEW = 3


def unread_paths(corpus: Corpus, kinds: Collection[str] | None = None) -> list[str]:
    """Return the files of records that can't be read, of some kinds or of all."""
    return [
        each.path
        for each in corpus.documents
        if each.record is None and each.kind and (kinds is None or each.kind in kinds)
    ]


def say_unread(corpus: Corpus, kinds: Collection[str] | None = None) -> None:
    """Say on the error output which records a listing knows nothing about."""
    paths = unread_paths(corpus, kinds)
    if not paths:
        return
    more = f" and {len(paths) - _FEW} more" if len(paths) > _FEW else ""
    named = f"{', '.join(map(visible, paths[:_FEW]))}{more}"
    said = (
        f"note: {number_of(len(paths), 'file')} can't be read, so what is in there is left out "
        f"here: {named}. `govkit check` says why."
    )
    click.echo(fitted(said, "  "), err=True)
