"""Family 3: what is named is there; else what may be meant, or where it went."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Collection
from functools import cache

from govkit.checks.context import Context
from govkit.checks.copies import RenamedRecord, renamed_records, unknown
from govkit.checks.remarks import Findings, refusal
from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.findings import Finding, Keys
from govkit.records.kinds import KINDS, id_space
from govkit.source.nearest import nearest, question_before


def unknown_reference(context: Context) -> Findings:
    """Whatever a record refers to exists."""
    explained = {(missed.kinds, missed.key[1]) for missed in context.once(renamed_records)}
    offers = Offers(context)
    for document, reference, target in unknown(context):
        if target is not None or (reference.kinds, reference.key) not in explained:
            yield _unknown(context, offers.near(document, reference), document, reference, target)


def renamed_file(context: Context) -> Findings:
    """A file that others refer to stays, under its name: the name is the id."""
    for missed in context.once(renamed_records):
        yield _renamed_or_gone(context, missed)


def _renamed_or_gone(context: Context, missed: RenamedRecord) -> Finding:
    """Return the one finding for all links to a record whose file was renamed or removed."""
    id, count = missed.key[1], len(missed.references)
    links = "1 link leads" if count == 1 else f"{count} links lead"
    where = missed.references[0][0].path
    if missed.new is not None:
        name = missed.new.path.rsplit("/", 1)[-1]
        return refusal(
            missed.new,
            f"{links} to `{id}`, which is not there: this file is `{missed.new.id}`",
            expected=f"{id}.yaml",
            found=name,
            help=f"Rename the file back to {id}.yaml. The name of a file is its id, and an id is "
            "never changed.",
        )
    assert missed.old is not None
    assert context.base is not None
    back = f"git checkout {context.base.commit[:12]} -- {shlex.quote(missed.old.path)}"
    return refusal(
        missed.old,
        f"the {missed.old.kind} `{id}` is gone, and {links} to it (first in {where})",
        expected=id,
        help=context.saved_otherwise(id)
        or f"Put it back: `{back}`. To do without it, take the links out: `govkit check` without "
        "--since lists them.",
    )


def _unknown(
    context: Context, near: str, document: Document, reference: Reference, other: Document | None
) -> Finding:
    """Return the finding; `near` is what may be meant, empty for nothing.

    `other` has the id that is named, and is of a kind that does not fit.
    """
    kinds, key = reference.kinds, reference.key
    what = (
        "text" if "provision" in kinds else " or ".join(_CALLED.get(kind, kind) for kind in kinds)
    )
    message, help = f"there is no {what} `{key}`", "Correct the id, or take the link out."
    if other is not None:
        message = f"{key} is of the kind {other.kind}, which does not fit here"
        help = f"Name a record of one of these kinds: {', '.join(kinds)}."
    elif len(kinds) == 1 and KINDS[kinds[0]].by_hand and what != "instrument":
        place = f"{KINDS[what].folder}/{key.rpartition('/')[2]}.yaml"
        help = f"If it is to be added, `govkit new {what}` makes it ({place})."
        help = question_before(help, near)
    elif near:
        help = f"Did you mean `{near}`?"
    old = context.base.before.find(kinds, key) if context.base is not None else None
    if other is None and old is not None:
        assert context.base is not None
        help = (
            f"It was removed: put it back with `git checkout {context.base.commit[:12]} -- "
            f"{old.path}`, or take the link out."
        )
    if other is None and key in context.no_records:
        help = context.saved_otherwise(key) or help
        help = f"{context.no_records[key]} is no record, so nothing reads it. {help}"
    return refusal(document, message, reference.route, expected=near, found=key, help=help)


_CALLED = {"manifest": "release"}


_MOST_OFFERS = 100
"""Offers in one file. A check shows twenty findings of a rule, and each offer takes a search."""


class Offers:
    """What may be meant by ids that are nowhere; each list is put together once."""

    def __init__(self, context: Context) -> None:
        self.corpus = context.corpus
        self.made: Counter[str] = Counter()
        self.known = cache(self._known)
        self.titled = cache(self._titled)
        self.named = cache(self._named)

    def near(self, document: Document, reference: Reference) -> str:
        """Return the id that may be meant by a reference, empty where there is none near."""
        self.made[document.path] += 1
        if self.made[document.path] > _MOST_OFFERS:
            return ""
        left_out = self._left_out(document, reference)
        known = [id for id in self.known(reference.kinds) if id not in left_out]
        by_title = self.titled(reference.kinds).get(reference.key.casefold(), "")
        return by_title if by_title in known else nearest(reference.key, known)

    def _known(self, kinds: tuple[str, ...]) -> list[str]:
        spaces = {id_space(kind) for kind in kinds}
        return sorted(
            id
            for (space, id), found in self.corpus.by_id.items()
            if space in spaces and found[0].kind in kinds
        )

    def _titled(self, kinds: tuple[str, ...]) -> dict[str, str]:
        """Return the ids of records by their titles in small letters."""
        return {
            document.title.casefold(): document.id
            for kind in kinds
            for document in self.corpus.of_kind(kind)
        }

    def _left_out(self, document: Document, reference: Reference) -> Collection[str]:
        """Return what can't be meant: the record itself, and what its list has already."""
        if reference.route.span:
            return ()  # the words of a text may name one twice, and their own text
        if reference.role == "item":  # a text stands in one book, so no book's list has it twice
            return frozenset().union(*self.named("", "item").values())
        beside = self.named(document.path, reference.role).get(_list_of(reference), ())
        return {document.id, *beside}

    def _named(self, path: str, role: str) -> dict[Keys, set[str]]:
        """Return the ids that each list of a file names in a role; of all books for no path."""
        one = self.corpus.by_path.get(path)
        found: dict[Keys, set[str]] = {}
        for document in (one,) if one is not None else self.corpus.of_kind("instrument"):
            for each in document.references:
                if each.role == role:
                    found.setdefault(_list_of(each), set()).add(each.key)
        return found


def _list_of(reference: Reference) -> Keys:
    """Return the keys of the list that a reference stands in; none where it is the only one."""
    keys = reference.route.keys
    if keys[0] == "relations":  # one list of entries, of which the id is one field
        return keys[:1]
    return keys[:-1] if isinstance(keys[-1], int) else keys
