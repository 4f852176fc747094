"""Family: what counsel asks of a text before it goes into a contract.

Each rule stands for a kind of fault that a hostile reading of drafts found. All are advice: a rule
sees words, and whether a duty is owed all the same, only the editors know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, remark
from govkit.corpus.documents import Document, NormativeText
from govkit.corpus.term_words import OUT_OF_USE, forms
from govkit.corpus.whole import Corpus
from govkit.languages.words import ContractWords, Words, contract_words
from govkit.patterns import lazy_regex
from govkit.records.governance import Charter

_DUTIES = ("must", "must-not")
_PLATFORM_TEXTS = ("provision", "recommendation")
Axes = Mapping[str, frozenset[str]]


# --- who is covered -------------------------------------------------------------------------------


def narrower_reference(document: Document, context: Context) -> Findings:
    """A duty rests on no text that covers fewer users or platforms than the duty itself."""
    charter = context.corpus.charter
    if charter is None or not charter.axes:
        return
    for _, reference, target in context.corpus.links_of(document) if _is_in_use(document) else ():
        keys = reference.route.keys
        if (
            reference.role != "ref"
            or keys[0] != "clauses"
            or target is None
            or target.id == document.id
            or not _is_in_use(target)
        ):
            continue
        clause = _clauses(document)[int(keys[1])]
        if clause.force not in _DUTIES:
            continue
        others = [each for each in _live(target) if reference.inside[:1] in ((), (each.id,))]
        covered = _covered(clause, document, charter)
        lacking = _lacking(covered, [_covered(each, target, charter) for each in others])
        if lacking:
            named = reference.key + "".join(f"({part})" for part in reference.inside[:1])
            yield remark(
                document,
                f"{named} does not cover {', '.join(lacking)}, and this duty does",
                reference.route,
                found=named,
                help="Say what holds for them, narrow `applies_to` of this clause, or widen that "
                "of the other.",
            )


def _is_in_use(document: Document) -> bool:
    return (
        document.kind in _PLATFORM_TEXTS
        and document.record is not None
        and document.status not in OUT_OF_USE
    )


def _clauses(document: Document) -> Sequence[Any]:
    record: Any = document.record
    return record.clauses  # type: ignore[no-any-return]


def _live(document: Document) -> list[Any]:
    return [clause for clause in _clauses(document) if clause.withdrawn is None]


def _covered(clause: Any, document: Document, charter: Charter) -> Axes:
    record: Any = document.record
    given = record.applies_to if clause.applies_to is None else clause.applies_to
    return {axis: _named(given.get(axis, ("all",)), words) for axis, words in charter.axes.items()}


def _named(given: Sequence[str], words: Sequence[str]) -> frozenset[str]:
    return frozenset(words if "all" in given else given)


def _lacking(covered: Axes, others: Sequence[Axes]) -> list[str]:
    """Return the words of any axis that are covered here and by none of the others."""
    return [
        word
        for axis, words in covered.items()
        for word in sorted(words.difference(*(other[axis] for other in others)))
        if others
    ]


def undefined_axis_word(document: Document, context: Context) -> Findings:
    """A kind of user or platform that decides whether a clause binds is defined by a term."""
    charter = context.corpus.charter
    if document.kind != "charter" or charter is None:
        return
    defining = context.corpus.of_kind("term", "instrument")
    known = {each.id for each in defining if each.record is not None}
    if len(known) < len(defining) or not known.issuperset(charter.instruments):
        return  # what is missing or can't be read may define it
    terms = {term.id for term in context.corpus.of_kind("term")}
    defined = context.corpus.once(_defining_words)
    deciding = context.corpus.once(_deciding_words)
    for axis, words in charter.axes.items():
        unclear = [
            word
            for word in words
            if (axis, word) in deciding
            and word not in terms
            and f" {_spaced(word)} " not in defined
        ]
        if unclear:
            named = ", ".join(f"`{word}`" for word in unclear)
            yield remark(
                document,
                f"clauses bind by {axis}, and nothing says what is meant by {named}",
                at("axes", axis, key=True),
                found=", ".join(unclear),
                help="Write a term of that name, or name the word in a definition or in the "
                "interpretation of a book.",
            )


def _deciding_words(corpus: Corpus) -> frozenset[tuple[str, str]]:
    """Return each axis and word by which some text or clause is for fewer than all."""
    return frozenset(
        (axis, word)
        for document in corpus.of_kind(*_PLATFORM_TEXTS)
        if _is_in_use(document)
        for part in (document.record, *_live(document))
        for axis, words in (getattr(part, "applies_to", None) or {}).items()
        for word in words
    )


def _defining_words(corpus: Corpus) -> str:
    """Return the words of terms and of books' interpretation, a space before and after each."""
    texts = (
        said.text
        for document in corpus.of_kind("term", "instrument")
        for said in document.said
        if document.kind == "term" or said.keys[0] == "interpretation"
    )
    return f" {_spaced(' '.join(texts))} "


def _spaced(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


_WORD = lazy_regex(r"[^\W_]+")


# --- what is owed ---------------------------------------------------------------------------------


def no_consequence(document: Document, context: Context) -> Findings:
    """A provision of duties says what follows if they are not kept, or its book does for all."""
    if document.kind != "provision" or not _is_in_use(document):
        return
    if document.id not in context.corpus.once(_without_general_consequence):
        return
    clauses = _live(document)
    duties = [clause for clause in clauses if clause.force in _DUTIES]
    if duties and len(duties) == len(clauses):
        first = next(n for n, clause in enumerate(_clauses(document)) if clause is duties[0])
        yield remark(
            document,
            "nothing says what follows if these duties are not kept",
            at("clauses", first, "force"),
            help="Add a clause that `declares` what follows; or say it for the whole book in its "
            "`interpretation`, and name that clause in `consequences`.",
        )


def _without_general_consequence(corpus: Corpus) -> frozenset[str]:
    """Return the ids of the texts in books that do not say what follows from any breach."""
    return frozenset(
        reference.key
        for book in corpus.of_kind("instrument")
        if book.record is not None and not getattr(book.record, "consequences", None)
        for reference in book.references
        if reference.role == "item"
    )


def weak_duty(document: Document, context: Context) -> Findings:
    """A duty says what is done, not what is tried or intended."""
    words = _words(context)
    yield from _met_in_duties(
        document,
        context,
        words.attempts if words else (),
        "owes an attempt, and no result",
        "Say what has to be done, and by when. Where only care can be owed, say which steps show "
        "it.",
    )


def own_judgement(document: Document, context: Context) -> Findings:
    """Whether a duty is owed or kept is not for the one who owes it to say."""
    words = _words(context)
    yield from _met_in_duties(
        document,
        context,
        words.own_judgement if words else (),
        "lets the one who owes it judge alone",
        "Name the facts that decide, or say who looks at it again.",
    )


def _met_in_duties(
    document: Document, context: Context, patterns: Words, fault: str, help: str
) -> Findings:
    """Yield each place in a duty where one of the patterns is met."""
    if not patterns or not _is_in_use(document):
        return
    for said in _of_duties(document, context):
        for found in _any_of(patterns).finditer(said.text):
            words = _folded(found.group())
            yield remark(
                document,
                f"`{words}` {fault}",
                at(*said.keys, span=found.span()),
                found=words,
                help=help,
            )


def _of_duties(document: Document, context: Context) -> Iterator[NormativeText]:
    """Yield the words, conditions and exceptions of each duty of the first party."""
    charter = context.corpus.charter
    party = charter.parties[0] if charter and charter.parties else ""
    for said in document.said:
        if said.keys[0] == "clauses":
            clause = _clauses(document)[int(said.keys[1])]
            if clause.force in _DUTIES and party in clause.addressee:
                yield said


def _words(context: Context) -> ContractWords | None:
    charter = context.corpus.charter
    if charter is None:
        return None
    return contract_words(charter.languages.authoritative.split("-")[0])


@cache
def _any_of(patterns: Words) -> re.Pattern[str]:
    # A line may end anywhere between two words.
    spaced = (pattern.replace(" ", r"\s+") for pattern in patterns)
    return re.compile(rf"\b(?:{'|'.join(spaced)})\b", re.IGNORECASE)


def _folded(text: str) -> str:
    return " ".join(text.split())


# --- one word, one meaning ------------------------------------------------------------------------


def explained_in_guidance(document: Document, context: Context) -> Findings:
    """A word of a duty is explained where it binds, and not in the guidance alone."""
    words = _words(context)
    if words is None or not _is_in_use(document):
        return
    for keys, text in document.texts:
        if keys[-1] != "guidance":
            continue
        for found in _explaining(words).finditer(text):
            word = _spaced(found["word"])
            if word and word not in context.corpus.once(_term_names) and _binds(word, document):
                yield remark(
                    document,
                    f"only the guidance says what `{_folded(found['word'])}` means",
                    at(*keys, span=found.span("word")),
                    found=_folded(found["word"]),
                    help="Guidance is no part of the contract. Say it in a clause, or make the "
                    "word a term.",
                )


def _binds(word: str, document: Document) -> bool:
    return f" {word} " in f" {_spaced(' '.join(said.text for said in document.said))} "


def _term_names(corpus: Corpus) -> frozenset[str]:
    return frozenset(
        _spaced(form)
        for term in corpus.of_kind("term")
        if term.record is not None
        for _, form in forms(term)
    )


@cache
def _explaining(words: ContractWords) -> re.Pattern[str]:
    verbs = "|".join(words.explains)
    return re.compile(
        rf"[\"\u201c](?P<word>[^\"\u201c\u201d\n.]{{2,60}})[\"\u201d]\s+(?:{verbs})\b"
    )


def blank_name_twice(context: Context) -> Findings:
    """Blanks of one name in several provisions mean one thing, so that one value fills them all."""
    first: dict[str, tuple[Document, Any]] = {}
    for document in context.corpus.of_kind("provision"):
        if not _is_in_use(document):
            continue
        record: Any = document.record
        for name, blank in record.parameters.items():
            before, other = first.setdefault(name, (document, blank))
            wrong = _different(blank, other)
            if wrong:
                yield remark(
                    document,
                    f"{{{name}}} has another {wrong} than in {before.id}",
                    at("parameters", name, key=True),
                    found=name,
                    help="One form of a platform fills in both. Give the blank a name of its own, "
                    "or make the two alike.",
                )


def _different(blank: Any, other: Any) -> str:
    for field in ("type", "default", "meaning"):
        if getattr(blank, field) != getattr(other, field):
            return field
    return ""
