"""What is printed in a book, and what is not."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.rendering.book import book_of
from govkit.rendering.document import Clause, Definition, Document, Paragraph, Section, Withdrawn
from govkit.rendering.formats import written
from govkit.rendering.headings import headings
from govkit.rendering.holdings import holdings_of, paths_of
from govkit.rendering.spans import Pointer, Words

With = Callable[[Mapping[str, str]], Corpus]
COMPLAINT = "provisions/due-process/EXA-DUE-01-complaint.yaml"
REPAIR = "provisions/due-process/EXA-DUE-02-repair.yaml"
BOOK = "provisions/instrument.yaml"


def book(corpus: Corpus) -> Document:
    return book_of(corpus, "INS-provisions")


def markdown(corpus: Corpus) -> str:
    return written(book(corpus), "md").decode()


def section(document: Document, number: str) -> Section:
    [found] = [line.section for line in headings(document) if line.section.number == number]
    return found


def everything(value: Any) -> Iterator[Any]:
    """Yield a thing of the tree and all that it is made of."""
    yield value
    if isinstance(value, tuple):
        for part in value:
            yield from everything(part)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from everything(getattr(value, name))


def test_the_same_corpus_gives_an_equal_document(small_corpus: Corpus) -> None:
    assert book(small_corpus) == book(small_corpus)


def test_the_order_is_the_instruments_and_parts_nest(small_corpus: Corpus) -> None:
    lines = [
        (line.level, line.section.number, line.section.title)
        for line in headings(book(small_corpus))
    ]
    assert lines == [
        (1, "", "Preamble"),
        (1, "", "Interpretation"),
        (1, "", "Procedure"),
        (2, "EXA-DUE-01", "Complaint"),
        (2, "", "Outcome"),
        (3, "EXA-DUE-02", "Repair"),
        (1, "", "Definitions"),
        (1, "", "Sources"),
    ]


def test_a_record_in_no_part_is_not_printed(small_corpus: Corpus) -> None:
    assert "EXA-DUE-03" not in markdown(small_corpus)
    assert "Unused" not in markdown(small_corpus)


def test_a_definition_brings_the_terms_that_it_rests_on(corpus_with: With) -> None:
    corpus = corpus_with(
        {
            "registers/terms/user.yaml": "{term: user, status: draft, "
            "definition: 'Any [person](term:person).'}",
            "registers/terms/person.yaml": "{term: person, status: draft, "
            "definition: 'Whoever is a [user](term:user).'}",
        }
    )
    assert [term.id for term in holdings_of(corpus, "INS-provisions").terms] == [
        "complaint",
        "person",
        "platform",
        "user",
    ]


def test_every_pointer_leads_to_a_place_of_the_book(small_corpus: Corpus) -> None:
    document = book(small_corpus)
    things = list(everything((document.front, document.sections)))
    anchors = {getattr(thing, "anchor", "") for thing in things if not isinstance(thing, Pointer)}
    pointers = {thing.anchor for thing in things if isinstance(thing, Pointer)}
    assert pointers
    assert pointers <= anchors


def test_no_anchor_stands_twice(small_corpus: Corpus) -> None:
    document = book(small_corpus)
    anchors = [
        thing.anchor
        for thing in everything((document.front, document.sections))
        if not isinstance(thing, Pointer) and getattr(thing, "anchor", "")
    ]
    assert sorted(set(anchors)) == sorted(anchors)


def test_nobody_has_consented_to_a_draft_and_the_book_says_so(small_corpus: Corpus) -> None:
    front = book(small_corpus).front
    assert (front.draft, front.notice) == ("DRAFT", "No one has consented to this text.")


def test_only_a_draft_says_so(corpus_with: With, small_texts: Mapping[str, str]) -> None:
    adopted = small_texts[BOOK].replace("status: draft", "status: adopted")
    front = book(corpus_with({BOOK: adopted})).front
    assert (front.draft, front.notice, front.status) == ("", "", "Adopted")


def test_the_charter_may_name_a_state(corpus_with: With, small_texts: Mapping[str, str]) -> None:
    charter = small_texts["governance/charter.yaml"] + "state_names: {draft: Working text}\n"
    assert book(corpus_with({"governance/charter.yaml": charter})).front.status == "Working text"


def test_the_day_of_the_edition(small_corpus: Corpus) -> None:
    front = book_of(small_corpus, "INS-provisions", "2026-05-01").front
    assert (front.day, front.edition) == ("2026-05-01", "1 May 2026")
    assert book(small_corpus).front.edition == "Working copy"


def test_a_later_use_of_a_marked_term_is_linked_once_in_each_further_clause(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    text = small_texts[REPAIR].replace(
        "no_binding_source",
        "  - {id: b, force: declares, text: 'A [complaint](term:complaint) is free.'}\n"
        "  - {id: c, force: declares, text: Complaint after complaint and users.}\n"
        "no_binding_source",
    )
    document = book(corpus_with({REPAIR: text}))
    clause = section(document, "EXA-DUE-02").blocks[-2]
    assert isinstance(clause, Clause)
    assert clause.blocks == (
        Paragraph(
            (
                Pointer("term-complaint", (Words("Complaint"),)),
                Words(" after complaint and "),
                Pointer("term-user", (Words("users"),)),
                Words("."),
            )
        ),
    )


def test_a_withdrawn_text_is_one_line(corpus_with: With, small_texts: Mapping[str, str]) -> None:
    gone = small_texts[REPAIR].replace("trial", "withdrawn") + (
        "withdrawn: {reason: it moved., on: 2026-06-02, decision: 2026-004}\n"
    )
    document = book(corpus_with({REPAIR: gone}))
    assert section(document, "EXA-DUE-02").blocks == (
        Withdrawn(
            "",
            "",
            (
                Words("Withdrawn on 2 June 2026 by decision 2026-004: "),
                Words("it moved"),
                Words("."),
            ),
        ),
    )


def test_a_text_that_cannot_be_read_is_a_line_that_says_so(corpus_with: With) -> None:
    document = book(corpus_with({REPAIR: "id: ["}))
    assert section(document, "EXA-DUE-02").blocks == (
        Paragraph((Words("EXA-DUE-02 could not be read."),)),
    )


def test_a_text_that_is_not_there_is_a_line_that_says_so(corpus_with: With) -> None:
    corpus = corpus_with({REPAIR: ""})
    assert section(book(corpus), "EXA-DUE-02").blocks == (
        Paragraph((Words("EXA-DUE-02 is not in this folder."),)),
    )
    assert "[no loss]" not in markdown(corpus)


def test_a_book_without_charter_or_sources_is_still_printed(corpus_with: With) -> None:
    gone = {
        "governance/charter.yaml": "x: [",
        "registers/sources/law.yaml": "kind: nonsense",
        "registers/terms/user.yaml": "",
    }
    printed = markdown(corpus_with(gone))
    assert "Goes beyond law, art. 20(1)" in printed
    assert "protects user\n" in printed
    assert "Applies to: sizes: very large" in printed


@pytest.mark.parametrize("text", ["", "id: ["])
def test_a_book_whose_instrument_cannot_be_read_is_not_printed(
    corpus_with: With, text: str
) -> None:
    corpus = corpus_with({BOOK: text})
    with pytest.raises(GovkitError, match="INS-provisions could not be read"):
        book(corpus)
    assert paths_of(corpus, "INS-provisions") == {"governance/charter.yaml", BOOK}


def test_the_files_that_a_book_is_printed_from(small_corpus: Corpus) -> None:
    assert paths_of(small_corpus, "INS-provisions") == {
        "governance/charter.yaml",
        BOOK,
        COMPLAINT,
        REPAIR,
        "registers/sources/case.yaml",
        "registers/sources/law.yaml",
        "registers/terms/complaint.yaml",
        "registers/terms/platform.yaml",
        "registers/terms/user.yaml",
    }


def test_a_text_with_flaws_is_printed_all_the_same(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    """Whether to print it is asked before; a flaw must not make the printer stumble."""
    flawed = small_texts[REPAIR].replace(
        "The platform must not keep what it took.",
        "|\n      (b) one\n              (x) deep\n      (a) ** {\n\n         p\n\n      q <b>",
    )
    assert "deep" in markdown(corpus_with({REPAIR: flawed}))


def test_definitions_hold_what_binds_and_what_it_rests_on(small_corpus: Corpus) -> None:
    definitions = [
        block for block in book(small_corpus).sections[-2].blocks if isinstance(block, Definition)
    ]
    assert [(entry.anchor, entry.term, entry.forms) for entry in definitions] == [
        ("term-complaint", "complaint", ""),
        ("term-platform", "platform", "also platforms"),
        ("term-user", "user", "also users"),
    ]
