"""The lists of texts in the forms of a code host, brought up to date with the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govkit.corpus.listed_texts import texts_in_lists
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError, WrongUse
from govkit.records.forms import FORMS, FormField
from govkit.records.kinds import TEXT_KINDS
from govkit.source.form_lists import list_of, options_of, page_of, with_list
from govkit.store import worktree


class FormText(NamedTuple):
    """A page whose list is not as the texts are, and the page as it is to be."""

    path: str
    data: bytes


def old_lists(root: Path, corpus: Corpus) -> list[FormText] | None:
    """Return the pages below a root whose lists are not as the texts; None where there is no list.

    A form that a coalition left out is none of them. Raises `WrongUse` for a page without a list.
    """
    texts = texts_in_lists(corpus.of_kind(*TEXT_KINDS))
    pages = [*_pages(root)]
    if not pages:
        return None
    found = []
    for path, field, page in pages:
        written = with_list(page, options_of(field, texts))
        if written is None:
            raise WrongUse(
                f"{path} has no list of texts: no dropdown with the id `chosen` and its options",
                "It is older than the lists, or was changed. `govkit init` in an empty folder "
                "writes one that has it: copy it from there.",
            )
        if written != page:
            found.append(FormText(path, written))
    return found


def _pages(root: Path) -> Iterator[tuple[str, FormField, bytes]]:
    for form in FORMS.values():
        field, path = list_of(form), page_of(form)
        file = root / path
        if field is None or not (file.exists() or file.is_symlink()):
            continue
        if file.parent.resolve() != root.resolve() / Path(path).parent:
            raise GovkitError(f"{path} is behind a link", "Replace it by the folder itself.")
        yield path, field, worktree.read_bytes(root, path)


def write_lists(root: Path, old: Sequence[FormText]) -> None:
    """Write pages with their lists, each whole or not at all. No record is among them."""
    for each in old:
        worktree.write_whole(root / each.path, each.data)
