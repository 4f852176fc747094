"""Family 3, second half: letters of clauses and items still mean the words that they meant.

A clause keeps its id for good; an item of a list has only its place. So a reference to an item, in
a link or in plain words, is held to the words that stood there, and the words of a link to where
it leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkit.checks.context import Context
from govkit.checks.life_cycle import WAS_ADOPTED
from govkit.checks.remarks import Findings, at, remark
from govkit.corpus.base import Base, key_of
from govkit.corpus.documents import LINK, Document
from govkit.corpus.term_words import hide
from govkit.findings import Keys, Route, Stops
from govkit.patterns import lazy_regex
from govkit.records.kinds import NUMBERED_KINDS, TEXT_KINDS

Way = tuple[str, ...]
"""The way to a clause and the items in it: ("b", "a", "ii") for clause (b), item (a)(ii)."""

_LABEL = r"\([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\)"
_LABELS = rf"{_LABEL}(?:\s?{_LABEL})*"
_CALLED = r"sub-?clauses?|clauses?|sub-?items?|items?|sub-?paragraphs?|paragraphs?|points?|letters?"
_IN_WORDS = lazy_regex(
    rf"\b(?P<what>{_CALLED})\s+(?P<labels>{_LABELS})(?P<more>(?:,| and| or| to)\s+{_LABEL})?",
    re.IGNORECASE,
)
"""`clause (a)`, `item (b)(ii)`; `more` where several are named, as in `items (a) and (b)`."""
_ONLY_LABELS = lazy_regex(rf"\s*(?P<labels>{_LABELS})\s*")
_BARE_LETTER = lazy_regex(rf"\s*(?:{_CALLED})\s+(?P<label>[a-z]|[ivx]+|[0-9]+)\s*", re.IGNORECASE)
_SEVERAL = lazy_regex(rf"\b(?P<what>{_CALLED})\s+{_LABEL}(?:,| and| or)\s+{_LABEL}", re.IGNORECASE)
_PARTED_ID = lazy_regex(r"\b[A-Z]{2,}[ _](?:[A-Z]{2,}[ _])?[0-9]+\b")
_QUOTED_TITLE = lazy_regex(r'["\u201c]([^"\u201c\u201d]{3,120})["\u201d]')
_PLAIN = lazy_regex(
    rf"\b(?P<what>{_CALLED})\s+(?:(?P<labels>{_LABELS})"
    rf"(?P<more>(?:(?:,| and| or| to|, and|, or)\s+{_LABEL})*)"
    r"|(?P<bare>[b-hj-z])(?![\w'\u2019-]))",
    re.IGNORECASE,
)
"""`clause (a)`, `items (a), (b) and (c)`, `clause z`; `a` and `I` without brackets are words."""
_NOTES = ("guidance", "meaning", "no_binding_source", "rationale", "test")
_OWN = lazy_regex("clause|item", re.IGNORECASE)
"""What places are called in texts of the coalition, and hardly in a law."""
_PLACES = ("clause", "item", "paragraph", "point", "letter")
_MAY_NAME_A_PLACE = lazy_regex(rf"(?:{'|'.join(_PLACES)})s?\s")
"""In small letters, without looking where a word begins: so the engine skips to one in a step."""
_ITEM_OF = lazy_regex(rf"\b(?:{_CALLED})\s+(?P<labels>{_LABELS})\s+(?:of|in)\s+\Z", re.IGNORECASE)
_OF_OWN_CLAUSE = lazy_regex(
    rf"\s+(?:of|in|under)\s+(?P<clause>clause\s+(?P<labels>{_LABELS}))", re.IGNORECASE
)
"""What follows an item that is named with its clause: `item (b) of clause (a)`."""
_NO = lazy_regex(r"\b(?:not|no|never|nor|without|unless|except|only|cannot)\b|n't\b", re.IGNORECASE)
_ELSEWHERE = lazy_regex(r"\s*(?:of|in|under)\s+(?!this\b)", re.IGNORECASE)
"""What follows a letter of another text: `paragraph (2) of the Directive`."""
_CITED = lazy_regex(
    r"\b(?:art(?:icle|\.)|section|sect\.|regulation|directive|act|rule|code|law)s?\b[^.;]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a letter of a law: `Article 6(1), paragraph (b)`."""
_MOST_WORDS = 60


class MeantPlace(NamedTuple):
    """A place in a text that words name: where they stand, the words, and the way that they name.

    `target` is the text that is meant.
    """

    document: Document
    route: Route
    words: str
    target: Document
    way: Way


# --- a link and its words -------------------------------------------------------------------------


def links_in(document: Document) -> list[tuple[Keys, re.Match[str]]]:
    """Return the links in the texts of a document, with the keys to each text."""
    return [
        (keys, link)
        for keys, text in document.texts
        if "](" in text
        for link in LINK.finditer(text)
    ]


def label_against_target(document: Document, context: Context) -> Findings:
    """The words of a link name no other text, clause or item than the one that it leads to."""
    for keys, link in context.of_one(links_in, document) if "](" in document.words else ():
        said = context.of_words(_said_against, link.group(), link)
        if said:
            named, right = said
            normative = {each.keys for each in document.said}
            yield remark(
                document,
                f"these words name {named}, and the link leads to {link['key']}{link['inside']}",
                at(*keys, span=link.span()),
                stops="merge" if keys in normative else "release",
                expected=right,
                found=link.group(),
                help=f"Write `{right}`, or let the link lead to what its words name."
                if link["scheme"] == "ref"
                else f"Write `{right}`, or the words of the term that is meant.",
            )


def _said_against(context: Context, link: re.Match[str]) -> tuple[str, str] | None:
    """Return what the words of a link name beside its target, and the link as it should be."""
    words, inside = link["words"], tuple(re.findall(r"\(([^()]+)\)", link["inside"]))
    for found in context.id_pattern.finditer(_as_ids(words)) if context.id_pattern else ():
        if found.group() != link["key"].upper():
            right = words[: found.start()] + link["key"] + words[found.end() :]
            return found.group(), f"[{right}]({link['scheme']}:{link['key']}{link['inside']})"
    if link["scheme"] == "term":
        return _other_term(context, link)
    quoted = _QUOTED_TITLE.search(words)
    titled = context.corpus.find(TEXT_KINDS, link["key"])
    other = context.ids_by_title.get(" ".join(quoted[1].split()).casefold()) if quoted else None
    if quoted and other and titled is not None and link["key"] not in other:
        right = words[: quoted.start(1)] + titled.title + words[quoted.end(1) :]
        return other[0], f"[{right}](ref:{link['key']}{link['inside']})"
    by_title = other_by_title(context, words, link["key"])
    if by_title and titled is not None:
        return by_title, f"[{titled.title}](ref:{link['key']}{link['inside']})"
    several = _SEVERAL.search(words)
    if several and "clause" in several["what"].lower() and inside:
        return several.group(), f"[{words}](ref:{link['key']})"
    for what, named, span in _labels_in(words, link["key"]):
        if not _leads_there(what, named, inside):
            right = words[: span[0]] + _way(inside, what) + words[span[1] :]
            target = f"[{right}](ref:{link['key']}{link['inside']})"
            shown = f"{what} {_way(named)}".strip()
            return shown, target if inside else f"[{words}](ref:{link['key']}{_way(named)})"
    return None


def other_by_title(context: Context, words: str, key: str) -> str:
    """Return the id of another text that has exactly these words as its title, or nothing.

    One word alone, as `Reasons`, names no text: it begins many a sentence.
    """
    ids = context.ids_by_title.get(words.casefold(), ()) if " " in words else ()
    texts = [context.corpus.find(TEXT_KINDS, id) for id in ids if key not in ids]
    return next((each.id for each in texts if each is not None and each.title == words), "")


def _as_ids(words: str) -> str:
    """Return words, of the same length, in which an id has its form: `exa-due-01`, `EXA DUE 01`."""
    upper = words.upper() if len(words.upper()) == len(words) else words
    return _PARTED_ID.sub(lambda found: re.sub("[ _]", "-", found.group()), upper)


def _other_term(context: Context, link: re.Match[str]) -> tuple[str, str] | None:
    """Return the term that the words of a link are, where that is not the one it leads to."""
    slugs = context.terms_by_form.get(" ".join(link["words"].split()).casefold(), ())
    if not slugs or link["key"] in slugs or context.corpus.find(("term",), link["key"]) is None:
        return None
    return f"the term {slugs[0]}", f"[{link['words']}](term:{slugs[0]})"


def _labels_in(words: str, key: str) -> Iterator[tuple[str, Way, tuple[int, int]]]:
    """Yield the letters that the words of a link name: what they are called, they, and where.

    Several at once, as `clauses (a) to (c)`, name no single place.
    """
    bare = _BARE_LETTER.fullmatch(words)
    if bare:
        yield words[: bare.start("label")].strip().lower(), (bare["label"],), bare.span("label")
    alone = _ONLY_LABELS.fullmatch(words)
    if alone:
        yield "", _steps(alone["labels"]), alone.span("labels")
    for found in _IN_WORDS.finditer(words):
        if not found["more"]:
            yield found["what"].lower(), _steps(found["labels"]), found.span("labels")
    for found in re.finditer(rf"{re.escape(key)}\s?(?P<labels>{_LABELS})", words):
        yield "clause", _steps(found["labels"]), found.span("labels")


def _leads_there(what: str, named: Way, inside: Way) -> bool:
    """Say whether letters name the target: a clause its first, an item those that come after."""
    if "clause" in what and "sub" not in what:
        return inside[: len(named)] == named
    if not what:
        return inside[-len(named) :] == named
    starts = range(1 if len(inside) > 1 and "item" in what else 0, len(inside) - len(named) + 1)
    return any(inside[start : start + len(named)] == named for start in starts)


def _steps(labels: str) -> Way:
    return tuple(re.findall(r"\(([^()]+)\)", labels))


def _way(way: Way, what: str = "") -> str:
    """Return a way as it is written; of a clause its letter alone, of an item what comes after."""
    if what and len(way) > 1:
        way = way[:1] if "clause" in what and "sub" not in what else way[1:]
    return "".join(f"({step})" for step in way)


# --- letters in plain words -----------------------------------------------------------------------


def no_such_clause(document: Document, context: Context) -> Findings:
    """A clause or item of its own that a text names in plain words is there."""
    if document.kind not in NUMBERED_KINDS or document.status in ("withdrawn", "superseded"):
        return
    for named in _plain_letters(document, context):
        if _meant(document, named) is None:
            normative = {said.keys for said in document.said}
            what = re.sub(r"s$", "", named.what.lower())
            yield remark(
                document,
                f"this text has no {what} {_way(named.way)}",
                at(*named.keys, span=named.span),
                stops="merge" if named.keys in normative else "release",
                found=named.words,
                help=f"Name one that is there: `govkit show {document.id}` prints them. If another "
                "text is meant, write a link: [clause (a)](ref:ID(a)).",
            )


class PlainLetter(NamedTuple):
    """A clause or item of its own text that plain words name, in `clause` if it stands in one."""

    keys: Keys
    clause: str
    what: str
    way: Way
    words: str
    span: tuple[int, int]


def _plain_letters(document: Document, context: Context) -> Iterator[PlainLetter]:
    """Yield the letters that a text names in plain English words, and that are its own."""
    charter = context.corpus.charter
    if charter is None or charter.languages.authoritative.split("-")[0] != "en":
        return
    lowered = document.words.lower()
    if not any(place in lowered for place in _PLACES) or not _MAY_NAME_A_PLACE.search(lowered):
        return
    clauses = {said.keys: said.clause for said in document.said}
    for keys, text in document.texts:
        note = keys not in clauses
        if (note and keys[-1] not in _NOTES) or not _MAY_NAME_A_PLACE.search(text.lower()):
            continue
        plain = LINK.sub(hide, text)
        for found in _PLAIN.finditer(plain):
            if note and not _OWN.search(found["what"]):
                continue  # a note speaks of the paragraphs and points of many a law
            outer = _OF_OWN_CLAUSE.match(plain, found.end())
            end = outer.end() if outer else found.end()
            if _ELSEWHERE.match(plain, end) or _CITED.search(plain, 0, found.start()):
                continue
            before = _steps(outer["labels"]) if outer else ()
            if before and before not in _items(document):
                continue  # said at the clause, which is named for itself
            for way in _ways_named(found):
                words = plain[found.start() : end]
                place = (found["what"], (*before, *way), words, (found.start(), end))
                yield PlainLetter(keys, clauses.get(keys, ""), *place)


def _ways_named(found: re.Match[str]) -> Iterator[Way]:
    """Yield what a place named in plain words says: one way, or several, as in `(a) and (b)`."""
    if found["bare"]:
        yield (found["bare"],)
        return
    yield _steps(found["labels"])
    for step in _steps(found["more"]):
        yield (step,)


def _meant(document: Document, named: PlainLetter) -> Way | None:
    """Return the way to what letters in a text name, or None where nothing is called so.

    An item is one of the clause in which it is named, or of another one of the text.
    """
    items, what, way = _items(document), named.what.lower(), named.way
    here = ((named.clause, *way),) if "clause" not in what or "sub" in what else ()
    tries: tuple[Way, ...] = (*here, way)
    for tried in tries:
        if tried in items:
            return tried
    ends = [each for each in items if each[-len(way) :] == way] if here else []
    return ends[0] if ends else None


def _items(document: Document) -> Mapping[Way, str]:
    """Return the words of each clause and each item of a text, by the way to it."""
    found: dict[Way, str] = {}
    for said in document.said:
        if said.keys[-1] == "text":
            wording = said.wording
            found[said.clause,] = " ".join(
                "".join(run.words or f"{{{run.target}}}" for run in block.runs)
                for block in wording.blocks
            )
            found |= {(said.clause, *way): words for way, words in wording.items().items()}
    record: Any = document.record
    for clause in getattr(record, "clauses", ()):
        found.setdefault((clause.id,), "")  # a withdrawn clause keeps its letter
    return found


# --- what moved -----------------------------------------------------------------------------------


def moved_item(context: Context) -> Findings:
    """A reference to an item of a list leads to the words that it led to before."""
    base = context.base
    assert base is not None
    for target, before, now in with_other_items(context):
        for position in _to_items_of(target, context):
            if _was_there(position, base):
                yield from _moved(position, before, now)


def with_other_items(
    context: Context,
) -> Iterator[tuple[Document, Mapping[Way, str], Mapping[Way, str]]]:
    """Yield each text of which a clause or item has other words than in the base, with both."""
    base = context.base
    assert base is not None
    for path in sorted(base.changed):
        target = context.corpus.by_path.get(path)
        if target is None or target.record is None or target.kind not in NUMBERED_KINDS:
            continue
        old = base.before.find((target.kind,), target.id)
        if old is not None and old.record is not None:
            before, now = _items(old), _items(target)
            if before != now:
                yield target, before, now


def _to_items_of(target: Document, context: Context) -> Iterator[MeantPlace]:
    """Yield what names an item of a text: links in all texts, and its own plain words."""
    for document, link in context.corpus.back_links.get(key_of(target), ()):
        if not link.inside or not link.route.span:
            continue
        text, (start, end) = _text_at(document, link.route.keys), link.route.span
        if len(link.inside) > 1:
            yield MeantPlace(document, link.route, text[start:end], target, link.inside)
        before = _ITEM_OF.search(text, 0, start)  # `item (b) of [the principle](ref:EXP-01(a))`
        if before and len(link.inside) == 1:
            words, way = text[before.start() : end], (*link.inside, *_steps(before["labels"]))
            route = at(*link.route.keys, span=(before.start(), end))
            yield MeantPlace(document, route, words, target, way)
    for named in _plain_letters(target, context):
        meant = _meant(target, named)
        if meant is not None and len(meant) > 1:
            route = at(*named.keys, span=named.span)
            yield MeantPlace(target, route, named.words, target, meant)


def _text_at(document: Document, keys: Keys) -> str:
    return next((text for each, text in document.texts if each == keys), "")


def _was_there(position: MeantPlace, base: Base) -> bool:
    """Say whether the same words named the same place before; else their author has just looked."""
    path = position.document.path
    if path not in base.changed:
        return True
    old = base.before.by_path.get(path)
    return old is not None and position.words in old.words


def _moved(position: MeantPlace, before: Mapping[Way, str], now: Mapping[Way, str]) -> Findings:
    old, new = before.get(position.way), now.get(position.way)
    if old is None or new is None or _core(old) == _core(new):
        return  # what is not there now, `unknown-clause` names
    stands = [way for way, words in now.items() if len(way) > 1 and _core(words) == _core(old)]
    if not stands and _core(new) not in map(_core, before.values()) and _alike(old, new):
        return  # its words were edited in their place
    document, target = position.document, position.target
    place = f"{target.id}{_way(position.way)}"
    if stands:
        right = f"{target.id}{_way(stands[0])}"
        help = f"The words that it meant stand in {right} now: let it lead there."
    else:
        right, help = "", "The words that it meant are gone. Look what is meant now."
    stops: Stops = "release" if document.status in WAS_ADOPTED else "merge"
    yield remark(
        document,
        f"{place} was `{_short(old)}`, and is `{_short(new)}` now",
        position.route,
        stops=stops,
        expected=right,
        found=position.words,
        help=f"{help} If the new words are meant, write the reference anew, in other words.",
    )


def _core(words: str) -> str:
    """Return the words of an item without what only joins it to the next one."""
    return re.sub(r"(?:[;,.]\s*(?:and|or)?|\s+(?:and|or))\s*\Z", "", words)


def _alike(old: str, new: str) -> bool:
    """Say whether words were edited and say the same; one `not` more turns them round."""
    from rapidfuzz import fuzz

    turned = len(_NO.findall(old)) != len(_NO.findall(new))
    return not turned and fuzz.ratio(old, new) >= 60


def _short(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS].rstrip()} …"
