"""The grammar of normative texts, construct by construct."""

import re
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.records import inline
from govkit.records.normative import fold, label, read

LIST = """\
Tell:

(a) one,
    and more;
(b) two, with

    (i) three;
    (ii) four.

    More of two.

Closing."""


def blocks(text: str) -> list[tuple[str, int, str]]:
    wording = read(dedent(text))
    assert wording.flaws == (), wording.flaws
    return [(b.style, b.depth, "".join(run.words for run in b.runs)) for b in wording.blocks]


def test_paragraphs_and_lists_come_out_in_order_with_their_depth() -> None:
    assert blocks(LIST) == [
        ("p", 0, "Tell:"),
        ("a", 1, "one, and more;"),
        ("a", 1, "two, with"),
        ("i", 2, "three;"),
        ("i", 2, "four."),
        ("p", 1, "More of two."),
        ("p", 0, "Closing."),
    ]


def test_the_way_to_each_item_is_known_by_its_labels() -> None:
    assert read(LIST).labels() == {("a",), ("b",), ("b", "i"), ("b", "ii")}


@pytest.mark.parametrize(
    ("first", "second", "style"),
    [
        ("(a)", "(b)", "a"),
        ("(i)", "(ii)", "i"),
        ("(1)", "(2)", "1"),
        ("(A)", "(B)", "A"),
        ("-", "-", "-"),
    ],
)
def test_each_style_of_list_is_known_by_its_first_marker(
    first: str, second: str, style: str
) -> None:
    assert blocks(f"{first} x;\n{second} y.") == [(style, 1, "x;"), (style, 1, "y.")]


def test_the_ninth_letter_is_a_letter_in_a_list_of_letters() -> None:
    text = "\n".join(f"({letter}) x" for letter in "abcdefghij")
    assert {style for style, _, _ in blocks(text)} == {"a"}


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        ("a", 26, "z"),
        ("a", 27, "aa"),
        ("i", 9, "ix"),
        ("i", 14, "xiv"),
        ("i", 40, "xl"),
        ("i", 90, "xc"),
        ("1", 12, "12"),
        ("A", 3, "C"),
    ],
)
def test_labels_go_on(style: str, number: int, expected: str) -> None:
    assert label(style, number) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b c* d", [("text", "a "), ("em", "b c"), ("text", " d")]),
        ("see `a_b *c`", [("text", "see "), ("code", "a_b *c")]),
        ("a [b](term:c-d)", [("text", "a "), ("term", "b")]),
        ("a [b](ref:EXA-DUE-01(a)(ii))", [("text", "a "), ("ref", "b")]),
        ("in {days} days", [("text", "in "), ("param", ""), ("text", " days")]),
        (r"\* \{ \[ \\ \_", [("text", r"* { [ \ _")]),
        ("[sic] and _so_ on (a)", [("text", "[sic] and _so_ on (a)")]),
        ("x < y & z > 1 ~ 2 | 3 !", [("text", "x < y & z > 1 ~ 2 | 3 !")]),
        ("a\u00a0b\u202fc\n  d\te", [("text", "a b c d e")]),
        ("(EU) 2022/2065 applies", [("text", "(EU) 2022/2065 applies")]),
    ],
)
def test_inline_marks(text: str, expected: list[tuple[str, str]]) -> None:
    wording = read(text.replace("\n  d", "\nd"))
    assert wording.flaws == ()
    assert [(run.kind, run.words) for run in wording.blocks[0].runs] == expected


def test_a_mark_knows_where_it_stands_and_where_it_leads() -> None:
    text = "See [this  text](ref:EXA-DUE-01(b)) now."
    run = read(text).runs("ref")[0]
    assert (run.target, run.words) == ("EXA-DUE-01(b)", "this text")
    assert text[run.start : run.end] == "[this  text](ref:EXA-DUE-01(b))"


FLAWS = {
    # text: (a part of the message, the characters that are meant)
    "bold": ("a **b** c", "bold", "**"),
    "a heading": ("# Title", "heading", "# "),
    "a quotation": ("> words", "quotation", ">"),
    "another bullet": ("* a\n* b", "`- ` or `(a) `", "* "),
    "a numbered list": ("1. a\n2. b", "`1.`", "1. "),
    "letters with one bracket": ("a:\na) b\nb) c", "`- ` or `(a) `", "a)"),
    "decimal numbers": ("a:\n\n1.1 b\n1.2 c", "`- ` or `(a) `", "1.1"),
    "a rule": ("a\n\n---\n\nb", "rule", "---"),
    "code": ("```\nx\n```", "code", "```"),
    "a table": ("| a | b |", "table", "|"),
    "a link to the web": ("see [x](https://example.org)", "leads nowhere", None),
    "a bare address": ("see https://example.org", "web address", "https://"),
    "an address without a scheme": ("see www.example.org", "web address", "www."),
    "html": ("a <b>c</b>", "HTML", "<b"),
    "an entity": ("a &amp; b", "another character", "&amp;"),
    "a picture": ("![x](y)", "picture", "!["),
    "struck out": ("a ~~b~~", "strike", "~~"),
    "a star alone": ("a * b", "* stands here alone", "*"),
    "a tick alone": ("a ` b", "` stands here alone", "`"),
    "a brace alone": ("a { b", "no parameter", "{"),
    "a parameter in square brackets": ("[notice_days]", "between { and }", "[notice_days]"),
    "a parameter in angle brackets": ("<notice_days>", "between { and }", "<notice_days>"),
    "a parameter with a capital": ("{Days}", "no parameter", "{Days}"),
    "a backslash alone": ("a \\b", "backslash", "\\"),
    "an indented line": ("a\n\n    b", "reads as code", "    "),
    "a break of the line": ("a  \nb", "break the line", "  \n"),
    "a list without an empty line": ("a\n(a) b\n(b) c", "without an empty line", None),
    "a list of one": ("(a) b", "only one item", "(a) "),
    "a wrong label": ("(a) b\n(c) d", "next item of this list is (b)", "(c) "),
    "a wrong first label": ("(b) c\n(c) d", "no list begins with (b)", "(b) "),
    "a wrong level": ("(a) b\n  (b) c", "no level", "(b) "),
    "five levels": (
        "- a\n    - b\n        - c\n            - d\n                - e",
        "no level",
        "- ",
    ),
    "two markers on a line": ("(a) (i) b\n(b) c", "two markers", None),
    "a tab at the beginning": ("a\n\tb", "tab", None),
    "an item without words": ("(a) \n(b) c", "no words", None),
    "a marker and nothing else": ("(a) ", "no words", "(a) "),
    "marks inside a link": ("[*a*](term:b)", "", None),
    "a space beside the words of a link": ("[ a](term:b)", "space", None),
}


@pytest.mark.parametrize(
    "text",
    [
        "at least\n2.5 million users",
        "what\n(s)he has",
        "of Mr\nA. Example",
        "a) the first line alone\nis a sentence",
        "(un)lawful\n(il)licit",
        "after 5\no'clock",
    ],
)
def test_words_that_only_begin_like_an_item_are_words(text: str) -> None:
    assert read(text).flaws == ()


@pytest.mark.parametrize("name", FLAWS)
def test_what_markdown_would_read_otherwise_is_a_flaw(name: str) -> None:
    text, part, meant = FLAWS[name]
    flaws = read(text).flaws
    assert any(part in flaw.message for flaw in flaws), flaws
    assert all(flaw.help for flaw in flaws)
    assert all(0 <= flaw.start < flaw.end <= len(text) for flaw in flaws), flaws
    if meant is not None:
        assert meant in {text[flaw.start : flaw.end] for flaw in flaws if part in flaw.message}


@given(st.text(st.sampled_from("ab(i)1A- \n\t*`[]{}<>&!~|\\_#.:/\u00a0é") | st.characters()))
def test_reading_never_fails_and_spans_lie_in_the_text(text: str) -> None:
    wording = read(text)
    for flaw in wording.flaws:
        assert 0 <= flaw.start <= flaw.end <= len(text)
    for block in wording.blocks:
        for run in block.runs:
            assert 0 <= run.start <= run.end <= len(text)
            assert run.words == fold(run.words) or run.kind in ("text", "code")


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "[a",
        "*a",
        "*a ",
        "`a",
        "{",
        "](",
        "[a](",
        "\\",
        "(a) x\n",
        "- ",
        "- x\n\n",
        "~",
        "&",
        "![",
        "<a",
        "www.",
        "a(b)(c)",
    ],
)
def test_a_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    """Not a measure of time: with a pattern that tries everything this would not end at all."""
    text = piece * (60_000 // len(piece))
    assert read(text).blocks or read(text).flaws


WORDS = [
    "the",
    "user",
    "(a)",
    "2",
    "www.x",
    "http://x",
    "a.",
    "\u00e9",
    "x:",
    "[user](term:user)",
    "[a b](term:a-b)",
    "[a  b](term:a)",
    "[ a](term:a)",
    "[a ](term:a)",
    "[b]:",
    "[a](ref:X-1)",
    "[www.a](term:a)",
    "{days}",
    "*em*",
    "&amp;",
    "~",
    "\\*",
    "mailto:a",
    "-",
    "#",
]


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "  ", "\n", ""]))))
def test_plain_words_and_links_by_the_short_way_read_as_by_the_long_one(
    pieces: list[tuple[str, str]],
) -> None:
    text = "".join(word + between for word, between in pieces)
    short = inline.read_words(text, 0, len(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "is_plain", lambda *_: False)
        patch.setattr(inline, "_PLAIN_LINK", re.compile("(?!)"))
        assert inline.read_words(text, 0, len(text)) == short
