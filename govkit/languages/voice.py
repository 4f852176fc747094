"""The words by which clauses are put into the voice of a platform, from `voice/*.json`.

A clause speaks of its parties by their names; terms of service often say `we` and `you`. These are
the words of a small, controlled grammar (`adoption/voice`): what stands before a subject, how a
verb changes, and of whom `it` speaks. docs/languages.md says what each list is for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

VOICES = ("en",)
"""The languages whose clauses can be put into another voice."""

Words = frozenset[str]


class PartyForms(NamedTuple):
    """What a party is called in a voice, by its place in the sentence."""

    subject: str
    object: str
    possessive: str
    own: str
    self: str


class VoiceWords(NamedTuple):
    """The words of one language: see docs/languages.md."""

    forms: Mapping[str, PartyForms]
    party: Mapping[str, str]
    pronoun: Mapping[str, str]
    this_one: Words
    one: Words
    one_after: Words
    one_not_before: Words
    no_one: Words
    relative: Words
    irregular: Mapping[str, str]
    modals: Words
    adverbs: Words
    past: Words
    before_subject: Words
    maybe_before_subject: Words
    joins: Words
    verbs: Words
    nouns_too: Words
    begins_object: Words
    binding: Words
    auxiliaries: Words
    more_bases: Words
    of_agents: Words
    of_things: Words
    by_lead: Mapping[str, Sequence[str]]
    agent_adverbs: Words
    shared: Words
    rivals: Words
    thing_after: Mapping[str, Sequence[str]]
    before_object: Words
    platform_pairs: Words
    thing_pairs: Words
    helped: Words
    owned: Words
    not_owned: Words
    own_word: str
    joint: Words
    let: Words
    self_after: Words
    kept: Words
    determiners: Words
    sets_out: Words
    confirms: Words
    accepts: Words
    units: Mapping[str, str]


@cache
def voice_words(language: str) -> VoiceWords | None:
    """Return the words of a language, as `en`, or None where it has no file."""
    if language not in VOICES:
        return None
    text = (files("govkit.languages") / "voice" / f"{language}.json").read_text(encoding="utf-8")
    read: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value
        for name, value in json.loads(text).items()
    }
    read["forms"] = {name: PartyForms(**forms) for name, forms in read["forms"].items()}
    return VoiceWords(**read)
