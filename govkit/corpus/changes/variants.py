"""English words that are the same in another spelling, and verbs in the form that grammar asks for.

Both sides say the same: `behaviour` and `behavior`, `cancelled` and `canceled`, `must ensures` and
`must ensure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from govkit.corpus.changes.lexicon import Lexicon
from govkit.corpus.changes.spelling import is_listed, is_protected
from govkit.corpus.redline.tokens import Token
from govkit.languages.words import spelling_words
from govkit.patterns import lazy_regex

# Three letters before each, so that `four` and `for`, `prise` and `prize`, `tour` and `tor` differ.
# Not `metre` and `meter`, `programme` and `program`, `filling` and `filing`.
_SPELLINGS = (
    (
        lazy_regex(r"(?<=\w{3})our(?=(?:s|ed|ing|able|ably|al|ful|hood|less|er|ers|ite|ites)?$)"),
        "or",
    ),
    (lazy_regex(r"(?<=\w{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations)$)"), "iz"),
    (lazy_regex(r"(?<=\w{3})ys(?=(?:e|es|ed|ing|er|ers)$)"), "yz"),
    (lazy_regex(r"(?<=\w{3}[ae])ll(?=(?:ed|ing|er|ers|or|ors|ation|ations)$)"), "l"),
    (lazy_regex(r"^(centr)e(?=(?:s|d)?$)"), "center"),
    (lazy_regex(r"(?<=\w[klmstvz])e(?=abl[ey]$|ability$)"), ""),
    (lazy_regex(r"(?<=^defen|^offen)c(?=es?$)"), "s"),
    (lazy_regex(r"(?<=\w{3})logue(?=s?$)"), "log"),
    (lazy_regex(r"(?<=\wd)gement(?=s?$)"), "gment"),
    (lazy_regex(r"(?<=^fulfil)l(?=$|ment)|(?<=^enrol)l(?=$|ment)"), ""),
)
# Not `can`, `may`, `might` and `will`, which are nouns, too.
_MODALS = frozenset(("could", "must", "shall", "should", "would"))
_DAY = lazy_regex(r"(\d{4})-(\d\d?)-(\d\d?)")
_LONGEST = 7
"""Four words with spaces between them: `state of the art`."""
_LEADS = frozenset(("as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "with"))
_ENDS = frozenset(
    (".", ",", ";", ")", "of", "in", "on", "at", "to", "for", "from", "by", "with", "that")
)
_BETWEEN = frozenset(("also", "only"))
_NEGATED = lazy_regex(
    r"(?:could|did|do|does|may|might|must|shall|should|will|would) not|cannot|can not"
)
_OTHER_PERSON = lazy_regex(r"(?:(?<=[^aeiou])ies|(?<=(?:ch|sh|ss))es|(?<=[^s])s)$")


def is_same_word(old: str, new: str, lexicon: Lexicon) -> bool:
    """Say whether two English words are one in two spellings, or an apostrophe was forgotten."""
    if lexicon.language != "en" or old[0] != new[0] or old.lower() in lexicon.term_words:
        return False
    was, is_ = old.lower(), new.lower()
    if is_protected(was, lexicon) or is_protected(is_, lexicon):
        return False
    if (was, is_) in _pairs(lexicon.language) and old[1:].islower() and new[1:].islower():
        return True
    plain = is_.replace("\u2019", "'")
    if plain.endswith("'s") and plain.replace("'", "") == was:
        # `todays` is no word, `users` is one.
        return not is_listed(was, "en") and is_listed(plain.removesuffix("'s"), "en")
    letters = (old + new)[1:] if old[1:].islower() and new[1:].islower() else ""
    listed = is_listed(was, "en") or is_listed(is_, "en")
    return bool(letters) and was.isalpha() and is_.isalpha() and listed and _one(was) == _one(is_)


def corrects_verb(before: Sequence[Token], at: int, new: str, lexicon: Lexicon) -> bool:
    """Say whether a verb lost the ending of another person, behind `must`: `must ensures`."""
    old = before[at].text
    if lexicon.language != "en" or not (old.islower() and new.islower()):
        return False
    base = _OTHER_PERSON.sub(lambda end: "y" if end[0] == "ies" else "", old)
    words = [token.text.lower() for token in before[:at] if token.kind != "space"][-3:]
    if (old, new, words[-1:]) == ("follow", "follows", ["as"]):
        return [token.text for token in before[at + 1 : at + 2]] == [":"]
    if words and words[-1] in _BETWEEN:
        words.pop()
    behind = bool(words) and (
        words[-1] in _MODALS
        or words[-1] == "they"
        or _NEGATED.fullmatch(words[-1]) is not None
        or _NEGATED.fullmatch(" ".join(words[-2:])) is not None
    )
    return (
        behind
        and base != old
        and base == new
        and is_listed(new, "en")
        and not is_protected(old, lexicon)
        and not is_protected(new, lexicon)
    )


def is_same_day(old: str, new: str) -> bool:
    """Say whether two dates in figures are one, with a zero before a figure or without."""
    was, is_ = _DAY.fullmatch(old), _DAY.fullmatch(new)
    return (
        was is not None
        and is_ is not None
        and [*map(int, was.groups())] == [*map(int, is_.groups())]
    )


def compound_in_both(
    before: Sequence[Token], after: Sequence[Token], lexicon: Lexicon
) -> tuple[int, int] | None:
    """Return how many tokens a compound has on each side, where both begin with the same one that
    may be written with hyphens, with spaces or in one piece; else None. A capital has to stay.
    """
    known = _compounds(lexicon.language)
    for old in range(1, min(len(before), _LONGEST) + 1, 2):
        written = _in_one(before[:old])
        if written.lower() not in known or known[written.lower()] & lexicon.term_words:
            continue
        for new in range(1, min(len(after), _LONGEST) + 1, 2):
            if _in_one(after[:new]) == written:
                return old, new
    return None


def corrects_number(before: Sequence[Token], at: int, new: str, lexicon: Lexicon) -> bool:
    """Say whether a noun lost its plural behind an article that stands for one: `of an audits`.

    The noun has to end its phrase there, and `a` to stand behind a word that no label follows.
    """
    old, words = before[at].text, spelling_words(lexicon.language)
    if words is None or old != f"{new}s" or not old.islower() or old in words.several:
        return False
    near = [token.text.lower() for token in before[:at] if token.kind != "space"][-2:]
    one = bool(near) and (near[-1] in ("an", "every") or (near[-1] == "a" and near[0] in _LEADS))
    behind = [token.text.lower() for token in before[at + 1 :] if token.kind != "space"][:1]
    ends = not behind or behind[0] in _ENDS
    return (
        one
        and ends
        and is_listed(new, lexicon.language)
        and not is_protected(old, lexicon)
        and not is_protected(new, lexicon)
    )


@cache
def _pairs(language: str) -> frozenset[tuple[str, ...]]:
    words = spelling_words(language)
    pairs = words.pairs if words else ()
    return frozenset((*pairs, *(pair[::-1] for pair in pairs)))


@cache
def _compounds(language: str) -> dict[str, frozenset[str]]:
    """Return the compounds in one piece, with their parts."""
    words = spelling_words(language)
    compounds = words.compounds if words else ()
    return {each.replace("-", ""): frozenset(each.split("-")) for each in compounds}


def _in_one(tokens: Sequence[Token]) -> str:
    kinds = [token.kind for token in tokens]
    if any(kind != ("space" if at % 2 else "word") for at, kind in enumerate(kinds)):
        return ""
    return "".join(token.text for token in tokens if token.kind == "word").replace("-", "")


def _one(word: str) -> str:
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word
