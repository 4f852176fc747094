"""HTML: well formed, and every word escaped."""

from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.document import CodeBlock, Document, Facts, Front, Paragraph, Section
from govkit.rendering.html import as_html
from govkit.rendering.spans import Blank, Code, Link, Mark, Pointer, Words

VOID = ("<meta", "<br", "<hr")
hostile = st.text(alphabet="<>&\"' a/!-=;#x", min_size=1)


def well_formed(page: str) -> ElementTree.Element:
    """Read a page as XML, which forgives nothing, after closing the tags that HTML leaves open."""
    body = page.removeprefix("<!DOCTYPE html>\n")
    lines = (line[:-1] + "/>" if line.startswith(VOID) else line for line in body.split("\n"))
    return ElementTree.fromstring("\n".join(lines))


def page_of(words: str) -> str:
    front = Front(
        "X", "x", words, words, Facts(()), "en", words, words, words, words, words, words, "", words
    )
    spans = (
        Words(words),
        Code(words),
        Pointer(words, (Words(words),)),
        Blank("n", words),
        Link(f"https://example.org/{words}", (Words(words),)),
        Mark(words),
    )
    section = Section("text", words, words, words, (Paragraph(spans), CodeBlock(words)))
    return as_html(Document(front, (section,)))


def test_a_whole_book_is_well_formed(small_corpus: Corpus) -> None:
    root = well_formed(as_html(book_of(small_corpus, "INS-provisions")))
    assert root.get("lang") == "en"
    assert root.findtext("head/title") == "The towns’ model provisions"


def test_every_link_inside_a_book_leads_somewhere(small_corpus: Corpus) -> None:
    root = well_formed(as_html(book_of(small_corpus, "INS-provisions")))
    ids = {element.get("id") for element in root.iter()}
    inside = {
        address[1:]
        for element in root.iter("a")
        if (address := element.get("href", "")).startswith("#")
    }
    assert inside
    assert inside <= ids


@given(hostile)
def test_words_open_no_tag_and_leave_no_attribute(words: str) -> None:
    class Tags(HTMLParser):
        seen: list[tuple[str, tuple[str, ...]]]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen.append((tag, tuple(name for name, _ in attrs)))

    def tags(page: str) -> list[tuple[str, tuple[str, ...]]]:
        parser = Tags()
        parser.seen = []
        parser.feed(page)
        return parser.seen

    assert tags(page_of(words)) == tags(page_of("plain"))
    assert words in unescape(page_of(words))
