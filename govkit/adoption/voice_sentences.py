"""A text as the voice sees it: its words in a row, what is a subject, and which verbs agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govkit.languages.voice import PartyForms, VoiceWords

_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|['\u2019]s\b|[^\sA-Za-z]")
_ENDS = frozenset(".;:")
_STARTS = ("", ".", ":")


class Unsure(Exception):
    """The grammar does not know: the party keeps its name in the clause."""


class Edit(NamedTuple):
    """What stands in place of the characters from `start` to `end` of a text."""

    start: int
    end: int
    said: str


class Sentences:
    """The words of one text, by their number. What lies outside is an empty word."""

    def __init__(self, text: str, words: VoiceWords) -> None:
        """Read a text."""
        self.text, self.words = text, words
        self.tokens = [(found.group(), *found.span()) for found in _TOKEN.finditer(text)]

    def lower(self, at: int) -> str:
        """Return a word in small letters."""
        return self.tokens[at][0].lower() if 0 <= at < len(self.tokens) else ""

    def places(self, noun: str) -> Iterator[int]:
        """Yield the places of a noun."""
        for at in range(len(self.tokens)):
            if self.lower(at) == noun:
                yield at

    def mentions(self, noun: str, articles: frozenset[str]) -> Iterator[int]:
        """Yield the places of a noun behind one of some articles."""
        return (at for at in self.places(noun) if self.lower(at - 1) in articles)

    def edit(self, first: int, last: int, said: str) -> Edit:
        """Return the edit that puts `said` in the place of some words, with their capital."""
        start, end = self.tokens[first][1], self.tokens[last][2]
        capital = self.text[start].isupper()
        return Edit(start, end, said[0].upper() + said[1:] if capital else said)

    def is_possessive(self, at: int) -> bool:
        """Say whether a word is the sign of a possessive."""
        return self.lower(at) in ("'s", "\u2019s")

    def starts_sentence(self, at: int) -> bool:
        """Say whether a word begins a sentence of the text."""
        return self.lower(at - 1) in _STARTS

    def sentence_start(self, at: int) -> int:
        """Return where the sentence of a word begins."""
        while at > 0 and not self.starts_sentence(at):
            at -= 1
        return at

    # --- subjects and verbs -------------------------------------------------------------------

    def verb_at(self, at: int) -> int:
        """Return the place of the word after adverbs that stand between a subject and its verb."""
        skipped = self.words.adverbs - self.words.irregular.keys()
        while self.lower(at) in skipped and not self._ends(at):
            at += 1
        return at

    def _ends(self, at: int) -> bool:
        return not 0 <= at < len(self.tokens)

    def is_finite(self, at: int) -> bool:
        """Say whether a word is a verb that has a subject."""
        word = self.lower(at)
        known = word in self.words.modals or word in self.words.irregular
        return known or word in self.words.verbs or self.is_past(at)

    def is_past(self, at: int) -> bool:
        """Say whether a word is a verb in the past, which no subject changes."""
        word = self.lower(at)
        return word in self.words.past or (word.endswith("ed") and len(word) > 4)

    def is_subject(self, at: int) -> bool:
        """Say whether the noun at `at`, behind its article, is the subject of what follows.

        Raises `Unsure` where it may be.
        """
        before = self.lower(at - 2)
        is_verb = self.is_finite(self.verb_at(at + 1))
        if self.starts_sentence(at - 1) or before in self.words.before_subject:
            if not is_verb:
                raise Unsure
            return True
        if is_verb and before in self.words.maybe_before_subject:
            return True
        if self.lower(at + 1) in self.words.modals or self.lower(at + 1) in self.words.irregular:
            if before in ("of", "by", "to", "with"):
                return False
            raise Unsure
        return False

    def agreements(self, at: int) -> Iterator[Edit]:
        """Yield the edits of the verb of a subject, and of those that are joined to it."""
        at = self.verb_at(at)
        yield from self._agreement(at)
        # A verb behind one of these is in its plain form: `gives` has another subject.
        if self.lower(at) not in self.words.binding:
            yield from self._joined(at)

    def _agreement(self, at: int) -> Iterator[Edit]:
        word = self.lower(at)
        if word in self.words.irregular:
            yield self.edit(at, at, self.words.irregular[word])
        elif word in self.words.verbs:
            yield self.edit(at, at, base_of(word))
        elif word not in self.words.modals and not self.is_past(at):
            raise Unsure

    def _joined(self, at: int) -> Iterator[Edit]:
        """Yield the edits of verbs joined by `and` or a comma. Raises `Unsure` at a rival."""
        is_ours = True
        at += 1
        while not self._ends(at) and self.lower(at) not in _ENDS:
            word = self.lower(at)
            if word in self.words.joins and self.lower(at + 1) not in self.words.joins:
                verb = self.verb_at(at + 1)
                if self._is_joined_verb(verb):
                    if not is_ours:
                        raise Unsure
                    yield from self._agreement(verb)
                    at = verb
                elif self.is_finite(at + 1):
                    at = verb
            elif self._is_other_verb(word):
                is_ours = False
            at += 1

    def _is_other_verb(self, word: str) -> bool:
        words = self.words
        if word in words.modals or word in words.irregular:
            return True
        return word in words.verbs and word not in words.nouns_too

    def _is_joined_verb(self, at: int) -> bool:
        word = self.lower(at)
        if word in self.words.nouns_too:
            return self.lower(at + 1) in self.words.begins_object
        return word in self.words.verbs or word in self.words.irregular

    def is_one_of_many(self, of: int) -> bool:
        """Say whether `of` follows `a rule`, `any decision`: then `of ours` can be said."""
        return self.lower(of - 2) in self.words.determiners


def possessed(sentences: Sentences, at: int, forms: PartyForms) -> Edit:
    """Return the edit of a possessive: `your` before what is owned, else `yours`."""
    behind = sentences.lower(at + 2)
    is_alone = not behind or not behind[0].isalpha() or behind in ("to", "and", "or")
    return sentences.edit(at - 1, at + 1, forms.own if is_alone else forms.possessive)


def base_of(verb: str) -> str:
    """Return a verb without the ending of the third person: `gives` is `give`."""
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith(("shes", "ches", "sses", "xes", "zzes", "oes")):
        return verb[:-2]
    return verb[:-1]


def reads_well(text: str, words: VoiceWords) -> bool:
    """Say whether no `we` or `you` stands before a verb of the third person."""
    sentences = Sentences(text, words)
    return not any(
        sentences.lower(at) in ("we", "you")
        and sentences.lower(at - 1) not in words.before_object
        and (sentences.lower(at + 1) in words.verbs or sentences.lower(at + 1) in words.irregular)
        and sentences.lower(at + 1) not in words.nouns_too
        for at in range(len(sentences.tokens))
    )
