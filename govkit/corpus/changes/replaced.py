"""Words that stand in the place of others, in a sentence that is otherwise as it was.

Whether `informs` says the same as `tells`, and `keeps` the opposite of `waives`, no list can tell
for all words of a language. So each is asked about, but for another form of the same word, a slip
of the fingers, and short words such as articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from govkit.corpus.changes.spelling import is_slip
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.tokens import tokens_of
from govkit.corpus.redline.unsplit import unsplit
from govkit.languages.words import protected_lists

_MOST = 8
"""How many words in one place are asked about; more is a rewriting, and is read as a whole."""
_STEM = 3


def replaced_stretches(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in the place of something else, before and after."""
    if not old.strip() or not new.strip():
        return  # nothing stands in the place of anything
    before, after = tokens_of(old), tokens_of(new)
    if len(before) == len(after) == 1 and old.split() != new.split():
        yield old, new  # a cell of a table, one word of a list
        return
    found = redline(old, new)
    for operation in chain(found.operations, *found.inside):
        if operation.op == "replace":
            yield operation.old, operation.new


def replaced_words(
    stretches: Iterable[tuple[str, str]], language: str
) -> Iterator[tuple[str, str]]:
    """Yield the words that stand in the place of others, each pair once."""
    seen = set()
    for was, is_ in stretches:
        for pair in _paired(_words(was), _words(is_)):
            if pair not in seen and _is_another(*pair, language):
                seen.add(pair)
                yield pair


def _words(text: str) -> list[str]:
    return [token.text for token in tokens_of(text) if token.kind == "word"]


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    if not old or not new or max(len(old), len(new)) > _MOST:
        return
    if len(old) == len(new):
        yield from ((was, is_) for was, is_ in zip(old, new, strict=True) if was != is_)
    else:
        yield " ".join(old), " ".join(new)


def _is_another(old: str, new: str, language: str) -> bool:
    if old.lower() == new.lower():
        return False  # a capital is asked about as such
    if {old.lower(), new.lower()} <= unsplit().short:
        return False
    if _written_out(old) == _written_out(new):
        return False
    if _stem(old.lower(), language) == _stem(new.lower(), language):
        return False
    return " " in old + new or not is_slip(old, new, language)


def _written_out(words: str) -> str:
    return words.lower().replace("\u2019", "'").replace("n't", " not")


def _stem(word: str, language: str) -> str:
    lists = protected_lists(language)
    for ending in sorted(lists.endings if lists else (), key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending).rstrip("e")
    return word.rstrip("e")
