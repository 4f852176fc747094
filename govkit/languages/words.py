"""The lists of words of each language, from `words/*.json`: one file a language, read once.

docs/languages.md says for each list what it is for and how to add to it. Some lists serve every
text or mail at once, since neither says its language: those are put together from all files. A
file is ours: a key that is not known or is missing is a mistake of the program, and stops it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple, TypeVar

LANGUAGES = (
    "ar",
    "cs",
    "da",
    "de",
    "en",
    "es",
    "fr",
    "hi",
    "it",
    "ja",
    "nl",
    "no",
    "pl",
    "pt",
    "ru",
    "sv",
    "zh",
    "any",
)
"""The languages that have a file; `any` is for what is written alike in all of them."""

Words = tuple[str, ...]


class ForcePreset(NamedTuple):
    """One of the charter's ways to say force: the words for each force.

    The first of each in `carries` is the one that is proposed. `instead` are words that are used as
    force and should not be, with the force that their authors mean.
    """

    carries: Mapping[str, Words]
    instead: Mapping[str, Words]


class WordsOfForce(NamedTuple):
    """The words for the rules on force.

    `no_force` holds what contains a word of force and has none, by the reason. After a word of
    `future_after`, `will` binds nobody. `negations` negate twice before `negative_words`.
    `triggers` are what an exception begins with.
    """

    presets: Mapping[str, ForcePreset]
    no_force: Mapping[str, Words]
    future_after: Words
    connectives: Words
    vague_times: Words
    time_units: Words
    negations: Words
    negative_words: Words
    triggers: Words
    and_or: Words


class BlankWords(NamedTuple):
    """What follows the blank of a parameter: patterns of the unit, by the type of the parameter.

    `joined` stand between two blanks that have one unit, `before_unit` before a unit.
    """

    units: Mapping[str, Words]
    joined: Words
    before_unit: Words


class ContractWords(NamedTuple):
    """Patterns of words that counsel would strike out of a duty.

    `attempts` owe a trial and no result; after `own_judgement` the debtor says what is owed; one of
    `explains` follows a word in quotation marks that is explained.
    """

    attempts: Words
    own_judgement: Words
    explains: Words


class ProtectedWords(NamedTuple):
    """Words that bear on duties, limits, numbers and time, by kind; and the force of modal ones.

    Phrases of one list in `alike` bind in the same way, as `shall` and `must`. A comma before one
    of `relative` can say which persons are meant. `endings` give a word another form, and no other
    meaning. Behind one of `before_names` a word with a capital is a name: `in May`, `Ms May`.
    """

    forces: Mapping[str, Words]
    words: Mapping[str, Words]
    alike: tuple[Words, ...] = ()
    relative: Words = ()
    endings: Words = ()
    before_names: Words = ()


class SpellingWords(NamedTuple):
    """Words that are the same however they are spelt.

    `pairs` are two spellings of a word. `compounds` may be written with hyphens, with spaces or in
    one piece. `several` look like the plural of a word and say something else, as `damages`.
    """

    pairs: tuple[Words, ...]
    compounds: Words
    several: Words


class UnsplitWords(NamedTuple):
    """What a redline keeps in one piece, and where it may begin a change.

    `ordinals`, `of` and `after_year` stand in dates, `elided` before an apostrophe that ends a
    word. `alone_a_word` are numbers only beside a unit or a figure; `joined` are words inside a
    number, with those that they stand after. Behind `abbreviations` a full stop ends no sentence.
    `short` words say little, and with those of `joins` a part of a sentence begins.
    """

    negated: Words
    months: Words
    ordinals: Words
    of: Words
    after_year: Words
    elided: Words
    numbers: Words
    alone_a_word: Words
    joined: Mapping[str, Words]
    scales: Words
    units: Words
    glued_units: Words
    currencies: Words
    abbreviations: Words
    short: Words
    joins: Words


class MailWords(NamedTuple):
    """What mail programs and authors write around a mail; from `sent_from` on these are patterns.

    "On Monday, somebody wrote:" is one of `opens` and one of `wrote`. `forwarded` stands between
    lines, `forwarded_begins` alone. The head has lines `sender`, `date`, `to`, `subject`, others. A
    subject with one of `forward_prefixes` passes a mail on; `attached` speaks of a file.
    """

    wrote: Words
    opens: Words
    forwarded: Words
    forwarded_begins: Words
    sender: Words
    date: Words
    to: Words
    subject: Words
    other_heads: Words
    list_footer: Words
    forward_prefixes: Words
    sent_from: Words
    greetings: Words
    closings: Words
    ordinals: Words
    proposed_text: Words
    attached: Words


class PositionPhrases(NamedTuple):
    """Patterns of words that read like a position, and of those that name a condition."""

    support: Words
    objection: Words
    on_behalf: Words
    conditions: Words


class MatchingWords(NamedTuple):
    """Words that say little about which text is meant, and how a clause is named."""

    say_little: Words
    clause: Words


class TableWords(NamedTuple):
    """How a comment table may be written: patterns of headings by column, answers by action."""

    headings: Mapping[str, Words]
    answers: Mapping[str, Words]


class SilenceWords(NamedTuple):
    """Patterns by which a letter says that silence agrees.

    One of `does_not` before one of `answers` is silence too; `denials` deny, and so do words with
    an ending of `denying_endings`.
    """

    answers: Words
    does_not: Words
    silence: Words
    unless: Words
    agrees: Words
    tacit: Words
    denials: Words
    denying_endings: Words


class PageWords(NamedTuple):
    """Words that tell what a fetched page is.

    By the `commonest` words of a language it is known in which one a page is written. `consent` are
    phrases of a banner that asks for cookies, `failures` of a page that stands for another one.
    """

    commonest: Words
    consent: Words
    failures: Words


class Language(NamedTuple):
    """What is known of a language. A kind of list that it has not yet is None.

    `has_dictionary` says that the speller knows its words.
    """

    language: str
    name: str
    has_dictionary: bool
    force: WordsOfForce | None = None
    blanks: BlankWords | None = None
    contract: ContractWords | None = None
    protected: ProtectedWords | None = None
    spellings: SpellingWords | None = None
    unsplit: UnsplitWords | None = None
    mail: MailWords | None = None
    positions: PositionPhrases | None = None
    matching: MatchingWords | None = None
    table: TableWords | None = None
    silence: SilenceWords | None = None
    pages: PageWords | None = None


_SECTIONS = {
    "blanks": BlankWords,
    "contract": ContractWords,
    "protected": ProtectedWords,
    "spellings": SpellingWords,
    "unsplit": UnsplitWords,
    "mail": MailWords,
    "positions": PositionPhrases,
    "matching": MatchingWords,
    "table": TableWords,
    "silence": SilenceWords,
    "pages": PageWords,
}


# --- one language ---------------------------------------------------------------------------------


@cache
def _folder() -> Traversable:
    return files("govkit.languages").joinpath("words")


@cache
def language(code: str) -> Language | None:
    """Return what is known of a language, or None where it has no file. `code` is as in BCP 47."""
    if code not in LANGUAGES:
        return None
    data: dict[str, Any] = _frozen(json.loads(_folder().joinpath(f"{code}.json").read_bytes()))
    for name, section in _SECTIONS.items():
        if name in data:
            data[name] = section(**data[name])
    if "force" in data:
        presets = {name: ForcePreset(**each) for name, each in data["force"]["presets"].items()}
        data["force"] = WordsOfForce(**{**data["force"], "presets": presets})
    return Language(**data)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return value


def words_of_force(code: str) -> WordsOfForce | None:
    """Return the words for the rules on force, or None where the language has none yet."""
    found = language(code)
    return found.force if found else None


def blank_words(code: str) -> BlankWords | None:
    """Return the words for units behind blanks, or None where the language has none yet."""
    found = language(code)
    return found.blanks if found else None


def contract_words(code: str) -> ContractWords | None:
    """Return the words that weaken a duty, or None where the language has none yet."""
    found = language(code)
    return found.contract if found else None


def protected_lists(code: str) -> ProtectedWords | None:
    """Return the protected words, or None where the language has none yet."""
    found = language(code)
    return found.protected if found else None


def spelling_words(code: str) -> SpellingWords | None:
    """Return the words with several spellings, or None where the language has no list of them."""
    found = language(code)
    return found.spellings if found else None


def has_dictionary(code: str) -> bool:
    """Say whether the speller knows the words of a language."""
    found = language(code)
    return found is not None and found.has_dictionary


# --- all languages at once ------------------------------------------------------------------------


def _every() -> Iterator[Language]:
    for code in LANGUAGES:
        found = language(code)
        assert found is not None
        yield found


@cache
def unsplit_words() -> UnsplitWords:
    """Return what a redline keeps in one piece, in any language."""
    return _together(UnsplitWords, [each.unsplit for each in _every()])


@cache
def mail_words() -> MailWords:
    """Return what stands around a mail, in any language."""
    return _together(MailWords, [each.mail for each in _every()])


@cache
def position_phrases() -> PositionPhrases:
    """Return the phrases that read like a position, in any language."""
    return _together(PositionPhrases, [each.positions for each in _every()])


@cache
def matching_words() -> MatchingWords:
    """Return the words that say little, and the names of clauses, in any language."""
    return _together(MatchingWords, [each.matching for each in _every()])


@cache
def table_words() -> TableWords:
    """Return how a comment table may be written, in any language."""
    return _together(TableWords, [each.table for each in _every()])


@cache
def silence_words() -> SilenceWords:
    """Return the words by which silence is said to agree, in any language."""
    return _together(SilenceWords, [each.silence for each in _every()])


@cache
def languages_of_pages() -> dict[str, PageWords]:
    """Return the words that tell what a page is, of each language that has them."""
    return {each.language: each.pages for each in _every() if each.pages is not None}


_Section = TypeVar(
    "_Section", UnsplitWords, MailWords, PositionPhrases, MatchingWords, TableWords, SilenceWords
)


def _together(section: type[_Section], parts: list[_Section | None]) -> _Section:
    """Return the lists of all languages as one, in the order of `LANGUAGES`, each entry once."""
    found: dict[str, Any] = {}
    for name in section._fields:
        several = [getattr(part, name) for part in parts if part is not None]
        if all(isinstance(each, tuple) for each in several):
            found[name] = _once(several)
        else:
            keys = dict.fromkeys(key for each in several for key in each)
            found[name] = {key: _once(each.get(key, ()) for each in several) for key in keys}
    return section(**found)


def _once(lists: Iterable[Words]) -> Words:
    return tuple(dict.fromkeys(entry for each in lists for entry in each))
