"""What the shell offers while somebody types: told by the name that help gives to a word.

`MEMBER` in a usage line stands for a member everywhere, so one table says what is offered for it.
All is read from names of files and from the charter, with few imports. Where something is broken
there is no offer, and no word about it: somebody is in the middle of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from govkit.cli.everywhere import FOLDER
from govkit.corpus.ids import id_in_name, id_inside
from govkit.errors import GovkitError
from govkit.records.kinds import (
    CHARTER_PATH,
    KINDS,
    PROCESS_KINDS,
    STATUSES,
    begun_by_new,
    kind_of_path,
    release_of_path,
    slug_of_path,
)

Offer = Callable[[Path, str], Iterable[str]]
"""Gives the words for a governed folder; the second is what is typed so far."""


class CompletionWord(click.ParamType[str]):
    """A word that names something of the folder, offered by the shell."""

    def __init__(self, name: str, offers: Iterable[Offer], files: str) -> None:
        """Keep what may be offered; `files` is `file` or `dir` where a path may stand, too."""
        self.name = name
        self.offers = tuple(offers)
        self.files = files

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word as it was typed."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return what begins as the word does, capitals or not; else where files may be."""
        words = {word for offer in self.offers for word in _quietly(ctx, offer, incomplete)}
        start = incomplete.casefold()
        found = sorted(word for word in words if word.casefold().startswith(start))
        if not found and self.files:
            return [CompletionItem(incomplete, type=self.files)]
        return [CompletionItem(word) for word in found]


def _quietly(ctx: click.Context, offer: Offer, incomplete: str) -> list[str]:
    from govkit.source.gate import Unreadable
    from govkit.store.worktree import find_root

    try:
        root = find_root(Path(ctx.meta.get(FOLDER, ".")))
        if root is None and offer not in _ANYWHERE:
            return []
        return list(offer(root or Path(), incomplete))
    except (GovkitError, Unreadable, OSError, ValueError):
        return []


def with_offers(command: click.Command) -> click.Command:
    """Let the words that a command takes be offered, as its usage line names them."""
    for param in command.params:
        if isinstance(param.type, click.types.StringParamType):
            offered = _named(param.metavar or (param.name or "").upper(), command.name or "")
            param.type = offered or param.type
    return command


def _named(metavar: str, command: str) -> CompletionWord | None:
    names = re.findall(r"[A-Z]+(?:\.pdf)?|[a-z]+", metavar)
    ways = [f"{command} {name}" if f"{command} {name}" in OFFERS else name for name in names]
    offers = [OFFERS[way] for way in ways if way in OFFERS]
    kinds = {_FILES[name] for name in names if name in _FILES}
    files = max(kinds, default="")  # where a file may stand, folders lead to it: `file` has both
    return CompletionWord(metavar, offers, files) if offers or files else None


# --- from names of files --------------------------------------------------------------------------


def _in(folder: str, name: Callable[[str], str] = lambda file: file) -> Offer:
    def offer(root: Path, _: str) -> list[str]:
        from govkit.store.worktree import names_below

        return [name(file.removesuffix(".yaml")) for file in names_below(root, folder)]

    return offer


def _paths(root: Path) -> list[str]:
    from govkit.store.worktree import list_entries

    return [entry.path for entry in list_entries(root)]


def _ids(root: Path, typed: str) -> Iterator[str]:
    """Yield ids and slugs; after an open bracket, the clauses of the text before it."""

    for path in _paths(root):
        if kind_of_path(path) not in PROCESS_KINDS:
            id = id_in_name(slug_of_path(path))
            if "(" not in typed:
                yield id
            elif typed.casefold().startswith(f"{id}(".casefold()):
                yield from (f"{id}({clause})" for clause in _clauses(root, path))


def _clauses(root: Path, path: str) -> Iterator[str]:
    clauses = _data(root, path).get("clauses")
    for clause in clauses if isinstance(clauses, list) else ():
        if isinstance(clause, dict) and isinstance(clause.get("id"), str):
            yield clause["id"]


def _data(root: Path, path: str) -> dict[str, Any]:
    from govkit.source.gate import admit
    from govkit.source.loader import load
    from govkit.store.worktree import read_bytes

    data = load(admit(read_bytes(root, path)))
    return data if isinstance(data, dict) else {}


def _books(root: Path, _: str) -> Iterator[str]:
    from govkit.store.worktree import read_bytes

    for path in _paths(root):
        if path.startswith(("provisions/", "recommendations/")) and path.endswith(
            "instrument.yaml"
        ):
            yield id_inside(read_bytes(root, path)).removeprefix("INS-")


def _releases(file: str) -> Offer:
    def offer(root: Path, _: str) -> Iterator[str]:

        for path in _paths(root):
            release = release_of_path(path)
            if release and path.endswith(f"/{file}"):
                yield release

    return offer


def _tags(root: Path, typed: str) -> Iterator[str]:
    published = _releases("published.yaml")
    return (name.replace("/", "/v", 1) for name in published(root, typed))


def _rules(root: Path, _: str) -> Iterator[str]:
    for page in resources.files("govkit").joinpath("checks", "pages").iterdir():
        if page.name.endswith(".md"):
            yield page.name.removesuffix(".md")


# --- from the charter -----------------------------------------------------------------------------


def _charter(*keys: str) -> Offer:
    def offer(root: Path, _: str) -> list[str]:
        found: Any = _from_charter(root)
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        words = [found] if isinstance(found, str) else found or []
        return [word for word in words if isinstance(word, str)]

    return offer


def _from_charter(root: Path) -> dict[str, Any]:

    return _data(root, CHARTER_PATH)


def _languages(root: Path, _: str) -> Iterator[str]:
    for key in ("authoritative", "others"):
        yield from _charter("languages", key)(root, "")


def _profile(root: Path, typed: str) -> Iterator[str]:
    """Yield `axis=word` for the last part that is typed, behind the parts before it."""
    before, space, last = typed.rpartition(" ")
    _, sign, words = last.partition("=")
    more = words.rpartition(",")[0]
    axes = _from_charter(root).get("axes")
    for axis, known in axes.items() if isinstance(axes, dict) else ():
        for word in known if sign and isinstance(known, list) else [""]:
            yield f"{before}{space}{axis}={more}{',' if more else ''}{word}"


# --- numbers --------------------------------------------------------------------------------------


def comment_numbers(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the numbers of the comments on the proposal that is named, else on each."""
    named = ctx.params.get("proposal")

    def offer(root: Path, _: str) -> Iterator[str]:
        from govkit.store.worktree import names_below

        folder = "governance/proposals"
        for id in [named] if named else names_below(root, folder):
            for name in names_below(root, f"{folder}/{id}/comments"):
                if name.removesuffix(".yaml").isdigit():
                    yield str(int(name.removesuffix(".yaml")))

    found = {each for each in _quietly(ctx, offer, typed) if each.startswith(typed)}
    return [CompletionItem(each) for each in sorted(found, key=int)]


# --- what no folder decides -----------------------------------------------------------------------


def _kinds(root: Path, _: str) -> Iterable[str]:

    return KINDS


def _statuses(root: Path, _: str) -> Iterable[str]:

    return STATUSES


def _begun_by_new(root: Path, _: str) -> Iterable[str]:

    return begun_by_new()


_ANYWHERE = (_rules, _kinds, _statuses, _begun_by_new)
"""Offers that need no governed folder."""

OFFERS: dict[str, Offer] = {
    "AREA": _charter("areas"),
    "BOOK": _books,
    "CALL": _in("governance/calls"),
    "CHARTER": lambda _, __: ("charter",),
    "EVENT": _in("registers/events"),
    "GROUP": _charter("groups"),
    "ID": _ids,
    "INITIATIVE": _in("registers/initiatives"),
    "ISSUE": _in("registers/issues"),
    "KIND": _kinds,
    "LANGUAGE": _languages,
    "MEMBER": _in("governance/members"),
    "PAPER": _in("registers/papers"),
    "ADOPTION": _in("registers/adoptions"),
    "POLICY": _in("governance/policies"),
    "PROFILE": _profile,
    "PROPOSAL": _in("governance/proposals"),
    "RELEASE": _releases("manifest.yaml"),
    "RESPONSE": _in("registers/responses"),
    "RIGHT": _charter("rights"),
    "RULE": _rules,
    "STATUS": _statuses,
    "TAG": _tags,
    "all": lambda _, __: ("all",),
    "charter": lambda _, __: ("charter",),
    "new KIND": _begun_by_new,
    "policy": _in("governance/policies", lambda slug: f"policy:{slug}"),
}
"""What is offered for a word of help; behind the name of a command, in that command alone."""
_FILES = {"DIR": "dir", "FOLDER": "dir", "FILE": "file", "FILE.pdf": "file", "PATH": "file"}
