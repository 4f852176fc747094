"""Family 5: each clause says its force once, in the words that the charter chose.

The words stand in the file of the authoritative language, `govkit/languages/words/`; where that has
none, nothing is said. Texts out of use are left as they were.
"""

from __future__ import annotations

from govkit.checks.context import Context
from govkit.checks.force_words import NEGATION, VAGUE, ForceWords, Means
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.checks.walk import ScannedClause, ScannedText
from govkit.corpus.documents import Document
from govkit.corpus.word_list import Hit
from govkit.findings import Finding, Route
from govkit.patterns import lazy_regex
from govkit.records.base import TIMES

_WORD = lazy_regex(r"[^\W_]+")


def force_against_words(document: Document, context: Context) -> Findings:
    """The force of a clause is the one that its words say; `declares` has none."""
    for clause in context.walk.of(document).clauses:
        said = clause.text.force
        forces = [hit.phrase.means.force for hit in said]
        if clause.force == "declares":
            for hit in [hit for hit in said if not hit.phrase.means.avoided][:1]:
                yield _against(document, clause, hit, "no word of force")
        elif clause.force not in forces:
            assert context.walk.words is not None
            proposed = context.walk.words.proposed[clause.force]
            yield _against(document, clause, said[0] if said else None, proposed)


def _against(document: Document, clause: ScannedClause, hit: Hit | None, expected: str) -> Finding:
    if hit is None:
        return refusal(
            document,
            f"the force is `{clause.force}`, and the words say none",
            at(*clause.keys, "force"),
            expected=expected,
            help=f"Write `{expected}` in the text, or `force: declares` if nobody is bound by it.",
        )
    found = _words(clause.text, hit)
    return refusal(
        document,
        f"the force is `{clause.force}`, and the words say `{found}`",
        _route(clause.text, hit),
        expected=expected,
        found=found,
        help=f"Write `force: {hit.phrase.means.force}`, or other words.",
    )


def _words(heard: ScannedText, hit: Hit) -> str:
    return " ".join(heard.plain[hit.start : hit.end].replace("*", "").split())


def _route(heard: ScannedText, hit: Hit) -> Route:
    return at(*heard.said.keys, span=(hit.start, hit.end))


def more_than_one_force(document: Document, context: Context) -> Findings:
    """A clause says one force, once; its conditions and exceptions say none."""
    charter = context.corpus.charter
    for clause in context.walk.of(document).clauses:
        several = len(clause.text.force) > 1 or any(heard.force for heard in clause.more)
        if not several or clause.force == "declares":
            continue
        said = [(clause.text, hit) for hit in clause.text.force]
        said += [(heard, hit) for heard in clause.more for hit in heard.force]
        if len(said) < 2:
            continue
        assert charter is not None
        (first, one), (heard, other) = said[:2]
        yield remark(
            document,
            f"after `{_words(first, one)}` this clause says `{_words(heard, other)}` too",
            _route(heard, other),
            stops="merge" if charter.one_force else None,
            found=_words(heard, other),
            help="Make two clauses of it. For what is possible write `can`, for what a law asks "
            "for `has to`.",
            enforces="charter: one_force",
        )


def avoided_force_word(document: Document, context: Context) -> Findings:
    """A clause says its force in the charter's words: not with `shall`, `will` or `may not`."""
    words = context.walk.words
    for clause in context.walk.of(document).clauses:
        for heard in (clause.text, *clause.more):
            for hit in heard.force:
                means: Means = hit.phrase.means
                if means.avoided:
                    assert words is not None
                    expected, found = words.proposed[means.force], _words(heard, hit)
                    yield remark(
                        document,
                        f"`{found}` is not among the words of force",
                        _route(heard, hit),
                        stops="release",
                        expected=expected,
                        found=found,
                        help=f"Write `{expected}`. If nobody is bound by it, say what happens "
                        "without it: `takes effect` for `will take effect`.",
                        enforces="charter: force_words",
                    )


def force_in_prose(document: Document, context: Context) -> Findings:
    """A rationale or guidance has no words of force, since it binds nobody."""
    for keys, text, hits in context.walk.of(document).prose:
        if hits and keys[-1] != "summary":  # `summary-force` weighs those
            hit, more = hits[0], len(hits) - 1
            found = text[hit.start : hit.end]
            others = f", and {more} more after it" if more else ""
            yield remark(
                document,
                f"a word of force, `{found}`, stands where nothing binds{others}",
                at(*keys, span=(hit.start, hit.end)),
                found=found,
                help="Write what is so, or what helps, or what `can` be. If it is to bind, make it "
                "a clause. Quote the words of others in quotation marks.",
            )


def vague_time(document: Document, context: Context) -> Findings:
    """A duty says how long one has in hours, days or months."""
    words = context.walk.words
    for clause in context.walk.of(document).clauses:
        duty = clause.force == "must" and clause.text.others
        vague = [hit for hit in clause.text.others if hit.phrase.list == VAGUE] if duty else []
        if vague and words and not _says_how_long(document, clause.text, words):
            found = _words(clause.text, vague[0])
            yield remark(
                document,
                f"`{found}` leaves open how long this can take",
                _route(clause.text, vague[0]),
                expected="a number of hours or days",
                found=found,
                help="Add a number, best as a blank that the platform fills in: "
                "`within {answer_days} days`.",
            )


def _says_how_long(document: Document, heard: ScannedText, words: ForceWords) -> bool:
    declared = getattr(document.record, "parameters", {})
    blanks = (declared.get(run.target) for run in heard.said.wording.runs("param"))
    if any(blank is not None and blank.type in TIMES for blank in blanks):
        return True
    return not words.time_units.isdisjoint(_WORD.findall(heard.plain.lower()))


def and_or(document: Document, context: Context) -> Findings:
    """A text says `and` or says `or`, and never `and/or`."""
    words = context.walk.words
    if words is None or "/" not in document.words:
        return
    for heard in context.walk.of(document).texts:
        for found in words.and_or.finditer(heard.plain):
            yield remark(
                document,
                f"`{found.group()}` can be read in two ways",
                at(*heard.said.keys, span=found.span()),
                stops="release",
                found=found.group(),
                help="Write `a or b, or both`; or `and`, or `or`, whichever is meant.",
            )


def double_negation(document: Document, context: Context) -> Findings:
    """A text says what is so, and not that the opposite is not so."""
    for heard in context.walk.of(document).texts:
        for hit in heard.others:
            if hit.phrase.list != NEGATION:
                continue
            found = _words(heard, hit)
            yield remark(
                document,
                f"`{found}` negates twice",
                _route(heard, hit),
                found=found,
                help="Say it the other way round: `lawful` for `not unlawful`, `must answer` for "
                "`must not fail to answer`.",
            )


def exception_without_trigger(document: Document, context: Context) -> Findings:
    """An exception begins with what sets it off: where, if, for as long as, …"""
    return _without_trigger(document, context, "exceptions", "this exception")


def condition_without_trigger(document: Document, context: Context) -> Findings:
    """A condition begins with what sets it off: where, if, for as long as, …"""
    return _without_trigger(document, context, "conditions", "this condition")


def _without_trigger(document: Document, context: Context, field: str, what: str) -> Findings:
    words = context.walk.words
    for clause in context.walk.of(document).clauses:
        for heard in clause.more:
            if heard.said.keys[2] != field or words is None:
                continue
            # These two can stand around the first word: *where*, or: if, on request, …
            words_only = heard.said.text[:90].lower().replace("*", " ").replace(",", " ")
            begin = " ".join(words_only.split())
            if not f"{begin} ".startswith(words.triggers):
                yield remark(
                    document,
                    f"{what} does not say when it applies",
                    at(*heard.said.keys),
                    stops="release",
                    expected="where …",
                    found=" ".join(heard.said.text.split())[:60],
                    help="Begin with the case that sets it off: `where …`, `if …`, "
                    "`for as long as …`.",
                )
