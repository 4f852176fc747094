"""Of whom `it` and `its` speak in a clause: of the platform, of something else, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkit.adoption.voice_sentences import Edit, Sentences, Unsure, base_of
from govkit.languages.voice import PartyForms, VoiceWords


def pronoun_edits(
    sentences: Sentences, forms: PartyForms, words: VoiceWords, made: Iterable[Edit]
) -> list[Edit]:
    """Return the edits of the pronouns that speak of the platform.

    Raises `Unsure` where one may speak of it or of something else. `made` are the edits of its
    name.
    """
    reader = _Pronouns(sentences, forms, words, made)
    found: list[Edit] = []
    for at in range(len(sentences.tokens)):
        word = sentences.lower(at)
        if word == words.pronoun["possessive"]:
            found += reader.possessive(at)
        elif word == words.pronoun["personal"]:
            edits = list(reader.personal(at))
            (reader.ours if edits else reader.others).add(at)
            found += edits
        elif word == words.pronoun["self"] and reader.is_self(at):
            found.append(sentences.edit(at, at, forms.self))
    return found


class _Pronouns:
    """The pronouns of one text, from left to right: what was found counts for what follows."""

    def __init__(
        self, sentences: Sentences, forms: PartyForms, words: VoiceWords, made: Iterable[Edit]
    ) -> None:
        self.sentences, self.forms, self.words = sentences, forms, words
        self.starts = {edit.start for edit in made}
        self.ours: set[int] = set()
        self.others: set[int] = set()

    def lower(self, at: int) -> str:
        return self.sentences.lower(at)

    # --- its, itself ------------------------------------------------------------------------------

    def possessive(self, at: int) -> Iterator[Edit]:
        behind = self.lower(at + 1)
        if behind in self.words.not_owned:
            return
        is_ours = self._is_own(at) if behind == self.words.own_word else behind in self.words.owned
        if not is_ours:
            raise Unsure
        yield self.sentences.edit(at, at, self.forms.possessive)

    def _is_own(self, at: int) -> bool:
        """Say whether `its own` is the platform's: no other subject may stand between."""
        first = self.sentences.sentence_start(at)
        between = [self.lower(each) for each in range(first, at)]
        if any(word in self.words.let for word in between):
            return False
        near = any(at - 6 <= each < at for each in self.ours | self._named())
        return near or (self._begins_ours(first) and not set(between) & self.words.before_subject)

    def is_self(self, at: int) -> bool:
        """Say whether `itself` is the platform."""
        before = self.lower(at - 1)
        if before in self.words.self_after or (before == "by" and self.lower(at - 2) == "or"):
            return True
        return any(at - 3 <= each < at for each in self.ours)

    # --- it ---------------------------------------------------------------------------------------

    def personal(self, at: int) -> Iterator[Edit]:
        """Yield the edits of `it`, if it is the platform."""
        sentences, words = self.sentences, self.words
        before, behind = self.lower(at - 1), self.lower(at + 1)
        if sentences.starts_sentence(at):
            yield from self._opening(at)
        elif self._is_pair(at, words.platform_pairs):
            yield sentences.edit(at, at, self.forms.object)
        elif before in words.helped:
            helped = self.lower(at + 2) if behind == "to" else behind
            is_law = before == "lets" and not behind.isalpha()
            if is_law or helped in _bases(words):
                yield sentences.edit(at, at, self.forms.object)
        elif before in words.before_object:
            if before == "to" and not self._is_pair(at, words.thing_pairs):
                raise Unsure
        elif sentences.is_finite(sentences.verb_at(at + 1)):
            yield from self._subject(at)

    def _is_pair(self, at: int, pairs: frozenset[str]) -> bool:
        before = self.lower(at - 1)
        return before in pairs or f"{self.lower(at - 2)} {before}" in pairs

    def _opening(self, at: int) -> Iterator[Edit]:
        """Yield the edits of an `It` that goes on speaking of the subject before."""
        if not self._begins_ours(self.sentences.sentence_start(at - 2)):
            return
        if not self.sentences.is_finite(self.sentences.verb_at(at + 1)):
            raise Unsure
        yield self.sentences.edit(at, at, self.forms.subject)
        yield from self.sentences.agreements(at + 1)

    def _subject(self, at: int) -> Iterator[Edit]:
        if not self._is_agent(at):
            return
        yield self.sentences.edit(at, at, self.forms.subject)
        yield from self.sentences.agreements(at + 1)

    def _is_agent(self, at: int) -> bool:
        """Say whether an `it` with a verb behind it is the platform. Raises `Unsure`."""
        verb = self.sentences.verb_at(at + 1)
        main = verb
        while self.lower(main) in self.words.modals | self.words.auxiliaries:
            main += 1
        word = self.lower(main)
        between = {self.lower(each) for each in range(at + 1, main)}
        is_agent = self._does_as_platform(at, main, between)
        if self.lower(verb) in ("is", "was") or "be" in between:
            is_agent = False
        if is_agent is None or (is_agent and not self._is_alone(at, word)):
            raise Unsure
        return is_agent

    def _does_as_platform(self, at: int, main: int, between: set[str]) -> bool | None:
        """Say whether a verb is one of platforms, or of things; None where it can be either."""
        words, word = self.words, self.lower(main)
        if self.lower(at - 1) in words.by_lead.get(word, ()):
            return True
        if self.lower(main + 1) in words.thing_after.get(word, ()):
            return False
        if not word.isalpha() and "does" in between:
            return self._left_unsaid(at)
        if between & words.agent_adverbs:
            return True
        is_platforms, is_things = word in words.of_agents, word in words.of_things
        return None if is_platforms == is_things else is_platforms

    def _left_unsaid(self, at: int) -> bool | None:
        """Say whose verb is left unsaid in `it does not`: of what was spoken of before."""
        first = self.sentences.sentence_start(at)
        if any(first <= each < at for each in self.others):
            return False
        near = any(first <= each < at for each in self._named() | self.ours)
        return True if near else None

    def _is_alone(self, at: int, verb: str) -> bool:
        """Say whether nothing else that could do so is spoken of before, in this sentence."""
        first = self.sentences.sentence_start(at)
        rivals = any(self.lower(each) in self.words.rivals for each in range(first, at))
        if rivals and verb in self.words.shared:
            return False
        # Only a condition of its own can begin so without a name: in a sentence further on, `it`
        # is what the sentence before speaks of.
        return self._is_spoken_of(at) or (
            first == 0
            and self.lower(first) in ("if", "where", "for")
            and (at - first <= 1 or self.lower(at - 1) == "as")
        )

    def _is_spoken_of(self, at: int) -> bool:
        """Say whether the platform is named in the text before."""
        return any(each < at for each in self._named() | self.ours)

    def _named(self) -> set[int]:
        return {
            at for at, (_, start, _) in enumerate(self.sentences.tokens) if start in self.starts
        }

    def _begins_ours(self, first: int) -> bool:
        return first in self.ours or self.sentences.tokens[first][1] in self.starts


def _bases(words: VoiceWords) -> set[str]:
    return {base_of(verb) for verb in words.verbs} | words.more_bases
