"""Puts a clause into the voice of a platform: `the platform` becomes `we`, `the user` `you`.

Only words that stand for a party change, and the verbs that agree with them; force, times and
everything else stay to the letter. Where this small grammar is not certain (of whom `it` speaks,
whether a noun is a subject), the party keeps its name in the whole clause: a definition says that
both mean the same. `folded` takes each change back, and gives the clause to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from govkit.adoption.voice_pronouns import pronoun_edits
from govkit.adoption.voice_sentences import Edit, Sentences, Unsure, possessed, reads_well
from govkit.languages.voice import PartyForms, VoiceWords

Voice = Literal["we-you", "named"]


class Parties(NamedTuple):
    """The names of the one who is bound and of the one who is served, as in the clauses."""

    platform: str
    user: str


class Said(NamedTuple):
    """A text of a clause in the voice of a platform, and the changes that made it."""

    text: str
    edits: tuple[Edit, ...]


def voiced(
    texts: Sequence[str], parties: Parties, words: VoiceWords, *, serves_user: bool = True
) -> tuple[Said, ...]:
    """Return the texts of one clause (its words, conditions and exceptions) as `we` and `you`.

    Each party is put into the voice in all of them, or in none. Where a clause does not serve the
    user alone (`serves_user`), the user keeps the name: `you` could be somebody else.
    Where words speak of both at once (`between them`), both keep their names.
    """
    if any(joint in text.casefold() for text in texts for joint in words.joint):
        return tuple(Said(text, ()) for text in texts)
    found: list[list[Edit]] = [[] for _ in texts]
    for party in (_platform_edits, _user_edits) if serves_user else (_platform_edits,):
        try:
            several = [party(Sentences(text, words), texts, parties, words) for text in texts]
        except Unsure:
            continue
        for edits, more in zip(found, several, strict=True):
            edits += more
    said = [_said(text, edits) for text, edits in zip(texts, found, strict=True)]
    if all(reads_well(each.text, words) for each in said):
        return tuple(said)
    return tuple(Said(text, ()) for text in texts)


def _said(text: str, edits: Iterable[Edit]) -> Said:
    """Return a text with its edits made; each keeps a capital at its beginning."""
    ordered = sorted(set(edits))
    pieces, at = [], 0
    for edit in ordered:
        pieces += [text[at : edit.start], edit.said]
        at = edit.end
    return Said("".join([*pieces, text[at:]]), tuple(ordered))


def folded(said: Said, original: str) -> str:
    """Return the words of the clause again: each change taken back where it was made."""
    pieces, at, moved = [], 0, 0
    for edit in said.edits:
        start = edit.start + moved
        assert said.text[start : start + len(edit.said)] == edit.said
        pieces += [said.text[at:start], original[edit.start : edit.end]]
        at = start + len(edit.said)
        moved += len(edit.said) - (edit.end - edit.start)
    return "".join([*pieces, said.text[at:]])


def _platform_edits(
    sentences: Sentences, texts: Sequence[str], parties: Parties, words: VoiceWords
) -> list[Edit]:
    name = f"{words.party['article']} {parties.platform}"
    if not any(name.casefold() in text.casefold() for text in texts):
        return []
    mentions = list(sentences.mentions(parties.platform, words.this_one))
    if any(sentences.lower(at - 1) != words.party["article"] for at in mentions):
        mentions = [at for at in mentions if sentences.lower(at - 1) == words.party["article"]]
    edits: list[Edit] = []
    for at in mentions:
        edits += _of_mention(sentences, at, words.forms["we"], words, keeps=True)
    return edits + pronoun_edits(sentences, words.forms["we"], words, edits)


def _user_edits(
    sentences: Sentences, texts: Sequence[str], parties: Parties, words: VoiceWords
) -> list[Edit]:
    _require_one_user(texts, parties.user, words)
    if _speaks_of_itself(sentences, parties.user, words):
        raise Unsure
    edits: list[Edit] = []
    for at in sentences.mentions(parties.user, words.this_one | words.one):
        edits += _of_mention(sentences, at, words.forms["you"], words, keeps=False)
    return edits


def _require_one_user(texts: Sequence[str], user: str, words: VoiceWords) -> None:
    """Raise `Unsure` where a clause speaks of some user, so that `you` could be another one."""
    for n, text in enumerate(texts):
        sentences = Sentences(text, words)
        first = True
        for at in sentences.places(user):
            before, behind = sentences.lower(at - 1), sentences.lower(at + 1)
            if before in words.no_one:
                continue
            if before in words.one and n == 0 and first:
                fits = sentences.lower(at - 2) in words.one_after
                if not fits or behind in words.one_not_before:
                    raise Unsure
            elif before not in words.this_one or behind in words.relative:
                raise Unsure
            first = False


def _speaks_of_itself(sentences: Sentences, user: str, words: VoiceWords) -> bool:
    """Say whether a text that names the user has an `itself` that may be the user."""
    if not any(sentences.places(user)):
        return False
    return any(
        sentences.lower(at) == words.pronoun["self"]
        or (
            sentences.lower(at) == words.own_word
            and sentences.lower(at - 1) == words.pronoun["possessive"]
            and sentences.lower(at - 2) == "of"
        )
        for at in range(len(sentences.tokens))
    )


def _of_mention(
    sentences: Sentences, at: int, forms: PartyForms, words: VoiceWords, *, keeps: bool
) -> Iterator[Edit]:
    """Yield the edits for one mention of a party, whose article stands at `at - 1`."""
    before = sentences.lower(at - 2)
    if keeps and before in words.kept:
        return
    if sentences.is_possessive(at + 1):
        yield possessed(sentences, at, forms)
        return
    if sentences.is_subject(at):
        own = sentences.lower(at + 1) == words.pronoun["self"]
        end = at + 1 if own else at
        said = f"{forms.subject} {forms.self}" if own else forms.subject
        yield sentences.edit(at - 1, end, said)
        yield from sentences.agreements(end + 1)
        return
    if sentences.lower(at + 1) == words.pronoun["self"]:
        raise Unsure
    if before == "of":
        if not sentences.is_one_of_many(at - 2):
            raise Unsure
        yield sentences.edit(at - 1, at, forms.own)
        return
    yield sentences.edit(at - 1, at, forms.object)
