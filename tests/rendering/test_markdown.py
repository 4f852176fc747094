"""Markdown: a whole book, and words that stay words whatever they are."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.document import Block, Document, Facts, Front, Item, Items, Paragraph, Section
from govkit.rendering.formats import written
from govkit.rendering.markdown import as_markdown
from govkit.rendering.spans import Break, Code, Emphasis, Link, Pointer, Span, Words

HERE = Path(__file__).parent
HOSTILE = "\\`*_{}[]()<>#+-=.!|~&;:$\"'/@^%1234567890abc \u00e9\u201c"
hostile_words = st.one_of(
    st.text(alphabet=HOSTILE, max_size=40),
    st.lists(
        st.sampled_from(
            [
                "# ",
                "## x ##",
                "- ",
                "* ",
                "+ ",
                "1. ",
                "12) ",
                "> ",
                "---",
                "===",
                "***",
                "```",
                "~~~",
                "    ",
                "&amp;",
                "&#60;",
                "<b>",
                "</a>",
                "<!-- ",
                "-->",
                "![x](y)",
                "[x]: y",
                "[x][y]",
                "](",
                "**",
                "__x__",
                "~~x~~",
                "http://a.b/_c_",
                "www.x.y",
                "<http://a.b>",
                "a@b.cc",
                "| a | b |",
                "|---|---|",
                "\\",
                "`",
                "!",
                "[",
                "word",
                ":::",
                "$x$",
                "{x}",
            ]
        ),
        max_size=6,
    ).map("".join),
)


def with_blocks(*blocks: Block) -> Document:
    front = Front("X", "x", "", "T", Facts(()), "en", status="Final", contents="C")
    return Document(front, (Section("text", "s", "X-1", "S", blocks),))


def shown(*blocks: Block) -> str:
    """Return the words that a reader of the rendered page sees in these blocks."""
    text = as_markdown(with_blocks(*blocks)).decode()
    html = mistune.html(text.split('<a id="s"></a>', 1)[1].split("\n\n", 2)[2])
    assert isinstance(html, str)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def folded(words: str) -> str:
    return " ".join(words.split())


def test_a_whole_book(small_corpus: Corpus) -> None:
    printed = written(book_of(small_corpus, "INS-provisions", "2026-05-01"), "md").decode()
    assert printed == (HERE / "small-book.md").read_text(encoding="utf-8")


@given(hostile_words)
def test_a_paragraph_shows_exactly_its_words(words: str) -> None:
    assert shown(Paragraph((Words(words),))) == folded(words)


@given(hostile_words, hostile_words)
def test_words_beside_words_make_no_sign_together(one: str, other: str) -> None:
    spans = (Words(one), Words(other), Break(), Words(other))
    assert shown(Paragraph(spans)) == folded(f"{one}{other} {other}")


@given(hostile_words, hostile_words)
def test_an_item_shows_exactly_its_words(one: str, other: str) -> None:
    items = Items(
        (
            Item("(a)", (Paragraph((Words(one),)),), "x"),
            Item("(b)", (Paragraph((Words(other),)), Paragraph((Words(one),)))),
        )
    )
    assert shown(items) == folded(f"(a) {one} (b) {other} {one}")


@given(hostile_words.filter(str.strip))
def test_a_link_shows_exactly_its_words(words: str) -> None:
    spans = (
        Words("see!"),
        Pointer("x", (Words(words),)),
        Words(" "),
        Link("https://a.b/(_c_)", (Words(words),)),
    )
    assert shown(Paragraph(spans)) == folded(f"see!{words} {words}")


@given(st.text(alphabet="`ab*<&\\ ", min_size=1).filter(lambda text: text.strip() == text))
def test_code_shows_exactly_its_characters(text: str) -> None:
    assert shown(Paragraph((Words("x "), Code(text)))) == folded(f"x {text}")


@pytest.mark.parametrize("sign", ["!", "*", "_", "`", "\\", "&", "[", "]", "<", "#", "~"])
def test_a_sign_before_and_after_emphasis(sign: str) -> None:
    spans: tuple[Span, ...] = (Words(f"a {sign} "), Emphasis((Words("b"),)), Words(f" {sign}"))
    assert shown(Paragraph(spans)) == f"a {sign} b {sign}"


def test_two_lists_in_a_row_stay_two() -> None:
    def items(*labels: str) -> Items:
        return Items(tuple(Item(label, (Paragraph((Words("x"),)),)) for label in labels))

    document = with_blocks(items("(a)", "(b)"), items("–"), items("1.", "2."))
    text = as_markdown(document).decode()
    assert text.endswith("- (a) x\n- (b) x\n\n- x\n\n1. x\n2. x\n")


def test_an_inner_list_and_a_further_paragraph_stay_in_their_item() -> None:
    inner = Items((Item("–", (Paragraph((Words("deep"),)),)),))
    outer = Item("(a)", (Paragraph((Words("one"),)), inner, Paragraph((Words("two"),))))
    assert (
        as_markdown(with_blocks(Items((outer,))))
        .decode()
        .endswith("- (a) one\n\n  - deep\n\n  two\n")
    )


def test_the_front_matter_is_yaml_whatever_the_title(
    small_texts: dict[str, str], corpus_with: Callable[[dict[str, str]], Corpus]
) -> None:
    import yaml

    path = "provisions/instrument.yaml"
    text = small_texts[path].replace("The towns' model provisions", "'--- \"a\": # \\b'")
    printed = written(book_of(corpus_with({path: text}), "INS-provisions"), "md").decode()
    fields = yaml.safe_load(printed.split("---\n", 2)[1])
    assert fields["title"] == "--- “a”: # \\b"
    assert fields["id"] == "INS-provisions"
