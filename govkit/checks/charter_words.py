"""Words that the charter gives: they are in its lists, and a text names what it requires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.documents import Document
from govkit.corpus.ids import INSTRUMENT
from govkit.corpus.term_words import OUT_OF_USE
from govkit.findings import Finding, Keys, Route, Stops
from govkit.records.governance import Charter
from govkit.records.kinds import CHARTER_PATH, TEXT_KINDS
from govkit.records.policies import AT_LEAST
from govkit.source.nearest import nearest, question_before


def not_in_charter(document: Document, context: Context) -> Findings:
    """Rights, groups, parties, users, sizes, functions, languages and books are the charter's."""
    if document.kind == "charter":
        yield from _missed(document, context)
    lists: dict[Keys, set[str]] = {}
    beside = context.once(words_beside)
    for route, word, list_name, known in beside.not_known.get(document.path, ()):
        lists = lists or _listed(document)
        if (list_name, word) in beside.missed:
            continue  # said at the charter
        in_list = bool(route.keys) and isinstance(route.keys[-1], int)
        others = lists.get(route.keys[:-1], ()) if in_list else ()
        near = nearest(word, [each for each in known if each not in others])
        there = f"The charter has: {', '.join(known) or 'nothing'}."
        help = question_before(there, near)
        if list_name == "instruments" and near and not INSTRUMENT.fullmatch(near):
            help = f"Write `{word}:` in place of `{near}:` in the charter. {there}"
        yield refusal(
            document,
            f"`{word}` is not in the charter's list `{list_name}`",
            route,
            expected=near,
            found=word,
            help=help,
            enforces=f"charter: {list_name}",
        )


def _listed(document: Document) -> dict[Keys, set[str]]:
    """Return the words of each list: none that it has already was meant by another in it."""
    lists: dict[Keys, set[str]] = {}
    for keys, _, word, _ in document.charter_words:
        lists.setdefault(keys[:-1], set()).add(word)
    return lists


UnknownWord = tuple[Route, str, str, Any]
"""The way to a word, itself, the name of its list in the charter, and what is in that."""


class MissedWord(NamedTuple):
    """A word that files use and a list of the charter does not have; `struck` if it was there."""

    paths: list[str]
    struck: bool


class WordsBesideCharter(NamedTuple):
    """The words that the charter rules and does not know, by the path of the file.

    `missed` are those that are missing in the charter, rather than wrong in a record, each with the
    name of its list.
    """

    not_known: dict[str, list[UnknownWord]]
    missed: dict[tuple[str, str], MissedWord]


def words_beside(context: Context) -> WordsBesideCharter:
    """Return the words of all texts that the charter does not know; those out of use stay as is."""
    charter = context.corpus.charter
    found = (
        (document.path, list(_not_known(document, charter)))
        for document in context.corpus.documents
        if charter is not None and document.status not in OUT_OF_USE
    )
    not_known = {path: words for path, words in found if words}
    return WordsBesideCharter(not_known, _words_missed(context, not_known))


def _words_missed(
    context: Context, found_in: dict[str, list[UnknownWord]]
) -> dict[tuple[str, str], MissedWord]:
    """Return the words that are missing in the charter.

    That is so for one that the base had, and for one that several files use and that looks like no
    other of its list.
    """
    charter, base = context.corpus.charter, context.base
    if charter is None:
        return {}
    before = base.before.charter if base is not None and CHARTER_PATH in base.changed else None
    used: dict[tuple[str, str], list[str]] = {}
    known: dict[str, Any] = {}
    for path, not_known in found_in.items():
        for _, word, name, words in not_known:
            if name not in ("instruments", "languages"):
                known[name] = words
                paths = used.setdefault((name, word), [])
                paths += [path] if path not in paths[-1:] else []
    found = {}
    for (name, word), paths in used.items():
        struck = before is not None and word in _words_of(before, name)
        if struck or (len(paths) > 1 and not nearest(word, list(known[name]))):
            found[name, word] = MissedWord(paths, struck)
    return found


def _words_of(charter: Charter, name: str) -> Any:
    return charter.axes[name] if name in charter.axes else getattr(charter, name, ())


def _missed(document: Document, context: Context) -> Findings:
    """Yield the words that the charter should have; the records that use them are left alone."""
    for (name, word), (paths, struck) in context.once(words_beside).missed.items():
        files = "1 file names it" if len(paths) == 1 else f"{len(paths)} files name it"
        yield refusal(
            document,
            f"`{word}` {'was struck from' if struck else 'is not in'} `{name}`, and {files}: "
            f"{paths[0]}" + (" and more" if len(paths) > 1 else ""),
            at(name) if hasattr(document.record, name) else at("axes", name),
            expected=word,
            found=name,
            help=f"Put `{word}` {'back' if struck else 'in'}; or take it out of these files first.",
        )


def _not_known(document: Document, charter: Charter) -> Iterator[UnknownWord]:
    lists = charter.__dict__  # its own dict: pydantic makes every single attribute a slow one
    for keys, at_key, word, name in document.charter_words:
        known: Any = lists[name]
        if name == "axes" and isinstance(keys[-1], int):
            name = str(keys[-2])
            if word == "all" or name not in charter.axes:
                continue  # of an axis that is not there, its key says so
            known = charter.axes[name]
        if word not in known and (name, word) != ("groups", AT_LEAST):
            yield Route(keys, None, at_key), word, name, known
    if document.kind == "instrument" and INSTRUMENT.fullmatch(document.id):
        if document.id not in charter.instruments:
            yield at("id"), document.id, "instruments", charter.instruments
    elif document.kind == "translation":
        language = document.path.split("/")[1]
        if language not in charter.languages.others:
            yield at(), language, "languages", charter.languages.others


def all_alone(document: Document, _: Context) -> Findings:
    """The word `all` stands alone in its list."""
    r: Any = document.record
    if document.kind not in TEXT_KINDS:
        return
    lists: list[tuple[Any, Any]] = [(("applies_to",), getattr(r, "applies_to", None))]
    lists += [
        (("clauses", at_, "applies_to"), applies_to)
        for at_, clause in enumerate(r.clauses)
        if (applies_to := getattr(clause, "applies_to", None))  # a withdrawn one has no such field
    ]
    for keys, applies_to in lists:
        for axis, words in (applies_to or {}).items():
            if "all" in words and len(words) > 1:
                yield refusal(
                    document,
                    f"`all` stands beside other words in `{axis}`",
                    at(*keys, axis),
                    expected="[all]",
                    found=", ".join(words),
                    help="Keep `all` alone, or name the words that are meant.",
                )


def required_by_charter(document: Document, context: Context) -> Findings:
    """A text names what the charter requires, as its rights, who is bound, and its burden."""
    charter = context.corpus.charter
    if charter is None or document.kind not in TEXT_KINDS:
        return
    if document.status in ("withdrawn", "superseded"):
        return  # what is kept as it was is not held to what was asked for later
    record: Any = document.record
    for name in charter.requires:
        if name in _OF_WHOLE:
            if not getattr(record, name, None) and _is_asked(name, document, charter):
                yield _required(document, name, at(name))
            continue
        for at_, clause in enumerate(record.clauses):
            if getattr(clause, name, None) or clause.withdrawn is not None:
                continue
            if clause.force != "declares":
                yield _required(document, name, at("clauses", at_, name))


_OF_WHOLE = ("rights", "category", "summary", "burden")
"""What is named once for a whole text; the rest in each clause."""
_DUTIES = ("must", "must-not")
_SMALLEST = frozenset(("micro", "small"))
"""The sizes for which a duty can cost more than it gives."""


def _is_asked(name: str, document: Document, charter: Charter) -> bool:
    """Say whether something is asked of this text: a burden where a duty binds the smallest."""
    if name == "category":
        return document.kind != "principle"
    if name in ("summary", "burden"):
        record: Any = document.record
        return document.kind == "provision" and (
            name == "summary"
            or any(_binds_the_smallest(clause, record, charter) for clause in record.clauses)
        )
    return True


def _binds_the_smallest(clause: Any, record: Any, charter: Charter) -> bool:
    if clause.withdrawn is not None or clause.force not in _DUTIES:
        return False
    scope = record.applies_to if clause.applies_to is None else clause.applies_to
    sizes = scope.get("sizes", ("all",))
    small = "all" in sizes or not _SMALLEST.isdisjoint(sizes)
    return small and (not charter.parties or charter.parties[0] in clause.addressee)


def _required(document: Document, name: str, route: Any) -> Finding:
    why = ": a duty binds the smallest platforms" if name == "burden" else ""
    return remark(
        document,
        f"`{name}` is not named here{why}",
        route,
        stops=_by_status(document),
        expected=name,
        help=f"Add `{name}`. `govkit schema {document.kind}` says what it holds.",
        enforces="charter: requires",
    )


def _by_status(document: Document) -> Stops:
    """A draft may be incomplete until it is released."""
    return "release" if document.status == "draft" else "merge"
