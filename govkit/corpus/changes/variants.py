"""English words that are the same in another spelling, and verbs in the form that grammar asks for.

Both sides say the same: `behaviour` and `behavior`, `cancelled` and `canceled`, `must ensures` and
`must ensure`.
"""

from __future__ import annotations

from collections.abc import Sequence

from govkit.corpus.changes.lexicon import Lexicon
from govkit.corpus.changes.spelling import is_listed, is_protected
from govkit.corpus.redline.tokens import Token
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
    (lazy_regex(r"(?<=^defen|^offen)c(?=es?$)"), "s"),
    (lazy_regex(r"(?<=\w{3})logue(?=s?$)"), "log"),
    (lazy_regex(r"(?<=\wd)gement(?=s?$)"), "gment"),
    (lazy_regex(r"(?<=^fulfil)l(?=$|ment)|(?<=^enrol)l(?=$|ment)"), ""),
)
# Not `can`, `may`, `might` and `will`, which are nouns, too.
_MODALS = frozenset(("could", "must", "shall", "should", "would"))
_BETWEEN = frozenset(("also", "only"))
_OTHER_PERSON = lazy_regex(r"(?:(?<=[^aeiou])ies|(?<=(?:ch|sh|ss))es|(?<=[^s])s)$")


def is_same_word(old: str, new: str, lexicon: Lexicon) -> bool:
    """Say whether two English words are one in two spellings, or an apostrophe was forgotten."""
    if lexicon.language != "en" or old[0] != new[0] or old.lower() in lexicon.term_words:
        return False
    was, is_ = old.lower(), new.lower()
    if is_protected(was, lexicon) or is_protected(is_, lexicon):
        return False
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
    words = [token.text.lower() for token in before[:at] if token.kind != "space"][-2:]
    if words and words[-1] in _BETWEEN:
        words.pop()
    behind = bool(words) and (words[-1] in _MODALS or words[-1] == "they")
    return (
        behind
        and base != old
        and base == new
        and is_listed(new, "en")
        and not is_protected(old, lexicon)
        and not is_protected(new, lexicon)
    )


def _one(word: str) -> str:
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word
