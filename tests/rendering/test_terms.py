"""Terms in the books: what a book links is what the rules take for a term, and nothing else."""

from collections.abc import Callable, Mapping
from textwrap import indent

import pytest

from govkit.checks.walk import walk_over
from govkit.corpus import word_list
from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.document import Clause, Section
from govkit.rendering.headings import headings
from govkit.rendering.spans import Emphasis, Pointer, Span, Words

With = Callable[[Mapping[str, str]], Corpus]
REPAIR = "provisions/due-process/EXA-DUE-02-repair.yaml"

USES = {
    "a small letter in the middle": ("Each user has one.", ["user"]),
    "a capital at the beginning": ("Users have one.", ["Users"]),
    "a capital after a colon": ("It holds: Users have one.", ["Users"]),
    "a capital in a name": ("The House of Users has one.", []),
    "a name, and then the term": ("The House of Users has a user.", ["user"]),
    "a straight possessive": ("It is the user's own.", ["user"]),
    "a curly possessive": ("It is the user\u2019s own.", ["user"]),
    "a part of a longer word": ("It is of no usership.", []),
    "after a hyphen": ("It is a non-user.", []),
    "in quotation marks": ('It says "user" here.', []),
    "in curly quotation marks": ("It says \u201cuser\u201d here.", []),
    "in emphasis": ("It is a *user* here.", ["user"]),
    "in code": ("It is `user` here.", []),
    "a longer term that this text does not use": ("It is a power user here.", []),
    "both": ("It is a power user, not a user.", ["user"]),
    "two words over a line": ("It is a power\nuser here.", []),
}


@pytest.fixture
def corpus_that_says(corpus_with: With, small_texts: Mapping[str, str]) -> Callable[[str], Corpus]:
    """Make the small corpus with one more clause after the one that marks a user."""

    def made(words: str) -> Corpus:
        clauses = (
            "  - {id: b, force: declares, text: 'A [user](term:user) has it.'}\n"
            f"  - id: c\n    force: declares\n    text: |\n{indent(words, ' ' * 6)}\n"
            "no_binding_source"
        )
        text = small_texts[REPAIR].replace("    beneficiary: [user]\n", "")
        power = "{term: power user, status: draft, definition: Somebody else.}\n"
        return corpus_with(
            {
                REPAIR: text.replace("no_binding_source", clauses),
                "registers/terms/power-user.yaml": power,
            }
        )

    return made


def linked(corpus: Corpus) -> list[str]:
    """Return the words of clause (c) that lead to the definition of a user."""
    sections = [line.section for line in headings(book_of(corpus, "INS-provisions"))]
    [section] = [each for each in sections if each.number == "EXA-DUE-02"]
    return list(_linked(_clause(section).blocks[0].spans))  # type: ignore[union-attr]


def _clause(section: Section) -> Clause:
    [found] = [b for b in section.blocks if isinstance(b, Clause) and b.label == "(c)"]
    return found


def _linked(spans: tuple[Span, ...]) -> list[str]:
    found = []
    for span in spans:
        if isinstance(span, Emphasis):
            found += _linked(span.spans)
        if isinstance(span, Pointer) and span.anchor == "term-user":
            found += [word.text for word in span.spans if isinstance(word, Words)]
    return found


@pytest.mark.parametrize(("words", "expected"), USES.values(), ids=USES)
def test_a_use_of_a_term(
    corpus_that_says: Callable[[str], Corpus], words: str, expected: list[str]
) -> None:
    corpus = corpus_that_says(words)
    assert linked(corpus) == expected


@pytest.mark.parametrize("words", [words for words, _ in USES.values()], ids=USES)
def test_the_rules_on_terms_mean_the_same_words(
    corpus_that_says: Callable[[str], Corpus], words: str
) -> None:
    corpus = corpus_that_says(words)
    [document] = [each for each in corpus.documents if each.id == "EXA-DUE-02"]
    heard = walk_over(corpus).of(document).texts[-1]
    assert heard.said.clause == "c"
    uses = [hit for hit in heard.terms if hit.phrase.means == "user"]
    assert [heard.said.text[hit.start : hit.end] for hit in uses][:1] == linked(corpus)


def test_the_words_of_all_terms_are_laid_out_once_a_book(
    corpus_that_says: Callable[[str], Corpus], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    lay_out = word_list.WordList.__init__
    monkeypatch.setattr(
        word_list.WordList, "__init__", lambda self, words: made.append(1) or lay_out(self, words)
    )
    book_of(corpus_that_says("Each user has one."), "INS-provisions")
    assert len(made) == 1
