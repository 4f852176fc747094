"""Which words that bear on the meaning are not as they were. Evidence asks; it decides nothing.

For each kind the words of both sides are put in a row and compared, so a word that only stands in
another sentence gives none. The author answers each span: does this change a duty?
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from govkit.corpus.changes.lexicon import Lexicon
from govkit.corpus.changes.protected import met, same_effect
from govkit.corpus.changes.replaced import replaced_stretches, replaced_words
from govkit.corpus.changes.signs import commas_of, labels_of, signs_of
from govkit.corpus.changes.values import ChangeEvidence
from govkit.corpus.redline.matching import common_end, common_start, matching_rows
from govkit.corpus.redline.tokens import Token, tokens_of

Stretches = Sequence[tuple[str, str]]
Tokens = tuple[Token, ...]


def change_evidence(
    old: str, new: str, lexicon: Lexicon, replaced: Stretches | None = None
) -> tuple[ChangeEvidence, ...]:
    """Return what differs in words that bear on the meaning, by kind, in the order of the text.

    `old` and `new` are words without marks of links. `replaced` are the stretches that stand in the
    place of others, where a redline of the two has been made.
    """
    before, after = _unlike(tokens_of(old), tokens_of(new))
    found = [
        each
        for kind in ("number", "date")
        for each in _of_kind(kind, _texts(kind, before), _texts(kind, after))
    ]
    found += _of_kind("sign", signs_of(old), signs_of(new))
    found += _of_kind("reference", labels_of(old), labels_of(new))
    counted = " ".join(f"{each.old} {each.new}" for each in found).split()
    found += [
        each
        for each in _of_protected(old, new, lexicon.language)
        # `14 days` to `14 weeks` is asked once, with its number.
        if each.kind != "unit" or not {each.old, each.new} - {""} <= set(counted)
    ]
    if lexicon.terms is not None:
        found += _of_kind("term", _terms(old, lexicon), _terms(new, lexicon))
    found += _of_capitals(before, after)
    found += _of_kind("comma", *commas_of(old, new, lexicon.language))
    if replaced is None:
        replaced = [*replaced_stretches(old, new)]
    found += _of_words(replaced, found, lexicon)
    return tuple(found)


def _unlike(old: Tokens, new: Tokens) -> tuple[Tokens, Tokens]:
    """Return two rows without what they have in common at the beginning and at the end."""
    start = common_start(old, new)
    old, new = old[start:], new[start:]
    end = common_end(old, new)
    return old[: len(old) - end], new[: len(new) - end]


def _of_words(
    replaced: Stretches, found: Sequence[ChangeEvidence], lexicon: Lexicon
) -> Iterator[ChangeEvidence]:
    """Yield each word in the place of another that nothing has asked about yet."""
    gone = {word for each in found for word in each.old.lower().split()}
    come = {word for each in found for word in each.new.lower().split()}
    for was, is_ in replaced_words(replaced, lexicon.language):
        asked = set(was.lower().split()) <= gone or set(is_.lower().split()) <= come
        language = lexicon.language
        if not asked and same_effect(was, language) != same_effect(is_, language):
            yield ChangeEvidence("word", was, is_)


def _of_protected(old: str, new: str, language: str) -> Iterator[ChangeEvidence]:
    before, after = met(old, language), met(new, language)
    for kind in dict.fromkeys(kind for kind, _ in (*before, *after)):
        yield from _of_kind(
            kind,
            [word for k, word in before if k == kind],
            [word for k, word in after if k == kind],
            lambda words: same_effect(words, language),
        )


def _texts(kind: str, tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens if token.kind == kind]


def _terms(text: str, lexicon: Lexicon) -> list[str]:
    assert lexicon.terms is not None
    return [text[hit.start : hit.end] for hit in lexicon.terms.hits(text)]


def _folded(words: str) -> str:
    return " ".join(words.lower().split())


def _of_kind(
    kind: str, old: Sequence[str], new: Sequence[str], key: Callable[[str], str] = _folded
) -> Iterator[ChangeEvidence]:
    for before, after in differing(old, new, key=key):
        yield ChangeEvidence(kind, before, after)


def _of_capitals(old: Sequence[Token], new: Sequence[Token]) -> Iterator[ChangeEvidence]:
    """Yield words that are the same but for a capital, and stand in the same place."""
    # A capital can make a defined term of a plain word, so it is asked about.
    before, after = _texts("word", old), _texts("word", new)
    if not _some_capital_differs(before, after):
        return
    same = matching_rows([word.lower() for word in before], [word.lower() for word in after])
    for at, other, length in same:
        for step in range(length):
            if before[at + step] != after[other + step]:
                yield ChangeEvidence("capital", before[at + step], after[other + step])


def _some_capital_differs(old: Iterable[str], new: Iterable[str]) -> bool:
    """Say whether a word of one side stands on the other with another capital, anywhere."""
    both = {*old, *new}
    if len({word.lower() for word in both}) == len(both):
        return False
    forms: dict[str, set[str]] = {}
    for word in set(new):
        forms.setdefault(word.lower(), set()).add(word)
    return any(forms.get(word.lower(), {word}) != {word} for word in set(old))


def differing(
    old: Sequence[str], new: Sequence[str], key: Callable[[str], str] = str
) -> Iterator[tuple[str, str]]:
    """Yield what differs between two rows, paired where something stands in place of another.

    Words are compared by their `key`; one side of a pair is empty where it has no partner.
    """
    if old == new:
        return
    at = other = 0
    before, after = [key(word) for word in old], [key(word) for word in new]
    if before == after:
        return
    for start, there, length in (*matching_rows(before, after), (len(old), len(new), 0)):
        gone, come = old[at:start], new[other:there]
        for step in range(max(len(gone), len(come))):
            yield (gone[step] if step < len(gone) else "", come[step] if step < len(come) else "")
        at, other = start + length, there + length
