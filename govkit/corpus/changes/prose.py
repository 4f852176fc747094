"""The class that a change of words can't be under, and why. Doubt moves up.

Words are editorial only where that is proved; everything else that differs is at least class 3,
whatever it looks like. The row of force words, and what links and blanks lead to, move it further.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.changes.corrections import only_corrected
from govkit.corpus.changes.evidence import Stretches, change_evidence, differing
from govkit.corpus.changes.lexicon import Lexicon
from govkit.corpus.changes.protected import force_alike, protected_words, row_of_force
from govkit.corpus.changes.values import ChangeEvidence
from govkit.corpus.changes.written import words_of
from govkit.corpus.text_digests import hashed_words
from govkit.patterns import lazy_regex
from govkit.records.normative import Block, Run, Wording

# Not NFKC (UAX 15): that would also make `m2` of `m²`, which is more than another spelling.
LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
_NOT = lazy_regex(r"(?i)\bnot (\w+)")
_NON = lazy_regex(r"(?i)\bnon-(\w+)")


class ProseChange(NamedTuple):
    """What a change of words amounts to: its floor, what was met, and the reasons in short."""

    floor: int
    evidence: tuple[ChangeEvidence, ...] = ()
    reasons: tuple[str, ...] = ()


UNCHANGED = ProseChange(0)
EMPTY = Wording(())


def prose_change(
    old: Wording, new: Wording, lexicon: Lexicon, replaced: Stretches | None = None
) -> ProseChange:
    """Return what the step from one normative text to another amounts to.

    `replaced` are the stretches that stand in the place of others, where they are known.
    """
    change = prose_floor(old, new, lexicon)
    if change.floor <= 1:
        return change
    sides = _sides(old, new)
    if sides != (_plain(old), _plain(new)):
        replaced = None
    evidence = change_evidence(*sides, lexicon, replaced)
    return change._replace(evidence=(*evidence, *_evidence_of_targets(old, new)))


def prose_floor(old: Wording, new: Wording, lexicon: Lexicon) -> ProseChange:
    """Return the same without the evidence, which takes most of the time."""
    # The hashed form decides, so that class 0 and an equal digest are always the same thing.
    if hashed_words(old) == hashed_words(new):
        return UNCHANGED
    higher = [
        *_of_unknown_language(lexicon.language),
        *_of_row(*_sides(old, new), lexicon.language),
        *_of_links(old, new),
        *_of_blanks(old, new),
        *_of_marks(old, new),
    ]
    if higher:
        floor = max(class_ for class_, _ in higher)
        return ProseChange(floor, (), tuple(reason for _, reason in higher))
    if editorial := _editorial(old.blocks, new.blocks, lexicon):
        return ProseChange(1, (), editorial)
    structure = "paragraphs or items of a list changed"
    shaped = [(b.style, b.depth) for b in old.blocks] != [(b.style, b.depth) for b in new.blocks]
    return ProseChange(3, (), (structure,) if shaped else ("the words changed",))


def plain_change(old: str, new: str, lexicon: Lexicon) -> ProseChange:
    """Return the same for a short text without marks, as a title."""
    return prose_change(literal(old), literal(new), lexicon)


def literal(text: str) -> Wording:
    """Return a text without a grammar as a wording of one paragraph."""
    run = Run("text", text, "", 0, len(text))
    return Wording((Block("p", 0, "", (run,)),)) if text else EMPTY


def _plain(wording: Wording) -> str:
    return "\n\n".join(words_of(block) for block in wording.blocks)


def _sides(old: Wording, new: Wording) -> tuple[str, str]:
    """Return the words of both; `non-null` is `not null` where the other side has it so."""
    before, after = _plain(old), _plain(new)
    return _with_not(before, after), _with_not(after, before)


def _with_not(text: str, other: str) -> str:
    if "on-" not in text and "ON-" not in text:  # looked for in each passage, and seldom there
        return text
    words = {found.lower() for found in _NOT.findall(other)}
    return _NON.sub(
        lambda found: f"not {found[1]}" if found[1].lower() in words else found[0], text
    )


def _of_unknown_language(language: str) -> Iterator[tuple[int, str]]:
    # Silence would look like a finding: that no word of force changed.
    if protected_words(language) is None:
        yield (5, f"no words of force are known for `{language}`; nothing below class 5 is claimed")


def _of_row(old: str, new: str, language: str) -> Iterator[tuple[int, str]]:
    before, after = row_of_force(old, language), row_of_force(new, language)
    pairs = ", ".join(
        f"{was or '(none)'} -> {is_ or '(none)'}"
        for was, is_ in differing(before, after, key=lambda words: force_alike(words, language))
    )
    if pairs:
        yield 5, f"the row of force words differs: {pairs}"


def _left(kind: str, old: Wording, new: Wording) -> tuple[list[str], list[str]]:
    """Return to what the runs of a kind lead on one side alone, doubles counted."""
    targets = [[run.target for run in side.runs(kind)] for side in (old, new)]
    if targets[0] == targets[1]:
        return [], []
    before, after = map(Counter, targets)
    return sorted((before - after).elements()), sorted((after - before).elements())


def _of_links(old: Wording, new: Wording) -> Iterator[tuple[int, str]]:
    gone, come = _left("ref", old, new)
    if gone and come:
        yield 6, f"a reference leads elsewhere: {', '.join(gone)} -> {', '.join(come)}"


def _of_blanks(old: Wording, new: Wording) -> Iterator[tuple[int, str]]:
    gone, come = _left("param", old, new)
    if gone or come:
        yield 6, f"a blank differs: {', '.join(gone) or '(none)'} -> {', '.join(come) or '(none)'}"


def _of_marks(old: Wording, new: Wording) -> Iterator[tuple[int, str]]:
    """Yield what became of the marks of terms: put on, taken off, or led to another term."""
    before = {run.target: run.words.lower() for run in old.runs("term")}
    after = {run.target: run.words.lower() for run in new.runs("term")}
    gone = {slug: words for slug, words in before.items() if slug not in after}
    come = {slug: words for slug, words in after.items() if slug not in before}
    for slug, words in sorted(gone.items()):
        others = [other for other, same in sorted(come.items()) if same == words]
        if others:
            # The words stay defined, by another definition: the target of a link, and not a mark
            # put on.
            yield 6, f"a link leads to another term: {slug} -> {others[0]}"
            del come[others[0]]
        else:
            yield 7, f"the mark of a term was taken off: {slug}"
    for slug in sorted(come):
        yield 7, f"the mark of a term was put on: {slug}"


def is_only_marks(old: Wording, new: Wording) -> bool:
    """Say whether no word differs, only marks of terms."""
    return _without_terms(old) == _without_terms(new)


def _without_terms(wording: Wording) -> list[tuple[str, int, str]]:
    """Return the blocks with the words of terms as plain words, other marks as in the source."""
    return [
        (
            block.style,
            block.depth,
            "".join(
                run.words
                if run.kind in ("text", "term")
                else f"<{run.kind} {run.target} {run.words}>"
                for run in block.runs
            ),
        )
        for block in wording.blocks
    ]


def _evidence_of_targets(old: Wording, new: Wording) -> Iterator[ChangeEvidence]:
    for kind, name in (("ref", "reference"), ("param", "blank")):
        before = [run.target for run in old.runs(kind)]
        after = [run.target for run in new.runs(kind)]
        for was, is_ in differing(before, after):
            yield ChangeEvidence(name, was, is_)


# --- what is provably editorial ------------------------------------------------------------------


def _editorial(old: tuple[Block, ...], new: tuple[Block, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return why the change is editorial, one reason a block; empty where that is not proved."""
    reasons: list[str] = []
    if len(old) != len(new):
        return ()
    for before, after in zip(old, new, strict=True):
        if (before.style, before.depth) != (after.style, after.depth):
            return ()
        if _hashed(before) != _hashed(after):
            reason = _editorial_block(before, after, lexicon)
            if not reason:
                return ()
            reasons.append(reason)
    return tuple(dict.fromkeys(reasons))


def _hashed(block: Block) -> object:
    return hashed_words(Wording((block,)))


def _editorial_block(old: Block, new: Block, lexicon: Lexicon) -> str:
    before, after = words_of(old), words_of(new)
    if _frame(old) != _frame(new):
        # A full stop behind a link or code is a run of its own.
        stopped = {f"{before}{stop}" for stop in ".;"} | {f"{after}{stop}" for stop in ".;"}
        if not {before, after} & stopped or _marks(old) != _marks(new):
            return ""
    if before.translate(LIGATURES) == after.translate(LIGATURES):
        return "a ligature was written as letters, or the reverse"
    # A full stop is editorial alone: a stop that became a semicolon is not proved (decision 16).
    longer, shorter = (before, after) if len(before) > len(after) else (after, before)
    if longer[:-1] == shorter and longer[-1] in ".;" and shorter[-1:] not in ("", *".;:,!?-"):
        return "a full stop or semicolon at the very end"
    return "slips were corrected" if only_corrected(before, after, lexicon) else ""


def _frame(block: Block) -> list[tuple[str, str, str]]:
    """Return the runs of a block without their plain words: nothing else in them may differ."""
    return [(run.kind, run.target, "" if run.kind == "text" else run.words) for run in block.runs]


def _marks(block: Block) -> list[tuple[str, str, str]]:
    return [run for run in _frame(block) if run[0] != "text"]
