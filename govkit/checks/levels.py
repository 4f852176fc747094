"""Family: options and levels leave a real choice, and what is taken stands alone."""

from __future__ import annotations

from typing import Any, cast

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, remark
from govkit.corpus.books import items_of
from govkit.corpus.documents import Document
from govkit.corpus.levels import TakenLevel, levels_of, links_out, taken_in_book, texts_of, words_of
from govkit.corpus.term_words import OUT_OF_USE
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.records.kinds import TEXT_KINDS
from govkit.records.texts import Instrument, Level
from govkit.source.nearest import nearest, question_before


def option_without_choice(document: Document, _: Context) -> Findings:
    """A provision that offers options offers two or more, and each differs from the others."""
    options = getattr(document.record, "options", ())
    if not options or document.status in OUT_OF_USE:
        return
    if len(options) == 1:
        yield remark(
            document,
            f"`{options[0].id}` is the only option",
            at("options", 0, "id"),
            stops="release",
            help="Name a second option, or take `options` out.",
        )
    before: dict[str, frozenset[str]] = {}
    for n, option in enumerate(options):
        clauses = frozenset(option.clauses)
        same = next((id for id, others in before.items() if others == clauses), "")
        if option.id in before or same:
            what = f"has the clauses of `{same}`" if same else "is named twice"
            yield remark(
                document,
                f"the option `{option.id}` {what}",
                at("options", n, "id"),
                stops="release",
                found=option.id,
                help="An option has an id and clauses of its own.",
            )
        before[option.id] = clauses


def level_not_closed(context: Context) -> Findings:
    """A level has in it what its texts rest on, and an option that its text offers."""
    for book, n, level in levels_of(context.corpus):
        yield from _outside(book, n, level)
        yield from _unknown_options(book, n, level, context.corpus)
        yield from _open_links(book, n, taken_in_book(book, level), context.corpus)


def _outside(book: Document, n: int, level: Level) -> Findings:
    held = frozenset(items_of(cast(Instrument, book.record).parts))
    for m, id in enumerate(level.items):
        if id not in held:
            yield _of_level(
                book,
                f"{id} stands in no part of this book, and the level `{level.id}` names it",
                at("levels", n, "items", m),
                id,
                "Put it into a part of the book, or take it out of the level.",
            )


def _unknown_options(book: Document, n: int, level: Level, corpus: Corpus) -> Findings:
    for id, option in level.options.items():
        text = corpus.find(TEXT_KINDS, id)
        if text is None or text.record is None:
            continue
        offered = [each.id for each in getattr(text.record, "options", ())]
        if option not in offered:
            yield _of_level(
                book,
                f"{id} offers no option `{option}`",
                at("levels", n, "options", id),
                option,
                question_before(
                    f"It offers: {', '.join(offered) or 'none'}.", nearest(option, offered)
                ),
            )
        elif level.items and id not in level.items:
            yield _of_level(
                book,
                f"the level `{level.id}` takes an option of {id}, and does not hold it",
                at("levels", n, "options", id),
                option,
                f"Add {id} to its `items`, or take the option out.",
            )


def _open_links(book: Document, n: int, taken: TakenLevel, corpus: Corpus) -> Findings:
    said = set()
    for text, reference in links_out(corpus, texts_of(corpus, taken), taken):
        named = reference.key + "".join(f"({part})" for part in reference.inside[:1])
        if (text.id, named) in said:
            continue
        said.add((text.id, named))
        yield _of_level(
            book,
            f"{text.id}{_clause(text, reference.route.keys)} rests on {named}, which the level "
            f"`{taken.id}` does not take",
            at("levels", n, "items" if reference.key not in taken.texts else "options"),
            named,
            f"Add {reference.key} to the level, or the option that has it; or take {text.id} out.",
        )


def _clause(text: Document, keys: Any) -> str:
    record: Any = text.record
    return f"({record.clauses[keys[1]].id})" if keys[0] == "clauses" else ""


def _of_level(book: Document, message: str, route: Any, found: str, help: str) -> Finding:
    return remark(book, message, route, stops="release", found=found, help=help)


def level_too_long(context: Context) -> Findings:
    """A level has no more words, definitions among them, than its book allows it."""
    for book, n, level in levels_of(context.corpus):
        if level.most_words is None or book.status in OUT_OF_USE:
            continue
        words = words_of(context.corpus, taken_in_book(book, level))
        if words > level.most_words:
            yield remark(
                book,
                f"the level `{level.id}` has {words:,} words with its definitions",
                at("levels", n, "most_words"),
                expected=f"at most {level.most_words:,}",
                found=f"{words:,}",
                help="Take a text out, shorten one, or allow the level more words.",
            )
