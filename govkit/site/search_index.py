"""The index of all words of the site: which page says what, found without any server.

Files of script that call one function each, since a page that lies on a disk may load a script and
no data. Words are folded (letters without marks, small), ids stand whole and in parts, and scripts
without spaces are cut into pairs of letters. How much a word says about a place is reckoned here
(BM25), so that who searches only adds.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from html import unescape
from itertools import chain
from typing import NamedTuple
from unicodedata import category, normalize

from govkit.patterns import lazy_regex
from govkit.records.scalars import UNSPACED

FOLDER = "search"
LARGEST_SHARD = 100_000
"""Characters of a file of words; one with more is divided by the next letter."""
PLACES_IN_A_FILE = 40
LONGEST_SNIPPET = 2_000
"""Characters of a place that are kept to be shown; all of its words are found."""

_K1, _B = 1.2, 0.75
_TITLE, _HEADING = 8, 3
"""How many times a word counts that stands in the title of a page, or above a place on it."""
_PARTS = lazy_regex(r"[-.'’]")
_SPACELESS = lazy_regex(f"[{UNSPACED}]")


class SearchedPlace(NamedTuple):
    """One place that can be found: an anchor of a page with its words.

    `path` is that of the page, `anchor` is empty for the page itself. `title` is that of the page,
    `heading` that of the place, empty for the page itself.
    """

    path: str
    anchor: str
    title: str
    heading: str
    words: str


class CountedPlace(NamedTuple):
    """A place as the index has it: what is shown of it, and how often it says each term."""

    path: str
    anchor: str
    title: str
    heading: str
    shown: str
    counts: Mapping[str, int]


@cache
def _word() -> re.Pattern[str]:
    r"""Return what a word is. Marks belong to it, and `\w` leaves them out."""
    marks = "".join(chr(code) for code in range(0x300, 0xFE30) if category(chr(code))[0] == "M")
    letters = rf"(?:(?![{UNSPACED}])(?:[^\W_]|[{marks}]))+"
    return re.compile(rf"[{UNSPACED}]+|{letters}(?:[-.'’]{letters})*")


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Return a word as it is looked for: small letters without marks."""
    marked = normalize("NFKD", word.casefold())
    # Vowel signs of Indic scripts (Mc) are letters to their readers; accents (Mn) are marks.
    return normalize("NFC", "".join(each for each in marked if category(each) != "Mn"))


def terms_in(text: str) -> Iterator[str]:
    """Yield the terms of a text in their order."""
    for found in _word().finditer(text):
        word = folded(found[0])
        if _SPACELESS.match(word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
            continue
        yield word
        parts = [part for part in _PARTS.split(word) if part]
        if len(parts) > 1:
            yield from parts


def places_in(path: str, title: str, body: str) -> Iterator[SearchedPlace]:
    """Yield the places of a page from its HTML as our own writers make it: sections, clauses."""
    anchor, heading, words = "", "", list[str]()
    inside = ""
    for tag, name, id, said in _MARKS.findall(body):
        if said and inside == "heading":
            heading += unescape(said)
        elif said and inside != "nav":
            words.append(unescape(said))
        elif id and name in ("section", "div"):
            yield SearchedPlace(path, anchor, title, heading.strip(), "".join(words))
            anchor, heading, words = unescape(id), "", []
        elif tag:
            inside = _inside(inside, tag, name, bool(heading))
            words += [" "] * (name in _APART)
    yield SearchedPlace(path, anchor, title, heading.strip(), "".join(words))


def _inside(inside: str, tag: str, name: str, has_heading: bool) -> str:
    """Return in what one stands behind a tag: a heading, the contents (nav), or the words."""
    if name == "nav" or (name in _HEADINGS and not has_heading):
        return "nav" if name == "nav" else "heading"
    ends = tag == "</nav>" if inside == "nav" else tag[2:-1] in _HEADINGS
    return "" if ends else inside


_MARKS = lazy_regex(r'(<(?:/|([a-z0-9]+))[^<>]*?(?: id="([^"]*)"[^<>]*)?>)|([^<>]+)')
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_APART = ("p", "li", "dt", "dd", "td", "th", "div", "br")


def counted(place: SearchedPlace) -> CountedPlace:
    """Return a place as the index has it; nothing of it hangs on any other place."""
    counts = Counter(terms_in(place.words))
    # Else a page would be found as often as it has places.
    words, times = (place.heading, _HEADING) if place.anchor else (place.title, _TITLE)
    for term in terms_in(words):
        counts[term] += times
    shown = " ".join(place.words.split())[:LONGEST_SNIPPET]
    return CountedPlace(place.path, place.anchor, place.title, place.heading, shown, counts)


def index_files(
    places: Sequence[CountedPlace], said: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index by their paths: the same bytes for the same places.

    `said` are the words of the page that searches.
    """
    postings = _postings(places)
    shards = dict(_shards(postings))
    head: dict[str, object] = {
        "shards": sorted(shards),
        "places": len(places),
        "each": PLACES_IN_A_FILE,
    }
    head["said"] = dict(said)
    yield f"{FOLDER}/index.js", _call("head", head)
    for key, terms in sorted(shards.items()):
        yield f"{FOLDER}/{shard_name(key)}", _call("words", key, terms)
    for at in range(0, len(places), PLACES_IN_A_FILE):
        several = [list(place[:5]) for place in places[at : at + PLACES_IN_A_FILE]]
        number = at // PLACES_IN_A_FILE
        yield f"{FOLDER}/p{number}.js", _call("places", number, several)


def shard_name(key: str) -> str:
    """Return the name of the file with the words that begin so."""
    return f"w-{'-'.join(f'{ord(sign):x}' for sign in key)}.js"


def _call(name: str, *values: object) -> bytes:
    # "</script" can't end a file of script, and U+2028 no line of one, since all of it is ASCII.
    words = ",".join(json.dumps(each, separators=(",", ":"), sort_keys=True) for each in values)
    return f"govkitSearch.{name}({words});\n".encode("ascii")


def _postings(places: Sequence[CountedPlace]) -> Mapping[str, list[int]]:
    """Return for each term the places with it, and how much each says: place, score, place, …"""
    lengths = [sum(each.counts.values()) for each in places]
    mean = sum(lengths) / len(lengths) if lengths else 1.0
    among = Counter(chain.from_iterable(each.counts for each in places))
    rarity = {
        term: math.log(1 + (len(places) - count + 0.5) / (count + 0.5))
        for term, count in among.items()
    }
    found: dict[str, list[int]] = {term: [] for term in among}
    for number, (place, length) in enumerate(zip(places, lengths, strict=True)):
        dampened = _K1 * (1 - _B + _B * length / (mean or 1.0))
        # Hundreds of thousands of words: each number of times is reckoned once a place.
        weights = {
            count: 100 * count * (_K1 + 1) / (count + dampened)
            for count in set(place.counts.values())
        }
        for term, count in place.counts.items():
            found[term] += (number, int(rarity[term] * weights[count]) or 1)
    return found


def _shards(postings: Mapping[str, list[int]]) -> Iterator[tuple[str, dict[str, list[int]]]]:
    waiting = [("", sorted(postings))]
    while waiting:
        key, terms = waiting.pop()
        size = sum(len(term) + 6 * len(postings[term]) for term in terms)
        if key and (size <= LARGEST_SHARD or all(term == key for term in terms)):
            yield key, {term: postings[term] for term in terms}
            continue
        groups: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            groups[term[: len(key) + 1]].append(term)
        own = groups.pop(key, [])
        if own:
            yield key, {term: postings[term] for term in own}
        waiting += groups.items()
