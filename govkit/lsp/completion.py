"""What may be typed here: ids, clauses, terms, sources, blanks, words of lists, keys of records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.renaming import clauses_of
from govkit.corpus.whole import Corpus
from govkit.findings import Keys
from govkit.lsp.showing import shown
from govkit.records.kinds import TEXT_KINDS, id_space
from govkit.source.schema_places import keys_at, values_at
from govkit.source.typing_place import TypingPlace, typing_place

_LINK = re.compile(
    r"\]\((?P<scheme>term|ref):(?P<key>[A-Za-z0-9.-]*)(?P<inside>(?:\([A-Za-z0-9-]+\))*)"
    r"(?P<open>\((?P<part>[A-Za-z0-9-]*))?$"
)
_SCHEME = re.compile(r"\]\((?P<typed>[a-z]*)$")
_BLANK = re.compile(r"(?<!\$)\{(?P<typed>[a-z0-9_]*)$")
_WORDS = re.compile(r"\[(?P<typed>[^\[\]\n]{0,80})$")
_FAR = 400


class Offer(NamedTuple):
    """A word that may be typed: in the place of the characters from `start` to the cursor.

    `what` is `record`, `clause`, `word`, `key` or `text`; `detail` is short, `document` is what it
    names.
    """

    label: str
    text: str
    start: int
    what: str
    detail: str = ""
    document: Document | None = None
    inside: tuple[str, ...] = ()
    filter: str = ""

    @property
    def shown(self) -> str:
        """Return what the offer means, in Markdown."""
        return shown(self.document, self.inside) if self.document is not None else ""


def offers(
    corpus: Corpus, document: Document | None, kind: str, text: str, offset: int
) -> list[Offer]:
    """Return what may be typed at a character of a text (LF line ends), nearest things first."""
    place = typing_place(text, offset)
    before = text[max(0, offset - _FAR) : offset]
    if place.in_block or (place.value is not None and _has_words(place.word)):
        return [*_in_words(corpus, document, before, text, offset)]
    found: list[Offer] = []
    if place.value is not None:
        found += _values(corpus, kind, document, place)
    if place.group is not None:
        found += _keys(kind, place, text, offset)
    return found


def _has_words(word: str) -> bool:
    return "](" in word or "{" in word or "[" in word


def _in_words(
    corpus: Corpus, document: Document | None, before: str, text: str, offset: int
) -> Iterator[Offer]:
    link = _LINK.search(before)
    if link is not None:
        yield from _in_link(corpus, link, offset)
        return
    scheme = _SCHEME.search(before)
    if scheme is not None:
        start = offset - len(scheme["typed"])
        yield Offer("term:", "term:", start, "word", "a defined term")
        yield Offer("ref:", "ref:", start, "word", "a text, clause or item")
        return
    blank = _BLANK.search(before)
    if blank is not None:
        yield from _blanks(document, text, offset - len(blank["typed"]))
        return
    words = _WORDS.search(before)
    if words is not None:
        yield from _links(corpus, offset - len(words["typed"]))


def _in_link(corpus: Corpus, link: re.Match[str], offset: int) -> Iterator[Offer]:
    if link["open"] is not None:
        start = offset - len(link["part"])
        yield from _parts(corpus, link["key"], re.findall(r"[A-Za-z0-9-]+", link["inside"]), start)
    elif not link["inside"]:
        kinds = ("term",) if link["scheme"] == "term" else (*TEXT_KINDS, "instrument")
        yield from _records(corpus, kinds, offset - len(link["key"]))


def _parts(corpus: Corpus, id: str, inside: list[str], start: int) -> Iterator[Offer]:
    target = corpus.find((*TEXT_KINDS, "instrument"), id)
    if target is None:
        return
    if not inside:
        for clause in clauses_of(target):
            yield Offer(clause, clause, start, "clause", id, target, (clause,))
        return
    ways = {
        way[: len(inside)]
        for said in target.said
        if said.clause == inside[0] and said.keys[-1] == "text"
        for way in said.wording.labels()
        if way[: len(inside) - 1] == tuple(inside[1:]) and len(way) >= len(inside)
    }
    for way in sorted(ways):
        yield Offer(way[-1], way[-1], start, "clause", id, target, (inside[0], *way))


def _records(corpus: Corpus, kinds: Iterable[str], start: int) -> Iterator[Offer]:
    wanted = tuple(kinds)
    spaces = {id_space(kind) for kind in wanted}
    for (space, id), found in sorted(corpus.by_id.items()):
        if space in spaces and found[0].kind in wanted:
            each = found[0]
            filter = f"{id} {each.title}"
            yield Offer(id, id, start, "record", each.title, each, filter=filter)


def _links(corpus: Corpus, start: int) -> Iterator[Offer]:
    """Yield whole links to terms, by the words of the term."""
    for term in corpus.of_kind("term"):
        if term.title:
            link = f"{term.title}](term:{term.id})"
            yield Offer(term.title, link, start, "record", f"term {term.id}", term)


def _blanks(document: Document | None, text: str, start: int) -> Iterator[Offer]:
    """Yield the blanks of the record, also of one that can't be read for the moment."""
    record: Any = document.record if document is not None else None
    parameters = getattr(record, "parameters", None)
    if parameters is None:
        block = re.search(r"^parameters:\n((?:[ ]+.*\n|\n)+)", text, re.MULTILINE)
        names = re.findall(r"^[ ]{2}([a-z0-9_]+):", block[1], re.MULTILINE) if block else []
        parameters = dict.fromkeys(names)
    for name, parameter in parameters.items():
        meaning = str(getattr(parameter, "meaning", "") or "")
        yield Offer(name, name, start, "word", meaning)


def _values(
    corpus: Corpus, kind: str, document: Document | None, place: TypingPlace
) -> Iterator[Offer]:
    route = place.value
    assert route is not None
    at = values_at(kind, route)
    inside = values_at(kind, (*route, 0))
    words = (*at.words, *inside.words)
    for word in dict.fromkeys(words):
        yield Offer(word, word, place.start, "word")
    lists = (*at.lists, *inside.lists)
    kinds = (*at.kinds, *inside.kinds)
    if "parties" in lists and corpus.charter is not None:
        for party in corpus.charter.parties:
            term = corpus.find(("term",), party)
            yield Offer(party, party, place.start, "record", "party", term)
    else:
        yield from _records(corpus, kinds, place.start)
        for name in dict.fromkeys(lists):
            yield from _of_charter(corpus, name, route, place.start)
    if route[:1] == ("options",) and "clauses" in route and document is not None:
        for clause in clauses_of(document):
            yield Offer(clause, clause, place.start, "clause", "", document, (clause,))


def _of_charter(corpus: Corpus, name: str, route: Keys, start: int) -> Iterator[Offer]:
    charter: Any = corpus.charter
    known = getattr(charter, name, {}) if charter is not None else {}
    if name == "axes":
        axis = next((step for step in reversed(route) if step in known), None)
        known = dict.fromkeys(("all", *known[axis])) if axis is not None else {}
    for word in known:
        said = known[word] if isinstance(known, dict) else None
        yield Offer(word, word, start, "word", said if isinstance(said, str) else name)


def _keys(kind: str, place: TypingPlace, text: str, offset: int) -> Iterator[Offer]:
    assert place.group is not None
    line_end = text.find("\n", offset)
    rest = text[offset : line_end if line_end >= 0 else len(text)]
    has_colon = rest.lstrip(" ").startswith(":")
    for key in keys_at(kind, place.group):
        if key.name not in place.beside:
            after = "" if has_colon else ": " if key.opens == "" else ":"
            detail = key.description or ("needed" if key.required else "")
            yield Offer(key.name, key.name + after, place.start, "key", detail)
