"""Family 1, fourth part: what a list of a record names, it names once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal
from govkit.corpus.documents import Document
from govkit.findings import Keys
from govkit.records.kinds import KINDS


def entry_twice(document: Document, _: Context) -> Findings:
    """A list names each entry once: a right, a ground, a relation, a party, a language."""
    record: Any = document.record
    if record is None or document.kind not in KINDS or not KINDS[document.kind].by_hand:
        return
    for keys, first, entry in _repeated(record):
        if entry == "all" or keys[-2] == "items":
            continue  # `all-alone` and `listed-twice` say so
        yield refusal(
            document,
            f"this entry{_shown(entry)} stands in the list already, as entry {first + 1}",
            at(*keys),
            found=entry if isinstance(entry, str) else "",
            help="Delete one of the two. If another one was meant, write that in place of this.",
        )
    if document.kind == "charter":
        languages = record.languages
        for n, language in enumerate(languages.others):
            if language == languages.authoritative:
                yield refusal(
                    document,
                    f"`{language}` is the authoritative language, and stands among the others too",
                    at("languages", "others", n),
                    found=language,
                    help=f"Take `{language}` out of `others`: they are the languages of "
                    "translations.",
                )


def _shown(entry: Any) -> str:
    return f" `{entry}`" if isinstance(entry, str) and len(entry) <= _SHORT else ""


_SHORT = 60


_Repeated = list[tuple[Keys, int, Any]]


def _repeated(part: BaseModel) -> _Repeated:
    """Return each entry that a list of a part repeats, and where it stood first."""
    found: _Repeated = []
    values = part.__dict__  # its own dict: pydantic makes every single attribute a slow one
    for name, holds in _fields_with_lists(type(part)):
        value = values[name]
        if not value:
            continue
        if holds == "entries":
            if len(value) > 1:
                found += _in_list((name,), value)
        elif holds == "lists":
            for key, entries in value.items():
                if len(entries) > 1:
                    found += _in_list((name, key), entries)
        elif type(value) is tuple:
            for n, each in enumerate(value):
                found += _below((name, n), _repeated(each))
        else:
            found += _below((name,), _repeated(value))
    return found


def _below(route: Keys, found: _Repeated) -> _Repeated:
    """Return what was found in a part, with the way to that part."""
    return [((*route, *keys), first, entry) for keys, first, entry in found] if found else found


def _in_list(keys: Keys, entries: tuple[Any, ...]) -> Iterator[tuple[Keys, int, Any]]:
    if type(entries[0]) in (str, int):
        if len(set(entries)) == len(entries):
            return
        firsts: dict[str | int, int] = {}  # a list may have 100,000 entries
        for n, entry in enumerate(entries):
            if (first := firsts.setdefault(entry, n)) < n:
                yield (*keys, n), first, entry
        return
    said = [each.__dict__ for each in entries]
    for n in range(1, len(said)):
        if (first := said.index(said[n])) < n:
            yield (*keys, n), first, entries[n]


@cache
def _fields_with_lists(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model with lists, and what each holds.

    That is `entries`, `lists` by some key, or `parts` that have lists of their own.
    """
    held = ((name, _held(field.annotation)) for name, field in model.model_fields.items())
    return tuple((name, holds) for name, holds in held if holds)


def _held(annotation: Any) -> str:
    models = [*_inside(annotation, BaseModel)]
    if get_origin(annotation) is tuple:
        # Parts that have an id are held apart by `duplicate-clause-id`.
        return "parts" if any("id" in each.model_fields for each in models) else "entries"
    if not models:
        return "lists" if any(_inside(annotation, tuple)) else ""
    return "parts" if get_origin(annotation) is None and _fields_with_lists(annotation) else ""


def _inside(annotation: Any, wanted: type) -> Iterator[Any]:
    """Yield the classes of a kind that stand in an annotation, however deep."""
    named = get_origin(annotation) or annotation
    if isinstance(named, type) and issubclass(named, wanted):
        yield named
    for each in get_args(annotation):
        yield from _inside(each, wanted)
