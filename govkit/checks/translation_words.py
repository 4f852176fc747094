"""Family 9, the words: a translation binds as its original does, and is in the language it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, remark
from govkit.checks.translations import TranslationPair, clause_named, of_clause, pairs
from govkit.corpus.documents import NormativeText
from govkit.corpus.translations import clauses_in_force
from govkit.corpus.word_list import Phrase, WordList
from govkit.languages.telling import language_told, script_of, scripts_in
from govkit.languages.words import protected_lists

_FORCE = "force"
_OPPOSITE = {"must": "must-not", "should": "should-not"}
_LEAST_LETTERS = 12
"""Letters that tell a script; an abbreviation or a name has fewer."""
_FOREIGN = 0.4
"""The share of letters of other scripts at which a clause is no longer in its own."""
_RIGHT_TO_LEFT = ("ARABIC", "HEBREW")


def translation_force(context: Context) -> Findings:
    """A clause in another language binds as its original does: `should` is no `must`."""
    for pair in pairs(context):
        words = _words_of_force(pair.language.split("-")[0])
        if words is None:
            continue
        forces = {clause.id: clause.force for clause in _with_force(pair)}
        for id, said, own in pair.both():
            if id not in forces:
                continue
            main = next(text for text in own if text.keys[-1] == "text")
            found = [hit.phrase for hit in words.hits(_plain([main]))]
            wrong = _wrong(forces[id], found, _negates(_plain(said), context.corpus.language))
            if wrong is not None:
                yield of_clause(
                    pair,
                    id,
                    f"the force of {clause_named(id)} of {pair.original.id} is `{forces[id]}`, and "
                    f"`{wrong.words}` says `{wrong.means}`",
                    "Write a word of the same force. If the word means something else here, say it "
                    "in another way.",
                    expected=forces[id],
                    found=wrong.words,
                )


def _wrong(force: str, found: Sequence[Phrase], negates: bool) -> Phrase | None:
    """Return the word of force that says another force than the original, or None.

    `should ask nobody` is in many languages `should not ask anybody`, so a word that `negates` in
    the original allows both.
    """
    if force == "declares":  # what can be, or what a law forbids, is said in any statement
        said = [each for each in found if each.means == "must"]
    else:
        same = {force, _OPPOSITE.get(force, force)} if negates else {force}
        said = [] if any(each.means in same for each in found) else list(found)
    return said[0] if said else None


def _negates(words: str, language: str) -> bool:
    return any(_negations(language.split("-")[0]).hits(words))


@cache
def _negations(language: str) -> WordList:
    lists = protected_lists(language)
    negations = lists.words.get("negation", ()) if lists else ()
    return WordList(Phrase("negation", each, None) for each in negations)


def _with_force(pair: TranslationPair) -> Iterable[Any]:
    return (each for each in clauses_in_force(pair.original) if getattr(each, "force", ""))


@cache
def _words_of_force(language: str) -> WordList | None:
    lists = protected_lists(language)
    if lists is None:
        return None
    return WordList(
        Phrase(_FORCE, words, force) for force, several in lists.forces.items() for words in several
    )


def translation_language(context: Context) -> Findings:
    """A translation is in the language of its folder, all of it."""
    for pair in pairs(context):
        script = script_of(pair.language)
        whole: list[NormativeText] = []
        for id, said, own in pair.both():
            words = _plain(own)
            if _plain(said) == words and scripts_in(words).total() >= _LEAST_LETTERS:
                yield of_clause(
                    pair,
                    id,
                    f"{clause_named(id)} has the words of {pair.original.id}, untranslated",
                    f"Translate them into `{pair.language}`, or take the clause out: a print shows "
                    "the original in its place.",
                )
                continue
            whole += own
            mixed = _mixed(words, script)
            if mixed:
                yield of_clause(
                    pair,
                    id,
                    f"{clause_named(id)} is {mixed}, and `{pair.language}` is not",
                    "Look whether a part was left untranslated, or stands in the wrong folder.",
                )
        told = language_told(_plain(whole)) if script == "LATIN" else None
        if told is not None and told != pair.language.split("-")[0]:
            yield remark(
                pair.document,
                f"its words look like `{told}`, and it lies in the folder of `{pair.language}`",
                at("of"),
                stops=pair.stops,
                expected=pair.language,
                found=told,
                help=f"Move the file to translations/{told}/, or translate it.",
            )


def _mixed(words: str, script: str | None) -> str:
    """Return in words in which other script a clause is, wholly or in part; else nothing."""
    counted = scripts_in(words)
    total = counted.total()
    if script is None or total < _LEAST_LETTERS or not counted:
        return ""
    share = 1 - counted[script] / total
    for turned in _RIGHT_TO_LEFT:
        # Even a short passage turns the order of its line round; names are shorter.
        if script not in _RIGHT_TO_LEFT and counted[turned] >= _LEAST_LETTERS and share < _FOREIGN:
            return f"partly in {turned.capitalize()} letters"
    if share < _FOREIGN:
        return ""
    other = max((each for each in counted if each != script), key=lambda each: counted[each])
    part = "" if share > 1 - _FOREIGN / 2 else "partly "
    return f"{part}in {other.capitalize()} letters"


def _plain(texts: Iterable[NormativeText]) -> str:
    """Return the words of texts without blanks and what stands behind links."""
    return "\n".join(
        "".join(run.words for run in block.runs if run.kind not in ("param", "code"))
        for text in texts
        for block in text.wording.blocks
    )
