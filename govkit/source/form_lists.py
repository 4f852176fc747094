"""The lists of texts in the pages of forms: the lines of one dropdown, all others left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from govkit.records.forms import FormField, IssueForm

WIDEST_TITLE = 72
"""Characters of a title in a list, in which one reads only the beginning."""
_LARGEST_LIST = 48_000
"""Bytes of a list: a page with it stays below 64 KiB, as whatever else a host takes in a form."""
_START, _OPTIONS, _ITEM = "    id: chosen", "      options:", "        "


def page_of(form: IssueForm) -> str:
    """Return where a code host looks for the page of a form, from the root of the texts."""
    return f".github/ISSUE_TEMPLATE/{form.name}.yml"


def list_of(form: IssueForm) -> FormField | None:
    """Return the list of texts of a form, None where it has none."""
    return next((each for each in form.fields if each.none_of_list), None)


def options_of(field: FormField, texts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the answers of a list: none of the texts, then each by its id and its title.

    Titles are cut so that the list of many texts is still taken by a host. An id is never cut.
    """
    widest = min(WIDEST_TITLE, max(0, _LARGEST_LIST // max(1, len(texts)) - 30))
    return (field.none_of_list, *(_option(id, title, widest) for id, title in texts))


def _option(id: str, title: str, widest: int) -> str:
    words = " ".join(title.split())
    if len(words) > widest:
        words = words[: max(0, widest - 1)].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
    # The host puts a comma between answers, and the reader looks for an id and a colon after it.
    return f"{id}: {words.replace(': ', ' - ')}" if widest > 1 else id


def with_list(page: bytes, options: Sequence[str]) -> bytes | None:
    """Return the page of a form with these answers in its list; None where it has no such list.

    All other lines stay as they are: a coalition may have put them into its own words.
    """
    try:
        lines = page.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        return None
    bare = [line.rstrip() for line in lines]
    if bare.count(_START) != 1:
        return None
    first = bare.index(_START)
    end = next(
        (at for at, line in enumerate(bare) if at > first and line.startswith("  - ")), len(bare)
    )
    if _OPTIONS not in bare[first:end]:
        return None
    at = bare.index(_OPTIONS, first) + 1
    after = next((at for at in range(at, end) if not bare[at].startswith(_ITEM)), end)
    return "".join([*lines[:at], *map(_line, options), *lines[after:]]).encode()


def _line(option: str) -> str:
    return f"{_ITEM}- {json.dumps(option, ensure_ascii=False)}\n"
