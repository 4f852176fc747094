"""A book for one kind of reader: what is taken, what is left out, and that the front says so."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.levels import taken_level
from govkit.corpus.profile import Profile, profile_of
from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.document import Clause, Document, Paragraph, Section
from govkit.rendering.formats import written
from govkit.rendering.headings import headings
from govkit.rendering.holdings import paths_of
from govkit.rendering.selection import WHOLE, Selection
from govkit.rendering.spans import Mark

With = Callable[[Mapping[str, str]], Corpus]
BOOK = "INS-provisions"
COMPLAINT = "provisions/due-process/EXA-DUE-01-complaint.yaml"


def chosen(corpus: Corpus, profile: str, *without: str) -> Selection:
    assert corpus.charter
    return Selection(profile_of(profile, corpus.charter), frozenset(without))


def book(corpus: Corpus, profile: str) -> Document:
    return book_of(corpus, BOOK, "2026-05-01", chosen(corpus, profile))


def section(document: Document, number: str) -> Section:
    [found] = [line.section for line in headings(document) if line.section.number == number]
    return found


def labels(document: Document, number: str) -> list[str]:
    blocks: Any = section(document, number).blocks
    return [block.label for block in blocks if isinstance(block, Clause)]


def test_only_the_texts_for_a_profile(small_corpus: Corpus) -> None:
    document = book(small_corpus, "size=small users=child")
    assert [line.section.number for line in headings(document) if line.section.number] == [
        "EXA-DUE-02"
    ]
    assert "EXA-DUE-01" not in written(document, "md").decode()


def test_only_the_clauses_for_a_profile_and_the_text_says_which_are_missing(
    small_corpus: Corpus,
) -> None:
    document = book(small_corpus, "users=child")
    assert labels(document, "EXA-DUE-01") == ["(a)"]
    remark = Paragraph((Mark("Left out of this selection: clause (c)."),))
    assert remark in section(document, "EXA-DUE-01").blocks
    assert "Digest of the whole text: `sha256:" in written(document, "md").decode()


def test_the_whole_is_not_remarked_upon(small_corpus: Corpus) -> None:
    document = book(small_corpus, "users=adult")
    assert labels(document, "EXA-DUE-01") == ["(a)", "(c)"]
    assert "Left out of this selection" not in written(document, "md").decode()


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (
            "size=small users=child",
            "Selection for users: child; sizes: small. "
            "Left out, because they are for others: 1 text.",
        ),
        (
            "users=child size=very-large",
            "Selection for users: child; sizes: very large. "
            "Left out, because they are for others: 1 clause.",
        ),
        ("users=adult", "Selection for users: adult. Nothing is left out."),
    ],
)
@pytest.mark.parametrize("format", ["md", "html"])
def test_the_front_says_for_whom_it_is_and_what_is_left_out(
    small_corpus: Corpus, profile: str, said: str, format: str
) -> None:
    document = book(small_corpus, profile)
    assert document.front.selection == said
    assert said in written(document, format).decode()


def test_every_page_says_that_it_is_a_selection(small_corpus: Corpus) -> None:
    assert book(small_corpus, "size=small users=child").front.edition == "1 May 2026 (selection)"


def test_a_reference_to_what_is_left_out_leads_nowhere(small_corpus: Corpus) -> None:
    document = book(small_corpus, "size=small users=child")
    assert "](#exa-due-01" not in written(document, "md").decode()


def test_a_blank_that_stands_only_in_clauses_left_out_is_not_listed(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    text = small_texts[COMPLAINT].replace(
        "The platform may ask", "Within {reply_days} days the platform may ask"
    )
    text = text.replace(
        "parameters:\n", "parameters:\n  reply_days: {type: days, default: 3, meaning: a reply}\n"
    )
    corpus = corpus_with({COMPLAINT: text})
    assert "a reply. Default 3 days" in written(book(corpus, "users=adult"), "md").decode()
    assert "a reply. Default" not in written(book(corpus, "users=child"), "md").decode()


def test_a_part_of_which_nothing_is_left_is_no_part(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    repair = "provisions/due-process/EXA-DUE-02-repair.yaml"
    text = small_texts[repair] + "applies_to: {sizes: [very-large]}\n"
    document = book(corpus_with({repair: text}), "size=small users=child")
    titles = [line.section.title for line in headings(document)]
    assert titles == ["Preamble", "Interpretation", "Definitions"]
    assert document.front.selection.endswith("for others: 2 texts.")


AXES = {"a": ("b", "b-c", "c-a"), "a-b": ("b", "c"), "c": ("a-b", "b")}
profiles = st.fixed_dictionaries(
    {},
    optional={
        axis: st.sets(st.sampled_from(words), min_size=1).map(sorted).map(tuple)
        for axis, words in AXES.items()
    },
)
selections = st.builds(
    lambda axes, without: Selection(Profile(axes) if axes else None, without),
    profiles,
    st.frozensets(st.sampled_from(("rationale", "guidance"))),
)


@given(selections, selections)
def test_two_selections_that_differ_never_have_one_name(one: Selection, other: Selection) -> None:
    assert (one == other) == (one.suffix == other.suffix)
    assert (one == WHOLE) == (one.suffix == "")


def test_the_name_of_a_selection_of_very_many_words_is_a_name_of_a_file() -> None:
    words = tuple(f"a-very-long-word-of-a-charter-{number}" for number in range(30))
    many, fewer = (Selection(Profile({"functions": each})) for each in (words, words[:-1]))
    assert max(len(many.suffix), len(fewer.suffix)) < 140
    assert many.suffix != fewer.suffix


def test_without_rationale_and_guidance(small_corpus: Corpus) -> None:
    for left_out, said in (
        (("rationale",), "Printed without rationale."),
        (("guidance",), "Printed without guidance."),
        (("rationale", "guidance"), "Printed without rationale and guidance."),
    ):
        document = book_of(small_corpus, BOOK, None, Selection(None, frozenset(left_out)))
        printed = written(document, "md").decode()
        assert document.front.selection == said
        assert ("*Rationale (" in printed) == ("rationale" not in left_out)
        assert ("*Guidance (" in printed) == ("guidance" not in left_out)
        assert ("Not a captcha" in printed) == ("guidance" not in left_out)


def test_a_summary_stands_first_and_a_burden_behind_the_lists(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    added = "summary: You can *complain*.\nburden: {people: a clerk., systems: a form}\n"
    corpus = corpus_with({COMPLAINT: small_texts[COMPLAINT] + added})
    short = "In short (not part of the text): You can *complain*."
    burden = "- People: a clerk.\n- Systems: a form."
    printed = written(book_of(corpus, BOOK, None), "md").decode()
    rest = printed.partition(short)[2]
    assert "Not a captcha" in rest
    assert burden in rest
    without = Selection(None, frozenset(("summary", "burden")))
    document = book_of(corpus, BOOK, None, without)
    left = written(document, "md").decode()
    assert document.front.selection == "Printed without summary and burden."
    assert short not in left
    assert burden not in left


# --- options, levels and the short edition --------------------------------------------------------

OPTIONS = "options: [{id: slow, clauses: [a]}, {id: fast, clauses: [c]}]\n"
LEVELS = """\
levels:
  - {id: core, title: The core, items: [EXA-DUE-01], options: {EXA-DUE-01: fast}}
  - {id: open, title: No option taken, items: [EXA-DUE-01]}
  - {id: full, title: All}
"""
INSTRUMENT = "provisions/instrument.yaml"


@pytest.fixture
def levelled(corpus_with: With, small_texts: Mapping[str, str]) -> Corpus:
    return corpus_with(
        {COMPLAINT: small_texts[COMPLAINT] + OPTIONS, INSTRUMENT: small_texts[INSTRUMENT] + LEVELS}
    )


def of_level(corpus: Corpus, id: str, *, short: bool = False) -> Document:
    return book_of(corpus, BOOK, None, Selection(level=taken_level(corpus, id), is_short=short))


def test_a_book_says_its_options_and_levels(levelled: Corpus) -> None:
    printed = written(book_of(levelled, BOOK), "md").decode()
    assert "- The core (`core`): [`EXA-DUE-01`](#exa-due-01) (option fast)." in printed
    assert "- All (`full`): every text of this book." in printed
    assert (
        "Options: the platform takes one, and says which: slow, with (a); fast, with (c)."
        in printed
    )
    assert "· option fast ·" in printed


def test_a_program_is_told_options_and_notes(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    added = f"{OPTIONS}summary: You can complain.\nburden: {{people: a clerk, systems: a form}}\n"
    corpus = corpus_with({COMPLAINT: small_texts[COMPLAINT] + added})
    whole, short = (
        json.loads(written(book_of(corpus, BOOK, None, selection), "json"))["records"][1]
        for selection in (WHOLE, Selection(is_short=True))
    )
    assert [clause["options"] for clause in whole["clauses"]] == [["slow"], [], ["fast"]]
    assert whole["summary"] == "You can complain."
    assert whole["burden"] == {"people": "a clerk", "systems": "a form"}
    assert (short["summary"], short["burden"]) == (None, None)


def test_a_level_has_its_texts_and_of_each_the_clauses_of_its_option(levelled: Corpus) -> None:
    document = of_level(levelled, "core")
    assert labels(document, "EXA-DUE-01") == ["(c)"]
    printed = written(document, "md").decode()
    assert "Options: fast is taken." in printed
    assert "EXA-DUE-02 Repair" not in printed
    assert document.front.selection == (
        "Selection for level: The core. Left out: 1 text and 1 clause."
    )
    assert labels(of_level(levelled, "open"), "EXA-DUE-01") == ["(a)", "(c)"]
    assert of_level(levelled, "full").front.selection.endswith("Nothing is left out.")


def test_a_selection_brings_only_the_definitions_that_it_needs(levelled: Corpus) -> None:
    assert "term-complaint" in written(of_level(levelled, "open"), "md").decode()
    assert "term-complaint" not in written(of_level(levelled, "core"), "md").decode()


def test_a_clause_that_rests_on_what_is_left_out_is_named(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    text = small_texts[COMPLAINT].replace(
        "A complaint is never late", "As [the repair](ref:EXA-DUE-02) says, it is never late"
    )
    repair = "provisions/due-process/EXA-DUE-02-repair.yaml"
    narrow = small_texts[repair] + "applies_to: {users: [adult]}\n"
    corpus = corpus_with({COMPLAINT: text, repair: narrow})
    remark = "Refers to what is left out of this selection: (a) to EXA-DUE-02"
    assert remark in written(book(corpus, "users=child"), "md").decode()
    assert "Refers to what" not in written(book(corpus, "users=adult"), "md").decode()


def test_a_short_edition_has_what_binds_and_nothing_else(levelled: Corpus) -> None:
    selection = Selection(is_short=True)
    document = book_of(levelled, BOOK, "2026-05-01", selection)
    printed = written(document, "md").decode()
    assert document.front.edition == "1 May 2026 (short edition)"
    for left_out in ("Preamble", "Rationale", "Guidance", "Sources", "MUST", "Rests on", "Levels"):
        assert left_out not in printed, left_out
    for kept in (
        "**(c)** The platform may ask",
        "*Condition*: where the account exists",
        "*Option*: fast",
        "*Applies to*: users: adult",
        "\\[6\\] at least 1 month",
        "**complaint**",
    ):
        assert kept in printed, kept
    assert (selection.suffix, of_level(levelled, "core", short=True).front.edition) == (
        ".short",
        "Working copy (selection, short edition)",
    )


def test_the_tables_that_a_book_names_stand_in_the_annex_of_the_whole(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    text = small_texts[INSTRUMENT] + "coverage: [law, issues]\n"
    corpus = corpus_with({INSTRUMENT: text})
    printed = written(book_of(corpus, BOOK), "md").decode()
    annex = printed.partition("## Coverage (not part of the texts)")[2]
    assert "### Texts by source and passage" in annex
    assert "| The Act | art. 20(1): [EXA-DUE-01](#exa-due-01) |" in annex
    assert annex.index("source and passage") < annex.index("### Texts by legal issue")
    for part in (chosen(corpus, "users=child"), Selection(is_short=True)):
        assert "Coverage (" not in written(book_of(corpus, BOOK, None, part), "md").decode()


def test_a_blank_says_which_other_it_has_to_fit(
    corpus_with: With, small_texts: Mapping[str, str]
) -> None:
    for linked, said in (
        ("{to: EXA-DUE-02.days, plus: 1}", "at least 1 month more than EXA-DUE-02.days."),
        ("{to: EXA-DUE-02.days}", "at least 1 month, at least EXA-DUE-02.days."),
    ):
        text = small_texts[COMPLAINT].replace("minimum: 1,", f"minimum: 1, linked: {linked},")
        assert said in written(book_of(corpus_with({COMPLAINT: text}), BOOK), "md").decode()


def test_an_error_in_a_text_that_is_left_out_is_not_in_the_way(small_corpus: Corpus) -> None:
    assert COMPLAINT in paths_of(small_corpus, BOOK)
    assert COMPLAINT not in paths_of(
        small_corpus, BOOK, chosen(small_corpus, "size=small users=child")
    )


def test_a_text_that_cannot_be_read_may_be_for_anybody(corpus_with: With) -> None:
    corpus = corpus_with({COMPLAINT: "id: ["})
    assert COMPLAINT in paths_of(corpus, BOOK, chosen(corpus, "size=small users=child"))
