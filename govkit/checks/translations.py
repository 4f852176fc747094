"""Family 9: a translation says what the words say that it was made from, and all of them.

A translation never changes what was consented to, so none of these stops a merge: what a decision
changes in a text must not wait for its translators. While the original is a draft they are advice.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, named_by_its_id, remark
from govkit.corpus.documents import Document, NormativeText
from govkit.corpus.text_digests import clause_digests
from govkit.corpus.translations import DEFINITION, TO_BE_WRITTEN, parts_of
from govkit.findings import Finding, Stops
from govkit.records.governance import Translation
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.releases import Manifest

_MARKS = ("param", "term", "ref")


class TranslationPair(NamedTuple):
    """A translation and its original, both read, with what each says by clause."""

    document: Document
    record: Translation
    original: Document
    stops: Stops

    @property
    def language(self) -> str:
        return self.document.path.split("/")[1]

    def said(self, document: Document) -> dict[str, list[NormativeText]]:
        found: dict[str, list[NormativeText]] = {}
        for said in document.said:
            found.setdefault(said.clause, []).append(said)
        return found

    def both(self) -> Iterator[tuple[str, list[NormativeText], list[NormativeText]]]:
        """Yield each clause that both have: its id, the original's texts, the translation's.

        One that has still to be written is passed by.
        """
        originals, translated = self.said(self.original), self.said(self.document)
        for id, said in originals.items():
            own = translated.get(id, [])
            if own and not any(TO_BE_WRITTEN in text.text for text in own):
                yield id, said, own


def pairs(context: Context) -> Iterator[TranslationPair]:
    """Yield each translation that can be read with its original."""
    for document in context.corpus.of_kind("translation"):
        if document.record is None or not named_by_its_id(document):
            continue
        original = context.corpus.find(NORMATIVE_KINDS, document.id)
        if original is not None and original.record is not None:
            stops: Stops = None if original.status in ("draft", "withdrawn", "") else "release"
            yield TranslationPair(document, cast(Translation, document.record), original, stops)


# --- the words that it was made from --------------------------------------------------------------


def translation_stale(context: Context) -> Findings:
    """A translation is made from words that its original has now, and in the release named."""
    for pair in pairs(context):
        digest = context.corpus.digests.of(pair.original)
        if digest is None:
            continue  # a text that has no digest has a finding of its own
        released = _released(pair, context)
        if pair.record.base in released and pair.record.source_digest != released[pair.record.base]:
            yield _of_no_release(pair, released[pair.record.base])
            continue
        changed = [
            id
            for id, now in _clause_digests(pair).items()
            if pair.record.clauses[id].source_digest != now
        ]
        if pair.record.source_digest == digest and not changed:
            continue
        what = "its title, a blank, a source, or a term that it uses"
        if changed:
            what = f"clause{'s' * (len(changed) > 1)} {_row(changed)}"
        elif pair.original.kind == "term":
            what = "the definition, or a term in it"
        unknown = any(released.values()) and pair.record.source_digest not in released.values()
        state = "; it was made from a state that is no release" if unknown else ""
        yield remark(
            pair.document,
            f"{pair.original.id} changed since it was translated: {what}{state}",
            at("source_digest")
            if pair.record.source_digest != digest
            else at("clauses", changed[0], "source_digest"),
            stops=pair.stops,
            expected=digest,
            found=pair.record.source_digest,
            help=f"`govkit translate status {pair.original.id} --language {pair.language}` shows "
            "what changed. Mend the translation; `govkit translate update "
            f"{pair.language} --fits {pair.original.id}` then says that it fits again.",
        )


def _released(pair: TranslationPair, context: Context) -> dict[str, str]:
    """Return the digest of the original in each release, by its name; empty where it has it not."""
    return {
        each.id: next((u.digest for u in each.record.units if u.id == pair.original.id), "")
        for each in context.corpus.of_kind("manifest")
        if isinstance(each.record, Manifest)
    }


def _of_no_release(pair: TranslationPair, released: str) -> Finding:
    has = f"has other words of {pair.original.id}" if released else f"has no {pair.original.id}"
    return remark(
        pair.document,
        f"it was made from a state that is no release: {pair.record.base} {has}",
        at("base"),
        stops=pair.stops,
        expected=released,
        found=pair.record.source_digest,
        help="Name in `base` the release whose words were translated. Or write `null`: it says "
        "of no release that it was made from it.",
    )


def _clause_digests(pair: TranslationPair) -> Mapping[str, str]:
    """Return the digest of each clause of the original that the translation has, as it is now."""
    return {id: digest for id, digest in clause_digests(pair.original) if id in pair.record.clauses}


# --- its clauses ----------------------------------------------------------------------------------


def translation_clauses(context: Context) -> Findings:
    """A translation has the clauses of its original, each with its conditions and its list."""
    for pair in pairs(context):
        originals, translated = pair.said(pair.original), pair.said(pair.document)
        for id in originals.keys() - translated.keys():
            yield of_clause(
                pair,
                DEFINITION,
                f"{clause_named(id)} of {pair.original.id} is not translated",
                "Translate it. `govkit new translation --of "
                f"{pair.original.id} --language {pair.language} --print` shows its "
                "words.",
            )
        for id in translated.keys() - originals.keys():
            yield of_clause(
                pair,
                id,
                f"{pair.original.id} has no {clause_named(id)} (any more)",
                "Take it out, or correct its id.",
            )
        yield from _parts(pair)
        for id, said, own in pair.both():
            shape, found = _shape(said), _shape(own)
            if shape != found:
                yield of_clause(
                    pair,
                    id,
                    f"{clause_named(id)} is laid out in another way than in "
                    f"{pair.original.id}: {found} in place of {shape}",
                    "Give it the same paragraphs, items, conditions and exceptions, in the same "
                    "order: a reference to an item leads to its place.",
                )


def _parts(pair: TranslationPair) -> Findings:
    """Yield what is wrong with the titles of the parts of a book."""
    there = [part.id for part in parts_of(getattr(pair.original.record, "parts", ()))]
    missing = [f"`{id}`" for id in there if id not in pair.record.parts]
    if missing:
        yield remark(
            pair.document,
            f"the title of the part{'s' * (len(missing) > 1)} {', '.join(missing)} "
            f"of {pair.original.id} is not translated",
            at("parts", key=True) if pair.record.parts else at("title"),
            stops=pair.stops,
            help="Write it below `parts`, as `id: title`.",
        )
    for id in pair.record.parts:
        if id not in there:
            yield remark(
                pair.document,
                f"{pair.original.id} has no part `{id}` (any more)",
                at("parts", id, key=True),
                stops=pair.stops,
                help="Take it out, or correct its id.",
            )


def clause_named(id: str) -> str:
    """Return how a clause is called in a message."""
    return f"clause ({id})" if id != DEFINITION else "definition"


def _row(ids: Iterable[str]) -> str:
    return ", ".join(f"({id})" for id in ids)


def of_clause(pair: TranslationPair, id: str, message: str, help: str, **more: str) -> Finding:
    """Return a finding about a clause of a translation."""
    route = at("clauses", id, key=True) if id in pair.record.clauses else at("clauses", key=True)
    if not pair.record.clauses:
        route = at("of")
    if pair.original.kind == "term":
        route = at("definition", key=True)
    return remark(pair.document, message, route, stops=pair.stops, help=help, **more)


def _shape(said: Iterable[NormativeText]) -> str:
    """Return in words of how many pieces a clause is made."""
    counted: Counter[str] = Counter()
    for text in said:
        if text.keys[-1] not in ("text", "definition"):
            counted[str(text.keys[-2]).removesuffix("s")] += 1
            continue
        for block in text.wording.blocks:
            where = f" at level {block.depth}" if block.depth > 1 else ""
            counted["paragraph" if block.style == "p" else f"item{where}"] += 1
    return ", ".join(f"{number} {name}{'s' * (number != 1)}" for name, number in counted.items())


# --- what stands in its words ---------------------------------------------------------------------


def translation_marks(context: Context) -> Findings:
    """A clause in another language has the blanks and the links of its original, and no others."""
    for pair in pairs(context):
        for id, said, own in pair.both():
            originals, translated = _marks(said), _marks(own)
            for mark in sorted(originals - translated):
                yield of_clause(
                    pair,
                    id,
                    f"{mark} of {clause_named(id)} is missing here",
                    f"Put it where it belongs in the words: `{mark}`.",
                    expected=mark,
                )
            for mark in sorted(translated - originals):
                yield of_clause(
                    pair,
                    id,
                    f"{clause_named(id)} of {pair.original.id} has no {mark}",
                    "Take it out, or correct it.",
                    found=mark,
                )


def _marks(said: Iterable[NormativeText]) -> set[str]:
    """Return the blanks and links in some texts, as they are written without their words."""
    return {
        f"{{{run.target}}}" if run.kind == "param" else f"[…]({run.kind}:{run.target})"
        for text in said
        for block in text.wording.blocks
        for run in block.runs
        if run.kind in _MARKS
    }


def translation_numbers(context: Context) -> Findings:
    """A clause in another language names the ids and numbers of its original."""
    pattern = context.id_pattern
    if pattern is None:
        return
    for pair in pairs(context):
        now = _clause_digests(pair)
        for id, said, own in pair.both():
            if id in now and pair.record.clauses[id].source_digest != now[id]:
                continue  # `translation-stale` asks for a look at the whole clause
            words, translated = _words(said), _words(own)
            ids, named = (set(pattern.findall(text)) for text in (words, translated))
            numbers, found = (_numbers(pattern.sub(" ", text)) for text in (words, translated))
            for each in sorted(ids - named):
                turned = each[::-1] in translated or "-".join(each.split("-")[::-1]) in translated
                yield of_clause(
                    pair,
                    id,
                    f"{each} of {clause_named(id)} is missing here"
                    + (": written right to left?" if turned else ""),
                    f"Write {each} as it is, from left to right.",
                    expected=each,
                )
            if ids <= named and numbers != found:
                yield of_clause(
                    pair,
                    id,
                    f"the numbers in {clause_named(id)} are not those of {pair.original.id}",
                    "Look whether a number was left out or changed. One may be written as a word.",
                    expected=_listed(numbers),
                    found=_listed(found),
                )


def _words(said: Iterable[NormativeText]) -> str:
    return "\n".join(
        "".join(run.words for run in block.runs) for text in said for block in text.wording.blocks
    )


def _numbers(words: str) -> Counter[int]:
    """Return the numbers in a text, in whatever digits they are written."""
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else " " for sign in words)
    return Counter(int(number) for number in digits.split() if len(number) < 19)


def _listed(numbers: Counter[int]) -> str:
    return ", ".join(map(str, sorted(numbers.elements()))) or "none"
